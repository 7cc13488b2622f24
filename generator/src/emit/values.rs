//! Values as code writes them down, for examples and for tests: the one place that does.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::fields::is_argument;
use super::literals::{integer, literal, number, raw};
use crate::api::{
    Api, Civil, Definition, EnumOf, ExampleValue, Field, Holder, Kind, ModuleName, Name, Namespace,
    Place, Taking, Type, VariantName, ident,
};

/// The code that values are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Somebody who reads the documentation of one item: paths begin with the crate, and values say little.
    Person,
    /// A test: what it uses is imported, and values are what they are.
    Test,
}

/// Writes values.
pub(crate) struct Values<'a> {
    pub(crate) api: &'a Api,
    reader: Reader,
    /// The modules that stand where the code does.
    beside: Vec<&'a str>,
    /// What a test has to import from the crate.
    pub(crate) imports: BTreeSet<&'a str>,
    /// What it has to import from its root.
    pub(crate) helpers: BTreeSet<&'static str>,
}

impl<'a> Values<'a> {
    /// For documentation.
    pub(crate) fn shown(api: &'a Api) -> Self {
        let (imports, helpers) = (BTreeSet::new(), BTreeSet::new());
        Self { api, reader: Reader::Person, beside: Vec::new(), imports, helpers }
    }

    /// For a test, in a file that has the modules of what is below a namespace.
    pub(crate) fn tested(api: &'a Api, namespace: &'a Namespace) -> Self {
        let below = namespace.namespaces.iter();
        let beside = below.map(|inner| inner.module.as_str()).collect();
        Self { reader: Reader::Test, beside, ..Self::shown(api) }
    }

