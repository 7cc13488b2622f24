//! The method chain: `client.pets().photos()`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::definitions::define;
use super::module::{Import, Module};
use super::{docs, features, operations};
use crate::api::{Api, Namespace, ident};
use crate::markdown::code;

/// The root module of the API, with the methods of the client.
pub(super) fn root(api: &Api) -> syn::Result<Module> {
    let mut module = Module::new("The operations of the API, by namespace.");
    for namespace in &api.namespaces {
        let condition = features::of_namespace(namespace);
        module.declare_file(&namespace.module, &namespace.file, &condition);
    }
    if !api.namespaces.is_empty() {
        module.import(Import::Client);
        let client = ident(&api.client);
        let links = links(&api.namespaces, &quote!(self.clone()));
        let conditions = api.namespaces.iter().map(features::of_namespace);
        let links = conditions.zip(links).map(|(condition, link)| quote!(#condition #link));
        module.implementation(&quote!(impl #client), links)?;
    }
    Ok(module)
}

/// The modules of all namespaces, by the path of their file below `api`.
pub(super) fn modules(api: &Api) -> syn::Result<BTreeMap<String, Module>> {
    let mut modules = BTreeMap::new();
    let mut open: Vec<(String, usize, &Namespace)> =
        api.namespaces.iter().map(|namespace| (String::new(), 1, namespace)).collect();
    while let Some((above, depth, namespace)) = open.pop() {
        let path = format!("{above}{}", namespace.file.stem);
        let below = namespace.namespaces.iter();
        open.extend(below.map(|inner| (format!("{path}/"), depth + 1, inner)));
        let mut file = module(api, namespace, depth)?;
        for operation in &namespace.operations {
            if let Some(module) = file.take_file(&operation.module, &operation.file) {
                modules.insert(format!("{path}/{}", operation.file.stem), module);
            }
        }
        modules.insert(path, file);
    }
    Ok(modules)
}

fn module(api: &Api, namespace: &Namespace, depth: usize) -> syn::Result<Module> {
    let docs = format!("The operations of {}.", code(&namespace.path.join(".")));
    let mut module = Module::new(&docs);
    for inner in &namespace.namespaces {
        module.declare_file(&inner.module, &inner.file, &TokenStream::new());
    }
    let name = namespace.name.ident();
    let described = docs::attributes(&docs);
    module.import(Import::Client);
    let client = ident(&api.client);
    module.item(quote! {
        #described
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(crate) client: #client,
        }
    })?;
    let mut members = links(&namespace.namespaces, &quote!(self.client.clone()));
    for operation in &namespace.operations {
        members.extend(operations::methods(api, operation, &mut module)?);
    }
    module.implementation(&quote!(impl #name), members)?;
    for operation in &namespace.operations {
        operations::module(api, operation, namespace, &mut module)?;
        for (place, definition) in api.types_of(&operation.place().root) {
            define(api, place, definition, &mut module, depth)?;
        }
    }
    Ok(module)
}

/// The methods that return the inner namespaces.
fn links(namespaces: &[Namespace], client: &TokenStream) -> Vec<TokenStream> {
    let link = |namespace: &Namespace| {
        let described =
            docs::attributes(&format!("The operations of {}.", code(&namespace.path.join("."))));
        let (module, function, name) =
            (namespace.module.ident(), namespace.function.ident(), namespace.name.ident());
        quote! {
            #described
            #[must_use]
            pub fn #function(&self) -> #module::#name {
                #module::#name { client: #client }
            }
        }
    };
    namespaces.iter().map(link).collect()
}
