//! Objects told apart by the value of one property.

use quote::quote;

use super::docs;
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Api, Definition, Place, Union};

pub(super) fn generate(
    api: &Api,
    place: &Place,
    definition: &Definition,
    union: &Union,
    module: &mut Module,
) -> syn::Result<()> {
    let name = definition.name.ident();
    let key = &union.key;
    let described = docs::described(&definition.docs, &docs::of_place(place));
    let told_apart = docs::attributes(&format!("\nThe variants are told apart by `{key}`."));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let here = Scope { root: &place.root, modules: &definition.modules };
    let variants: Vec<_> = (union.variants.iter())
        .map(|variant| {
            let described = docs::described(&variant.docs, &format!("`{}`", variant.tag));
            let (name, ty) = (variant.name.ident(), types::named(api, &variant.ty, &here, module));
            quote!(#described #name(#ty))
        })
        .collect();
    module.item(&quote! {
        #described
        #told_apart
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " An object that this version of the client does not know, as it was sent."]
            Unrecognized(serde_json::Value),
        }
    })?;
    module.import(Import::Json);
    let accessor = union.accessor.ident();
    let documented =
        docs::attributes(&format!("The `{key}`; none if the object is not known and has none."));
    module.implementation(
        &quote!(impl #name),
        &[quote! {
            #documented
            #[must_use]
            #[inline]
            pub fn #accessor(&self) -> Option<&str> {
                json::Union::tag(self)
            }
        }],
    )?;
    module.implementation(&quote!(impl json::Union for #name), &members(union))?;
    module.item(&quote!(json::union!(#name);))
}

/// What the union trait asks for.
fn members(union: &Union) -> [proc_macro2::TokenStream; 4] {
    let key = &union.key;
    let tags: Vec<&str> = union.variants.iter().map(|variant| variant.tag.as_str()).collect();
    let names: Vec<_> = union.variants.iter().map(|variant| variant.name.ident()).collect();
    [
        quote! {
            #[inline]
            fn key(&self) -> &'static str {
                #key
            }
        },
        quote! {
            #[inline]
            fn select(tag: &str) -> Option<Self> {
                let empty = match tag {
                    #(#tags => Self::#names(json::neutral()),)*
                    _ => return None,
                };
                Some(empty)
            }
        },
        quote! {
            #[inline]
            fn variant(&self) -> json::Variant<'_> {
                match self {
                    #(Self::#names(object) => json::Variant::Known(#tags, object),)*
                    Self::Unrecognized(value) => json::Variant::Unrecognized(value),
                }
            }
        },
        quote! {
            #[inline]
            fn object(&mut self) -> Option<&mut dyn json::Object> {
                match self {
                    #(Self::#names(object) => Some(object),)*
                    Self::Unrecognized(_) => None,
                }
            }
        },
    ]
}
