//! Conditions on which parts of the API are compiled.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, ModuleName, Namespace};

/// The feature that is all of them.
const ALL: &str = "api";

/// The condition for what belongs to the first link of the chain.
pub(super) fn of_namespace(api: &Api, namespace: &Namespace) -> TokenStream {
    let name = api.features.iter().find(|(_, feature)| feature.module == namespace.module);
    name.map_or_else(TokenStream::new, |(name, _)| quote!(#[cfg(feature = #name)]))
}

/// The condition for a schema; one that no operation uses is there with the whole API.
pub(super) fn of_schema(api: &Api, module: &ModuleName) -> TokenStream {
    if api.features.is_empty() {
        return TokenStream::new();
    }
    let users: Vec<&String> = api.users.get(module).into_iter().flatten().collect();
    match users.as_slice() {
        [] => quote!(#[cfg(feature = #ALL)]),
        [only] => quote!(#[cfg(feature = #only)]),
        users => quote!(#[cfg(any(#(feature = #users),*))]),
    }
}

/// The condition for what uses everything, in a test. Lints know a test by an attribute that says no more than that.
pub(super) fn of_test(api: &Api) -> TokenStream {
    if api.features.is_empty() {
        quote!(#[cfg(test)])
    } else {
        quote!(#[cfg(test)] #[cfg(feature = #ALL)])
    }
}
