//! Test calls of every operation, for a test that compares requests and responses with the document.
//!
//! The calls are compiled by the test and not by the library: they use the crate as its users do. The root of the test
//! defines everything else that they need.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Calls, TestCall};
use crate::api::{Answer, Api, ModuleName, Name, Namespace, Operation, SchemeKind, ident};
use crate::emit::values::{Values, builder, package};
use crate::emit::{Module, call};
use crate::markdown::code;

/// The value of every secret in a test.
const SECRET: &str = "notforanylog";

/// The modules, by path below `conformance`. Those of the namespaces are in `api`, as in the library.
pub(crate) fn modules(api: &Api, calls: &Calls) -> syn::Result<BTreeMap<String, Module>> {
    let mut modules = BTreeMap::new();
    let mut cases = Vec::new();
    for one in &api.namespaces {
        namespace(api, calls, one, "api", &[], &mut modules, &mut cases)?;
    }
    let mut of_api = Module::of_crate("Calls of every operation, by namespace.");
    for one in &api.namespaces {
        of_api.declare_file(&one.module, &one.file, &TokenStream::new());
    }
    of_api.item(quote! {
        #[doc = " All of them."]
        pub(crate) static CASES: &[&[crate::Case]] = &[#(#cases),*];
    })?;
    modules.insert("api".to_owned(), of_api);
    modules.insert("mod".to_owned(), root(api)?);
    Ok(modules)
}

/// The root module.
fn root(api: &Api) -> syn::Result<Module> {
    let mut root = Module::of_crate("What a test of the whole API has to know about it.");
    root.allow(&quote!(deprecated, reason = "what is deprecated can be called all the same"));
    root.declare("api");
    let package = package(api);
    root.reexport(quote!(
        pub(crate) use ::#package as client;
    ))?;
    let client = ident(&api.client);
    root.reexport(if api.client == "Client" {
        quote!(pub(crate) use ::#package::Client;)
    } else {
        quote!(pub(crate) use ::#package::#client as Client;)
    })?;
    root.reexport(quote!(
        pub(crate) use self::api::CASES;
    ))?;
    let secrets = api.schemes.values().map(|scheme| {
        let constant = scheme.constant.ident();
        match scheme.kind {
            SchemeKind::Basic => quote!(.basic(client::security::#constant, "somebody", #SECRET)),
            _ => quote!(.credential(client::security::#constant, #SECRET)),
        }
    });
    let builder = builder(api);
    root.item(quote! {
        #[doc = " Sets a secret for each security scheme."]
        pub(crate) fn credentials(builder: client::#builder) -> client::#builder {
            builder #(#secrets)*
        }
    })?;
    Ok(root)
}

/// Adds the modules of a namespace and those below it to a folder, and the paths of their cases.
fn namespace(
    api: &Api,
    calls: &Calls,
    namespace: &Namespace,
    folder: &str,
    above: &[ModuleName],
    modules: &mut BTreeMap<String, Module>,
    cases: &mut Vec<TokenStream>,
) -> syn::Result<()> {
    let mut path = above.to_vec();
    path.push(namespace.module.clone());
    if !namespace.operations.is_empty() {
        let names = path.iter().map(|module| module.ident());
        cases.push(quote!(#(#names::)*CASES));
    }
    let file = format!("{folder}/{}", namespace.file.stem);
    for inner in &namespace.namespaces {
        self::namespace(api, calls, inner, &file, &path, modules, cases)?;
    }
    modules.insert(file, module(api, calls, namespace)?);
    Ok(())
}

/// The module with the calls of one namespace.
fn module(api: &Api, calls: &Calls, namespace: &Namespace) -> syn::Result<Module> {
    let path = namespace.path.join(".");
    let mut module = Module::of_crate(&format!("Calls of the operations of {}.", code(&path)));
    for inner in &namespace.namespaces {
        module.declare_file(&inner.module, &inner.file, &TokenStream::new());
    }
    if namespace.operations.is_empty() {
        return Ok(module);
    }
    let mut values = Values::tested(api, namespace);
    values.imports.insert(&api.client);
    let (mut functions, mut cases) = (Vec::new(), Vec::new());
    for operation in &namespace.operations {
        let calls = calls.get(&operation.place()).map_or(&[][..], Vec::as_slice);
        functions.extend(self::functions(&mut values, operation, calls));
        cases.push(case(operation, calls));
    }
    let from_root = ["Call", "Case"].into_iter().chain(values.helpers.iter().copied());
    let from_root = from_root.map(ident);
    let (package, from_crate) = (values.package(), values.imports.iter().map(|name| ident(name)));
    module.reexport(quote!(use crate::{#(#from_root),*};))?;
    module.reexport(quote!(use #package::{#(#from_crate),*};))?;
    module.item(quote!(pub(crate) static CASES: &[Case] = &[#(#cases),*];))?;
    functions.into_iter().try_for_each(|function| module.item(function))?;
    Ok(module)
}

/// The name of an operation in the test: its path in Rust.
pub(crate) fn name(operation: &Operation) -> String {
    let above = operation.modules.split_last().map_or(&[][..], |(_, above)| above);
    let path = above.iter().map(Name::as_str).chain([operation.function.as_str()]);
    path.collect::<Vec<_>>().join("::")
}

fn case(operation: &Operation, calls: &[TestCall]) -> TokenStream {
    let method = operation.methods.first().map_or("", |method| method.as_str()).to_lowercase();
    let pointer = operation.at.parent().child(method);
    let pointer = pointer.as_str();
    let name = name(operation);
    let calls = calls.iter().map(|call| {
        let (label, function) = (&call.label, function(operation, call));
        quote!((#label, #function))
    });
    quote!(Case { pointer: #pointer, name: #name, calls: &[#(#calls),*] })
}

/// The name of the function that makes a call. It is unique in the file.
fn function(operation: &Operation, call: &TestCall) -> Ident {
    format_ident!("{}_{}", operation.function.as_str().trim_end_matches('_'), call.function)
}

/// The functions that make the calls of an operation. Equal calls share a function.
fn functions(
    values: &mut Values<'_>,
    operation: &Operation,
    calls: &[TestCall],
) -> Vec<TokenStream> {
    let client = ident(&values.api.client);
    let mut made = BTreeSet::new();
    let mut functions = Vec::new();
    for test in calls.iter().filter(|test| made.insert(test.function)) {
        let request = call::request(values, operation, &test.call);
        let function = function(operation, test);
        let called = values.helper(match operation.answer {
            Answer::Bytes => "called_bytes",
            _ => "called",
        });
        functions.push(quote! {
            fn #function(client: &#client) -> Call {
                #called(#request.response())
            }
        });
    }
    functions
}
