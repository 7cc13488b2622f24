//! Paths of exported items, for code outside of the crate.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Reader, Values};
use crate::api::{Api, Definition, ModuleName, Place, Type, ident};

impl<'a> Values<'a> {
    /// The name of the crate in paths.
    pub(crate) fn package(&self) -> TokenStream {
        let package = package(self.api);
        if self.beside.iter().any(|module| package == module) {
            quote!(::#package)
        } else {
            quote!(#package)
        }
    }

    /// The path of an item in the root of the crate.
    pub(super) fn exported(&mut self, name: &'static str) -> TokenStream {
        let item = format_ident!("{name}");
        if self.reader == Reader::Person || self.beside.contains(&name) {
            let package = self.package();
            return quote!(#package::#item);
        }
        self.imports.insert(name);
        quote!(#item)
    }

    /// The path of a type, and its definition.
    pub(super) fn path(&mut self, place: &Place) -> Option<(TokenStream, &'a Definition)> {
        let api = self.api;
        let named = api.types.get(place)?;
        let name = named.name.ident();
        let (root, modules) = named.public_path(place);
        let (root, modules) = (self.exported(root), idents(modules));
        let path = quote!(#root::#(#modules::)*#name);
        Some((path, api.types.get(api.defined_at(place))?))
    }

    /// The path of an item in a module of operations.
    pub(crate) fn in_api(&mut self, modules: &[ModuleName], name: &Ident) -> TokenStream {
        let (api, modules) = (self.exported("api"), idents(modules));
        quote!(#api::#(#modules::)*#name)
    }

    /// The path of a type.
    pub(super) fn name(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean | Type::Constant(_) => quote!(bool),
            Type::Integer(width) => {
                let name = format_ident!("{}", width.as_str());
                quote!(#name)
            }
            Type::Number => quote!(f64),
            Type::String | Type::Uuid => quote!(String),
            Type::DateTime => self.exported("DateTime"),
            Type::Id(resource) => {
                let ids = self.exported("ids");
                let id = self.api.ids.get(resource).map(|name| name.ident());
                quote!(#ids::#id)
            }
            Type::Civil(civil) => {
                let (jiff, name) = (self.exported("jiff"), format_ident!("{}", civil.as_str()));
                quote!(#jiff::civil::#name)
            }
            Type::Decimal => self.exported("Decimal"),
            Type::Scalar => self.exported("Scalar"),
            Type::Bytes => {
                let bytes = self.exported("bytes");
                quote!(#bytes::Bytes)
            }
            Type::File => self.exported("File"),
            Type::Any => quote!(serde_json::Value),
            Type::List(inner) => self.wrapped(&quote!(Vec), inner),
            Type::Nullable(inner) => self.wrapped(&quote!(Option), inner),
            Type::Boxed(inner) => self.wrapped(&quote!(Box), inner),
            Type::Map(inner) => {
                let inner = self.name(inner);
                quote!(std::collections::BTreeMap<String, #inner>)
            }
            Type::Named(place) => self.path(place).map(|(path, _)| path).unwrap_or_default(),
        }
    }

    fn wrapped(&mut self, outer: &TokenStream, inner: &Type) -> TokenStream {
        let inner = self.name(inner);
        quote!(#outer<#inner>)
    }
}

/// The name of the builder of the client.
pub(crate) fn builder(api: &Api) -> Ident {
    format_ident!("{}Builder", api.client)
}

/// The name of the crate in Rust.
pub(crate) fn package(api: &Api) -> Ident {
    ident(&api.package.replace('-', "_"))
}

fn idents(modules: &[ModuleName]) -> Vec<Ident> {
    modules.iter().map(ModuleName::ident).collect()
}
