//! Parameters that exclude each other: one argument.

use quote::quote;

use super::docs;
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Api, Choice};

pub(super) fn generate(
    api: &Api,
    choice: &Choice,
    here: &Scope<'_>,
    module: &mut Module,
) -> syn::Result<()> {
    let name = choice.name.ident();
    let described = docs::described(&choice.docs, "One of the parameters below.");
    let mut variants = Vec::new();
    let mut conversions = Vec::new();
    let mut written = Vec::new();
    for arm in &choice.arms {
        let described = super::structs::describe(&arm.field);
        let deprecated = docs::deprecated(arm.field.deprecated.as_ref());
        let (variant, key) = (arm.name.ident(), &arm.field.key);
        let ty = types::path(api, &arm.field.ty, here, module);
        variants.push(quote!(#described #deprecated #variant(#ty)));
        written.push(quote!(Self::#variant(value) => fields.add(#key, value)));
        // Two parameters of one type cannot both convert by themselves.
        if choice.arms.iter().filter(|other| other.field.ty == arm.field.ty).count() == 1 {
            conversions.push((variant, ty));
        }
    }
    module.item(&quote! {
        #described
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    })?;
    for (variant, ty) in conversions {
        module.item(&quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(value)
                }
            }
        })?;
    }
    module.import(Import::Json);
    module.item(&quote! {
        impl json::Body for #name {
            fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
                match self { #(#written,)* }
            }
        }
    })
}
