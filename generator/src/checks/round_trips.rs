//! A table of all types that are decoded, for a test that decodes and encodes samples of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Answer, Api, Namespace, Root};
use crate::emit::types::{self, Scope};
use crate::emit::{Import, Module, returns};

/// The module with the table. It declares the module of the test, whose file is at the path `test`.
pub(super) fn module(api: &Api, test: &str) -> syn::Result<Module> {
    let mut module = Module::new("All types that are read, for a test that goes through them.");
    module.item(quote! {
        #[path = #test]
        pub(super) mod test;
    })?;
    module.item(quote!(
        use test::{RoundTrip, round_trip};
    ))?;
    let schemas = schemas(api, &mut module);
    module.item(quote! {
        #[doc = " The component schemas, by name."]
        pub(super) static SCHEMAS: &[(&str, RoundTrip)] = &[#(#schemas),*];
    })?;
    let mut answers = Vec::new();
    collect_answers(api, &api.namespaces, &mut module, &mut answers);
    module.import(Import::Operation);
    module.item(quote! {
        #[doc = " The operations whose answers are read as JSON."]
        pub(super) static ANSWERS: &[(&Operation, RoundTrip)] = &[#(#answers),*];
    })?;
    Ok(module)
}

fn schemas(api: &Api, module: &mut Module) -> Vec<TokenStream> {
    let mut entries = Vec::new();
    for (name, ty) in &api.schemas {
        let ty = types::path(api, ty, &NOWHERE, module);
        entries.push(quote!((#name, round_trip::<#ty>)));
    }
    entries
}

fn collect_answers(
    api: &Api,
    namespaces: &[Namespace],
    module: &mut Module,
    entries: &mut Vec<TokenStream>,
) {
    for namespace in namespaces {
        for operation in &namespace.operations {
            if matches!(operation.answer, Answer::Text | Answer::Bytes | Answer::Nothing) {
                continue;
            }
            let modules = operation.modules.iter().map(|module| module.ident());
            let ty = returns::output(api, operation, &NOWHERE, module);
            module.import(Import::Api);
            entries.push(quote!((&api::#(#modules::)*OPERATION, round_trip::<#ty>)));
        }
        collect_answers(api, &namespace.namespaces, module, entries);
    }
}

/// A scope outside of `models` and `api`, so that all types are written with their full paths.
const NOWHERE: Scope<'static> = Scope { root: &Root::Schema(String::new()), modules: &[] };
