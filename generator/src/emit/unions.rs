//! Objects told apart by the value of one property.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Api, Definition, KeyKind, KeyPlace, Kind, Place, Shared, Type, Union, Variant};
use crate::markdown::code;

pub(super) fn generate(
    api: &Api,
    place: &Place,
    definition: &Definition,
    union: &Union,
    module: &mut Module,
) -> syn::Result<()> {
    let name = definition.name.ident();
    let described = docs::described(&definition.docs, &docs::of_place(place));
    let told_apart = match union.key_kind {
        KeyKind::Presence => "which property they have".to_owned(),
        KeyKind::Text | KeyKind::Boolean => code(&union.key),
    };
    let told_apart = docs::attributes(&format!("\nThe variants are told apart by {told_apart}."));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let here = Scope { root: &place.root, modules: &definition.modules };
    let variants: Vec<_> = (union.variants.iter())
        .map(|variant| {
            let tags: Vec<String> = variant.tags.iter().map(|tag| code(tag)).collect();
            let described = docs::described(&variant.docs, &tags.join(", "));
            let (name, ty) = (variant.name.ident(), types::named(api, &variant.ty, &here, module));
            quote!(#described #name(#ty))
        })
        .collect();
    module.item(quote! {
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
    let mut accessors = Vec::new();
    if union.key_kind != KeyKind::Presence {
        accessors.push(accessor(union));
    }
    accessors.extend(union.shared.iter().map(|one| shared(api, union, one, &here, module)));
    if !accessors.is_empty() {
        module.implementation(&quote!(impl #name), accessors)?;
    }
    table(definition, union, module);
    Ok(())
}

fn accessor(union: &Union) -> TokenStream {
    let name = union.accessor.ident();
    let documented = docs::attributes(&format!(
        "The {}; none if the object is not known and has none.",
        code(&union.key)
    ));
    let (ty, value) = match union.key_kind {
        KeyKind::Text | KeyKind::Presence => (quote!(&str), quote!(json::Union::tag(self))),
        KeyKind::Boolean => (quote!(bool), quote!(json::Union::tag(self).map(|tag| tag == "true"))),
    };
    quote! {
        #documented
        #[must_use]
        pub fn #name(&self) -> Option<#ty> {
            #value
        }
    }
}

/// The value of a property that all variants have.
fn shared(
    api: &Api,
    union: &Union,
    shared: &Shared,
    here: &Scope<'_>,
    module: &mut Module,
) -> TokenStream {
    let described = docs::described(&shared.docs, &format!("The {}.", code(&shared.key)));
    let unknown = docs::attributes("\nNone if the object is not known.");
    let deprecated = docs::deprecated(shared.deprecated.as_ref());
    let name = shared.name.ident();
    let (ty, borrow) = match &shared.ty {
        Type::String => (quote!(&str), quote!(&)),
        Type::DateTime => (types::path(api, &shared.ty, here, module), quote!()),
        ty => {
            let ty = types::path(api, ty, here, module);
            (quote!(&#ty), quote!(&))
        }
    };
    let arms = union.variants.iter().map(|variant| {
        let (name, member) = (variant.name.ident(), member(api, &variant.ty, &shared.key));
        match member {
            Some(Member::Field(field)) => quote!(Self::#name(value) => Some(#borrow value.#field)),
            Some(Member::Method(method)) => quote!(Self::#name(value) => value.#method()),
            None => quote!(Self::#name(_) => None),
        }
    });
    quote! {
        #described
        #unknown
        #deprecated
        #[must_use]
        pub fn #name(&self) -> Option<#ty> {
            match self {
                #(#arms,)*
                Self::Unrecognized(_) => None,
            }
        }
    }
}

/// What gives the value of a property.
enum Member {
    Field(Ident),
    Method(Ident),
}

fn member(api: &Api, place: &Place, key: &str) -> Option<Member> {
    match &api.types.get(api.defined_at(place))?.kind {
        Kind::Struct(object) => {
            let field = object.fields.iter().find(|field| field.key == key)?;
            Some(Member::Field(field.name.ident()))
        }
        Kind::Union(union) if union.key == key => Some(Member::Method(union.accessor.ident())),
        Kind::Union(union) => {
            let shared = union.shared.iter().find(|shared| shared.key == key)?;
            Some(Member::Method(shared.name.ident()))
        }
        Kind::Enum(_) | Kind::OneOf(_) | Kind::Alias(_) => None,
    }
}

/// Which name is which variant.
fn table(definition: &Definition, union: &Union, module: &mut Module) {
    let told_apart = match union.key_kind {
        KeyKind::Text | KeyKind::Boolean => format!("by value of {}", Literal::string(&union.key)),
        KeyKind::Presence => "by presence".to_owned(),
    };
    let rows = union.variants.iter().map(|variant| {
        let tags = variant.tags.iter().map(|tag| Literal::string(tag).to_string());
        let tags = tags.collect::<Vec<_>>().join(" | ");
        format!("{tags} => {}: {},", variant.name.ident(), how(union, variant))
    });
    module.table(&format!("json::union!({} {told_apart}", definition.name.ident()), rows);
}

/// How a variant writes the key: the union does it, unless the variant has the key itself.
fn how(union: &Union, variant: &Variant) -> &'static str {
    match (variant.key, union.key_kind, variant.tags.as_slice()) {
        (KeyPlace::Union, KeyKind::Boolean, [_]) => "boolean",
        (KeyPlace::Union, KeyKind::Text, [_]) => "text",
        _ => "whole",
    }
}
