//! Unions without a discriminator.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{
    Api, Civil, Conversion, Definition, Dispatch, Place, Root, Step, Type, Union, Variant,
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
    let told_apart = docs::attributes(match union.dispatch {
        Dispatch::JsonType => "\nThe variants are told apart by what they are in JSON.",
        Dispatch::Status => "\nThe variants are told apart by the status of the response.",
        _ => {
            "\nNo property tells the variants apart. A value is one that it does not contradict: of these \
             the one that leaves least of it unknown, and the first of several that are equal in this."
        }
    });
    let deprecated = docs::deprecated(definition.deprecated.as_ref());
    let here = Scope { root: &place.root, modules: &definition.modules };
    let mut variants = Vec::new();
    let mut conversions = Vec::new();
    for variant in &union.variants {
        let described = docs::described(&variant.docs, &of_type(&variant.ty));
        let (variant_name, ty) =
            (variant.name.ident(), types::path(api, &variant.ty, &here, module));
        variants.push(quote!(#described #variant_name(#ty)));
        conversions.extend(from(&name, variant, &ty)?);
    }
    module.item(quote! {
        #described
        #told_apart
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that is none of these, as it was sent."]
            Unrecognized(serde_json::Value),
        }
    })?;
    for conversion in conversions {
        module.item(conversion)?;
    }
    module.import(Import::Json);
    module.implementation(&quote!(impl json::OneOf for #name), members(union))?;
    module.item(quote!(json::one_of!(#name);))
}

/// The default description of a variant.
fn of_type(ty: &Type) -> String {
    match ty {
        Type::Named(Place { root: Root::Schema(name), steps }) if steps.is_empty() => {
            format!("The schema {}.", code(name))
        }
        Type::Boolean | Type::Constant(_) => "A boolean.".to_owned(),
        Type::Integer(_) | Type::Number | Type::Decimal => "A number.".to_owned(),
        Type::String | Type::Uuid => "A text.".to_owned(),
        Type::Id(resource) => format!("The id of one {}.", code(resource)),
        Type::DateTime => "A date-time.".to_owned(),
        Type::Civil(Civil::Date) => "A date.".to_owned(),
        Type::Civil(Civil::Time) => "A time without an offset.".to_owned(),
        Type::Civil(Civil::DateTime) => "A date-time without an offset.".to_owned(),
        Type::Scalar => "A boolean, a number or a text.".to_owned(),
        Type::List(_) => "A list.".to_owned(),
        Type::Map(_) => "Values by names that the API does not fix.".to_owned(),
        Type::Any | Type::Bytes | Type::File | Type::Nullable(_) => "A value.".to_owned(),
        Type::Boxed(inner) => of_type(inner),
        Type::Named(place) => match place.steps.last() {
            Some(Step::Variant(word)) => format!("The variant {}.", code(word)),
            _ => "A value.".to_owned(),
        },
    }
}

/// The types that convert to the union without naming a variant.
fn from(name: &Ident, variant: &Variant, ty: &TokenStream) -> syn::Result<Vec<TokenStream>> {
    if variant.conversion == Conversion::Named {
        return Ok(Vec::new());
    }
    let mut convertible = vec![ty.clone()];
    if let Some(other) = variant.also_from() {
        convertible.push(syn::parse_str::<TokenStream>(other)?);
    }
    let variant_name = variant.name.ident();
    let conversions = convertible.into_iter().enumerate().map(|(index, from)| {
        let value = if index == 0 { quote!(value) } else { quote!(value.into()) };
        quote! {
            impl From<#from> for #name {
                fn from(value: #from) -> Self {
                    Self::#variant_name(#value)
                }
            }
        }
    });
    Ok(conversions.collect())
}

/// The methods of the trait implementation.
fn members(union: &Union) -> [TokenStream; 3] {
    let names: Vec<_> = union.variants.iter().map(|variant| variant.name.ident()).collect();
    let indices = (0..names.len()).map(Literal::usize_unsuffixed);
    [
        quote! {
            fn select(index: usize) -> Option<Self> {
                let empty = match index {
                    #(#indices => Self::#names(json::neutral()),)*
                    _ => return None,
                };
                Some(empty)
            }
        },
        quote! {
            fn get(&self) -> &dyn json::Json {
                match self {
                    #(Self::#names(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        },
        quote! {
            fn get_mut(&mut self) -> &mut dyn json::Json {
                match self {
                    #(Self::#names(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        },
    ]
}
