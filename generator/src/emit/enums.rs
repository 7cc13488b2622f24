//! Open sets of texts.

use quote::quote;

use super::docs;
use super::module::{Import, Module};
use crate::api::{Definition, Enum, Place};

pub(super) fn generate(
    place: &Place,
    definition: &Definition,
    values: &Enum,
    module: &mut Module,
) -> syn::Result<()> {
    let name = definition.name.ident();
    let described = docs::described(&definition.docs, &docs::of_place(place));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let variants = values.values.iter().map(|value| {
        let (doc, name) = (docs::attributes(&format!("`{}`", value.text)), value.name.ident());
        quote!(#doc #name)
    });
    module.item(quote! {
        #described
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A text that this version of the client does not know."]
            Unrecognized(String),
        }
    })?;
    let texts: Vec<&str> = values.values.iter().map(|value| value.text.as_str()).collect();
    let names: Vec<_> = values.values.iter().map(|value| value.name.ident()).collect();
    let members = [
        quote! {
            #[doc = " The text as the API writes it."]
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #texts,)*
                    Self::Unrecognized(text) => text,
                }
            }
        },
        quote! {
            #[inline]
            fn known(text: &str) -> Option<Self> {
                let known = match text {
                    #(#texts => Self::#names,)*
                    _ => return None,
                };
                Some(known)
            }
        },
    ];
    module.import(Import::Json);
    module.implementation(&quote!(impl #name), members)?;
    match names.as_slice() {
        [only] => module.item(quote!(json::open_enum!(#name, Self::#only);)),
        _ => module.item(quote!(json::open_enum!(#name);)),
    }
}
