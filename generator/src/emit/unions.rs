//! Unions with a discriminator.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{
    Api, Definition, Discriminator, Kind, Place, Shared, TagHolder, TagKind, Type, Union, Variant,
};
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
    let told_apart = match union.discriminator() {
        None => "which property they have".to_owned(),
        Some(discriminator) => code(&discriminator.property),
    };
    let told_apart = docs::attributes(&format!("\nThe variants are told apart by {told_apart}."));
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let here = Scope { root: &place.root, modules: &definition.modules };
    let variants: Vec<_> = (union.variants.iter())
        .map(|variant| {
            let tags: Vec<String> = variant.tag.values.iter().map(|tag| code(tag)).collect();
            let described = docs::described(&variant.docs, &tags.join(", "));
            let (name, ty) = (variant.name.ident(), types::path(api, &variant.ty, &here, module));
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
    let mut accessors: Vec<_> = union.discriminator().map(accessor).into_iter().collect();
    accessors.extend(union.shared.iter().map(|one| shared(api, union, one, &here, module)));
    if !accessors.is_empty() {
        module.implementation(&quote!(impl #name), accessors)?;
    }
    table(definition, union, module);
    Ok(())
}

fn accessor(discriminator: &Discriminator) -> TokenStream {
    let name = discriminator.accessor.ident();
    let documented = docs::attributes(&format!(
        "The {}; none if the object is not known and has none.",
        code(&discriminator.property)
    ));
    let (ty, value) = match discriminator.kind {
        TagKind::Text => (quote!(&str), quote!(json::Union::tag(self))),
        TagKind::Boolean => (quote!(bool), quote!(json::Union::tag(self).map(|tag| tag == "true"))),
    };
    quote! {
        #documented
        #[must_use]
        pub fn #name(&self) -> Option<#ty> {
            #value
        }
    }
}

/// The accessor of a property that all variants have.
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
        Type::Civil(_) => (types::path(api, &shared.ty, here, module), quote!()),
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

/// The field or method that has the value of a property in a variant.
enum Member {
    Field(Ident),
    Method(Ident),
}

fn member(api: &Api, ty: &Type, key: &str) -> Option<Member> {
    let Type::Named(place) = ty else { return None };
    match &api.types.get(api.defined_at(place))?.kind {
        Kind::Struct(object) => {
            let field = object.fields.iter().find(|field| field.key == key)?;
            Some(Member::Field(field.name.ident()))
        }
        Kind::Union(union) => {
            let discriminator = union.discriminator().filter(|one| one.property == key);
            if let Some(discriminator) = discriminator {
                return Some(Member::Method(discriminator.accessor.ident()));
            }
            let shared = union.shared.iter().find(|shared| shared.key == key)?;
            Some(Member::Method(shared.name.ident()))
        }
        Kind::Enum(_) | Kind::Alias(_) => None,
    }
}

/// The macro call that maps tags to variants.
fn table(definition: &Definition, union: &Union, module: &mut Module) {
    let told_apart = match union.discriminator() {
        Some(one) => format!("by value of {}", Literal::string(&one.property)),
        None => "by presence".to_owned(),
    };
    let rows = union.variants.iter().map(|variant| {
        let tags = variant.tag.values.iter().map(|tag| Literal::string(tag).to_string());
        let tags = tags.collect::<Vec<_>>().join(" | ");
        format!("{tags} => {}: {},", variant.name.ident(), how(union, variant))
    });
    module.table(&format!("json::union!({} {told_apart}", definition.name.ident()), rows);
}

/// How a variant writes the discriminator: the union writes it, unless the variant has a field for it.
fn how(union: &Union, variant: &Variant) -> &'static str {
    let kind = union.discriminator().map(|discriminator| discriminator.kind);
    match (variant.tag.holder, kind, variant.tag.values.as_slice()) {
        (TagHolder::Union, Some(TagKind::Boolean), [_]) => "boolean",
        (TagHolder::Union, Some(TagKind::Text), [_]) => "text",
        _ => "whole",
    }
}
