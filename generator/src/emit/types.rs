//! The paths of types in generated code.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::{Import, Module};
use crate::api::{Api, ModuleName, Place, Presence, Root, Type, Usage};

/// The path of `ty` in the module `here`.
pub(crate) fn path(api: &Api, ty: &Type, here: &Scope<'_>, module: &mut Module) -> TokenStream {
    match ty {
        Type::Boolean | Type::Constant(_) => quote!(bool),
        Type::Integer(width) => {
            let name = quote::format_ident!("{}", width.as_str());
            quote!(#name)
        }
        Type::Number => quote!(f64),
        Type::String | Type::Uuid => quote!(String),
        Type::DateTime => quote!(crate::DateTime),
        Type::Civil(civil) => {
            let name = quote::format_ident!("{}", civil.as_str());
            quote!(jiff::civil::#name)
        }
        Type::Decimal => quote!(crate::Decimal),
        Type::Bytes => quote!(bytes::Bytes),
        Type::File => quote!(crate::File),
        Type::Any => quote!(serde_json::Value),
        Type::Scalar => {
            module.import(Import::Scalar);
            quote!(Scalar)
        }
        Type::Id(resource) => {
            module.import(Import::Ids);
            let name = api.ids.get(resource).map(|name| name.ident());
            quote!(ids::#name)
        }
        Type::List(inner) => {
            let inner = path(api, inner, here, module);
            quote!(Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = path(api, inner, here, module);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
        Type::Nullable(inner) => {
            let inner = path(api, inner, here, module);
            quote!(Option<#inner>)
        }
        Type::Boxed(inner) => {
            let inner = path(api, inner, here, module);
            quote!(Box<#inner>)
        }
        Type::Named(place) => named(api, place, here, module),
    }
}

/// The module that code is generated for: the modules below `models` or `api`.
pub(crate) struct Scope<'a> {
    pub(crate) root: &'a Root,
    pub(crate) modules: &'a [ModuleName],
}

/// The shortest path to a definition.
pub(crate) fn named(
    api: &Api,
    place: &Place,
    here: &Scope<'_>,
    module: &mut Module,
) -> TokenStream {
    let Some(definition) = api.types.get(place) else { return quote!(serde_json::Value) };
    let name = definition.name.ident();
    if place.root == *here.root {
        let both = here.modules.iter().zip(&definition.modules);
        let common = both.take_while(|(here, there)| here == there).count();
        let outwards = std::iter::repeat_n(quote!(super::), here.modules.len() - common);
        let below = definition.modules[common..].iter().map(|module| module.ident());
        return quote!(#(#outwards)* #(#below::)* #name);
    }
    let (root, modules) = definition.public_path(place);
    module.import(if root == "api" { Import::Api } else { Import::Models });
    let (root, modules) = (quote::format_ident!("{root}"), modules.iter().map(ModuleName::ident));
    quote!(#root::#(#modules::)*#name)
}

/// The type of a field.
pub(crate) fn field(
    api: &Api,
    ty: &Type,
    presence: Presence,
    usage: Usage,
    here: &Scope<'_>,
    module: &mut Module,
) -> TokenStream {
    let path = path(api, ty, here, module);
    match presence {
        Presence::OptionalNullable if usage == Usage::Requests => quote!(Option<Option<#path>>),
        _ if presence.is_option(ty, usage) => quote!(Option<#path>),
        _ => path,
    }
}