    /// The crate as others call it.
    pub(crate) fn package(&self) -> TokenStream {
        let package = package(self.api);
        if self.beside.iter().any(|module| package == module) {
            quote!(::#package)
        } else {
            quote!(#package)
        }
    }

    /// Something that the crate exports.
    fn exported(&mut self, name: &'static str) -> TokenStream {
        let item = format_ident!("{name}");
        if self.reader == Reader::Person || self.beside.contains(&name) {
            let package = self.package();
            return quote!(#package::#item);
        }
        self.imports.insert(name);
        quote!(#item)
    }

    /// A function of the test's root.
    pub(crate) fn helper(&mut self, name: &'static str) -> Ident {
        self.helpers.insert(name);
        format_ident!("{name}")
    }

    /// What to pass for a field.
    pub(crate) fn argument(
        &mut self,
        field: &Field,
        holder: Holder,
        sample: &ExampleValue,
    ) -> TokenStream {
        match (field.taking(holder), &field.ty, sample) {
            (Taking::IntoOption, _, ExampleValue::Null) => quote!(None),
            (Taking::IntoOption, ty, sample) => self.typed(ty, sample),
            (
                Taking::Each | Taking::EachInteger,
                Type::List(inner),
                ExampleValue::List(elements),
            ) if !elements.is_empty() => {
                let elements: Vec<_> =
                    elements.iter().map(|element| self.element(inner, element)).collect();
                quote!([#(#elements),*])
            }
            (Taking::Into | Taking::Integer, ty, sample) => self.converted(ty, sample),
            (Taking::Exactly | Taking::Each | Taking::EachInteger, ty, sample) => {
                self.exactly(ty, sample)
            }
        }
    }

    /// One of several values that each convert into `ty`, and have one type.
    fn element(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match ty {
            Type::Scalar => self.exactly(ty, sample),
            _ => self.converted(ty, sample),
        }
    }

    /// A value that converts into `ty`.
    fn converted(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match (ty, sample) {
            (Type::String | Type::Uuid | Type::Id(_) | Type::Scalar, ExampleValue::Text(text)) => {
                quote!(#text)
            }
            (Type::Scalar, ExampleValue::Boolean(value)) => quote!(#value),
            (Type::Scalar, ExampleValue::Number(value)) => number(*value),
            (Type::Named(place), ExampleValue::Text(text)) if self.is_enum(place) => quote!(#text),
            (Type::Bytes | Type::File, _) => quote!(vec![1, 2, 3]),
            (ty, sample) => self.exactly(ty, sample),
        }
    }

    /// A value whose type is to be seen.
    pub(crate) fn typed(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match (ty, sample) {
            (Type::Integer(width), ExampleValue::Integer(value)) => integer(*width, *value),
            _ => self.exactly(ty, sample),
        }
    }

    /// A value of exactly that type, where the type is known.
    pub(crate) fn exactly(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match (ty, sample) {
            (Type::Nullable(_), ExampleValue::Null) => quote!(None),
            (Type::Nullable(inner), sample) => {
                let inner = self.exactly(inner, sample);
                quote!(Some(#inner))
            }
            (Type::Boxed(inner), sample) => {
                let inner = self.exactly(inner, sample);
                quote!(Box::new(#inner))
            }
            (Type::Named(place), sample) => self.named(place, sample),
            (Type::Integer(width), ExampleValue::Integer(value))
                if i32::try_from(*value).is_err() =>
            {
                integer(*width, *value)
            }
            (Type::DateTime, ExampleValue::Text(text)) => self.instant(text),
            (Type::Civil(civil), ExampleValue::Text(text)) => self.civil(*civil, text),
            (Type::Decimal, ExampleValue::Text(text)) => {
                let (decimal, number) = (self.exported("Decimal"), literal(text));
                quote!(#decimal::from(#number))
            }
            (Type::Bytes, _) => {
                let bytes = self.exported("bytes");
                quote!(#bytes::Bytes::from(vec![1, 2, 3]))
            }
            (Type::File, _) => {
                let file = self.exported("File");
                quote!(#file::new(vec![1, 2, 3]))
            }
            (Type::Scalar, sample) => {
                let (scalar, value) = (self.exported("Scalar"), self.converted(ty, sample));
                quote!(#scalar::from(#value))
            }
            (Type::Id(resource), ExampleValue::Text(text)) => {
                let ids = self.exported("ids");
                let id = self.api.ids.get(resource).map(|name| name.ident());
                quote!(#ids::#id::from(#text))
            }
            (Type::List(inner), ExampleValue::List(elements)) => self.list(inner, elements),
            (Type::Map(inner), ExampleValue::Map(entries)) => self.map(inner, entries),
            (_, sample) => self.plain(sample),
        }
    }

    fn plain(&mut self, sample: &ExampleValue) -> TokenStream {
        match sample {
            ExampleValue::Boolean(value) => quote!(#value),
            ExampleValue::Integer(value) => {
                let literal = Literal::i128_unsuffixed(*value);
                quote!(#literal)
            }
            ExampleValue::Number(value) => number(*value),
            ExampleValue::Text(text) => quote!(#text.to_owned()),
            ExampleValue::Json(value) => self.json(value),
            _ => quote!(Default::default()),
        }
    }

    fn list(&mut self, inner: &Type, elements: &[ExampleValue]) -> TokenStream {
        if elements.is_empty() {
            let ty = self.name(inner);
            return quote!(Vec::<#ty>::new());
        }
        let elements: Vec<_> =
            elements.iter().map(|element| self.exactly(inner, element)).collect();
        quote!(vec![#(#elements),*])
    }

    fn map(&mut self, inner: &Type, entries: &BTreeMap<String, ExampleValue>) -> TokenStream {
        if entries.is_empty() {
            return quote!(std::collections::BTreeMap::new());
        }
        let entries: Vec<_> = (entries.iter())
            .map(|(key, value)| {
                let value = self.exactly(inner, value);
                quote!((#key.to_owned(), #value))
            })
            .collect();
        quote!(std::collections::BTreeMap::from([#(#entries),*]))
    }

    fn instant(&mut self, text: &str) -> TokenStream {
        match self.reader {
            Reader::Person => {
                let jiff = self.exported("jiff");
                quote!(#jiff::Timestamp::UNIX_EPOCH)
            }
            Reader::Test => {
                let instant = self.helper("instant");
                quote!(#instant(#text))
            }
        }
    }

    fn civil(&mut self, civil: Civil, text: &str) -> TokenStream {
        let (jiff, name) = (self.exported("jiff"), format_ident!("{}", civil.as_str()));
        match (self.reader, civil) {
            (Reader::Test, _) => quote!(#text.parse::<#jiff::civil::#name>().unwrap_or_default()),
            (Reader::Person, Civil::Date) => quote!(#jiff::civil::date(2025, 1, 2)),
            (Reader::Person, Civil::Time) => quote!(#jiff::civil::time(3, 4, 5, 0)),
            (Reader::Person, Civil::DateTime) => {
                quote!(#jiff::civil::datetime(2025, 1, 2, 3, 4, 5, 0))
            }
        }
    }

    fn json(&mut self, value: &serde_json::Value) -> TokenStream {
        match self.reader {
            Reader::Person => quote!(serde_json::Value::Null),
            Reader::Test => {
                let (json, text) = (self.helper("json"), raw(&value.to_string()));
                quote!(#json(#text))
            }
        }
    }

    fn named(&mut self, place: &Place, sample: &ExampleValue) -> TokenStream {
        let Some((path, definition)) = self.path(place) else { return self.plain(sample) };
        match (&definition.kind, sample) {
            (Kind::Enum(values), ExampleValue::Text(text)) => {
                let value = values.values.iter().find(|value| value.text == *text);
                match value.map(|value| value.name.ident()) {
                    Some(name) => quote!(#path::#name),
                    None if values.of == EnumOf::Texts => quote!(#path::from(#text)),
                    None => {
                        let number = literal(text);
                        quote!(#path::from(#number))
                    }
                }
            }
            (Kind::Struct(object), ExampleValue::Object(set, others)) => {
                let arguments: Vec<_> = (object.fields.iter().enumerate())
                    .filter(|(_, field)| is_argument(field))
                    .filter_map(|(index, field)| {
                        Some(self.argument(field, Holder::Object, set.get(&index)?))
                    })
                    .collect();
                let mut setters: Vec<_> = (object.fields.iter().enumerate())
                    .filter(|(_, field)| !is_argument(field))
                    .filter_map(|(index, field)| {
                        Some(self.setter(field, Holder::Object, set.get(&index)?))
                    })
                    .collect();
                if let Some(described) = object.others.as_ref().filter(|_| !others.is_empty()) {
                    let (name, map) = (described.name.ident(), self.others(&described.ty, others));
                    setters.push(quote!(.#name(#map)));
                }
                quote!(#path::new(#(#arguments),*) #(#setters)*)
            }
            (Kind::Union(union), ExampleValue::Variant(index, inner)) => {
                let variant = union.variants.get(*index);
                let (name, ty) = (variant.map(|one| &one.name), variant.map(|one| &one.ty));
                self.variant(&path, name, ty, inner)
            }
            (_, sample) => self.plain(sample),
        }
    }

    fn variant(
        &mut self,
        path: &TokenStream,
        name: Option<&VariantName>,
        ty: Option<&Type>,
        inner: &ExampleValue,
    ) -> TokenStream {
        let name = name.map(|name| name.ident());
        let inner = ty.map(|ty| self.exactly(ty, inner));
        quote!(#path::#name(#inner))
    }

    /// The call that sets a field.
    pub(crate) fn setter(
        &mut self,
        field: &Field,
        holder: Holder,
        sample: &ExampleValue,
    ) -> TokenStream {
        if let (ExampleValue::Null, Some(null)) = (sample, &field.null) {
            let null = null.ident();
            return quote!(.#null());
        }
        let (name, value) = (field.name.ident(), self.argument(field, holder, sample));
        quote!(.#name(#value))
    }

    fn others(&mut self, ty: &Type, entries: &BTreeMap<String, ExampleValue>) -> TokenStream {
        match ty {
            Type::Map(inner) => self.map(inner, entries),
            other => self.map(other, entries),
        }
    }

    fn is_enum(&self, place: &Place) -> bool {
        let definition = self.api.types.get(self.api.defined_at(place));
        definition.is_some_and(|definition| {
            matches!(&definition.kind, Kind::Enum(values) if values.of == EnumOf::Texts)
        })
    }

    /// What a type is called, and what it is.
    fn path(&mut self, place: &Place) -> Option<(TokenStream, &'a Definition)> {
        let api = self.api;
        let named = api.types.get(place)?;
        let name = named.name.ident();
        let (root, modules) = named.public_path(place);
        let (root, modules) = (self.exported(root), idents(modules));
        let path = quote!(#root::#(#modules::)*#name);
        Some((path, api.types.get(api.defined_at(place))?))
    }

    /// What stands in one of the modules of operations.
    pub(crate) fn in_api(&mut self, modules: &[ModuleName], name: &Ident) -> TokenStream {
        let (api, modules) = (self.exported("api"), idents(modules));
        quote!(#api::#(#modules::)*#name)
    }

    /// A type by its name.
    fn name(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean | Type::Constant(_) => quote!(bool),
            Type::Integer(width) => {
                let name = format_ident!("{}", width.as_str());
                quote!(#name)
            }
            Type::Number => quote!(f64),
            Type::String | Type::Uuid => quote!(String),
            Type::DateTime => {
                let jiff = self.exported("jiff");
                quote!(#jiff::Timestamp)
            }
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

/// The builder of the client type.
pub(crate) fn builder(api: &Api) -> Ident {
    format_ident!("{}Builder", api.client)
}

/// The crate as others call it.
pub(crate) fn package(api: &Api) -> Ident {
    ident(&api.package.replace('-', "_"))
}

fn idents(modules: &[ModuleName]) -> Vec<Ident> {
    modules.iter().map(ModuleName::ident).collect()
}
