//! What methods and setters take.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Module;
use super::types::{self, Scope};
use super::{docs, structs};
use crate::api::{Api, Field, Presence, Taking, Type};
use crate::markdown::code;

/// Whether a field has to be given.
pub(super) fn is_argument(field: &Field) -> bool {
    field.presence.is_argument()
}

/// What an argument or setter takes, and how it becomes the value of the field.
pub(super) fn argument(
    api: &Api,
    field: &Field,
    here: &Scope<'_>,
    module: &mut Module,
) -> (TokenStream, TokenStream) {
    let name = field.name.ident();
    let ty = types::path(api, &field.ty, here, module);
    match (field.taking(), &field.ty) {
        (Taking::IntoOption, _) => (quote!(impl Into<Option<#ty>>), quote!(#name.into())),
        (Taking::Exactly, _) => (ty, quote!(#name)),
        (Taking::Integer, _) => (quote!(impl crate::IntoInteger), quote!(#name.into_integer())),
        (Taking::EachInteger, _) => (
            quote!(impl IntoIterator<Item = impl crate::IntoInteger>),
            quote!(#name.into_iter().map(crate::IntoInteger::into_integer).collect()),
        ),
        (Taking::Each, Type::List(inner)) => {
            let inner = types::path(api, inner, here, module);
            let ty = quote!(impl IntoIterator<Item = impl Into<#inner>>);
            (ty, quote!(#name.into_iter().map(Into::into).collect()))
        }
        (Taking::Into | Taking::Each, _) => (quote!(impl Into<#ty>), quote!(#name.into())),
    }
}

/// A setter, and for what may be null another one.
pub(super) fn setters(
    api: &Api,
    field: &Field,
    here: &Scope<'_>,
    module: &mut Module,
) -> Vec<TokenStream> {
    let described = structs::describe(field);
    let deprecated = docs::deprecated(field.deprecated.as_ref());
    let name = field.name.ident();
    let (ty, value) = argument(api, field, here, module);
    let nullable = field.presence == Presence::OptionalNullable;
    let value = if nullable { quote!(Some(Some(#value))) } else { quote!(Some(#value)) };
    let mut setters = vec![quote! {
        #described
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }];
    if nullable {
        let doc = docs::attributes(&format!(
            "Sets {} to null, which is not the same as leaving it out.",
            code(&field.key)
        ));
        let null = field.name.null().ident();
        setters.push(quote! {
            #doc
            #deprecated
            pub fn #null(mut self) -> Self {
                self.#name = Some(None);
                self
            }
        });
    }
    setters
}
