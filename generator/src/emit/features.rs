//! `#[cfg(feature)]` attributes of the parts of the API.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, ModuleName, Namespace, WHOLE_API};

/// The condition for a namespace at the first level of the method chain.
pub(super) fn of_namespace(namespace: &Namespace) -> TokenStream {
    let feature = namespace.feature.iter();
    quote!(#(#[cfg(feature = #feature)])*)
}

/// The condition for a schema.
pub(super) fn of_schema(api: &Api, module: &ModuleName) -> TokenStream {
    let users: Vec<&String> = api.users.get(module).into_iter().flatten().collect();
    match users.as_slice() {
        [] => TokenStream::new(),
        [only] => quote!(#[cfg(feature = #only)]),
        users => quote!(#[cfg(any(#(feature = #users),*))]),
    }
}

/// The condition for a test that uses the whole API. `#[cfg(test)]` stands alone, because lints recognize only that.
pub(super) fn of_test(api: &Api) -> TokenStream {
    if api.features.is_empty() {
        quote!(#[cfg(test)])
    } else {
        quote!(#[cfg(test)] #[cfg(feature = #WHOLE_API)])
    }
}
