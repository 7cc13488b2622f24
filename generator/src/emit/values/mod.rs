//! Expressions for example values, in documentation and in tests.

mod paths;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

pub(crate) use self::paths::{builder, package};
use super::fields::is_argument;
use super::literals::{integer, literal, number, raw};
use crate::api::{
    Api, ArgumentType, Civil, EnumOf, ExampleValue, Field, FieldOwner, Kind, Name, Namespace,
    Place, Type, VariantName,
};

/// Who reads the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// Documentation: paths begin with the crate, and values are short placeholders.
    Person,
    /// A test: items are imported, and values are complete.
    Test,
}

/// Builds expressions for values.
pub(crate) struct Values<'a> {
    pub(crate) api: &'a Api,
    reader: Reader,
    /// The modules in the scope of the code.
    beside: Vec<&'a str>,
    /// The items of the crate that a test has to import.
    pub(crate) imports: BTreeSet<&'a str>,
    /// The helper functions that a test has to import.
    pub(crate) helpers: BTreeSet<&'static str>,
}

impl<'a> Values<'a> {
    /// Builds values for documentation.
    pub(crate) fn shown(api: &'a Api) -> Self {
        let (imports, helpers) = (BTreeSet::new(), BTreeSet::new());
        Self { api, reader: Reader::Person, beside: Vec::new(), imports, helpers }
    }

    /// Builds values for a test in the file of a namespace, which declares the modules of the inner namespaces.
    pub(crate) fn tested(api: &'a Api, namespace: &'a Namespace) -> Self {
        let below = namespace.namespaces.iter();
        let beside = below.map(|inner| inner.module.as_str()).collect();
        Self { reader: Reader::Test, beside, ..Self::shown(api) }
    }

    /// Imports a helper function of the test.
    pub(crate) fn helper(&mut self, name: &'static str) -> Ident {
        self.helpers.insert(name);
        format_ident!("{name}")
    }

    /// The argument for a field.
    pub(crate) fn argument(
        &mut self,
        field: &Field,
        owner: FieldOwner,
        sample: &ExampleValue,
    ) -> TokenStream {
        match (field.argument_type(owner), &field.ty, sample) {
            (ArgumentType::IntoOption, _, ExampleValue::Null) => quote!(None),
            (ArgumentType::IntoOption, ty, sample) => self.typed(ty, sample),
            (
                ArgumentType::Items | ArgumentType::IntegerItems,
                Type::List(inner),
                ExampleValue::List(elements),
            ) if !elements.is_empty() => {
                let elements: Vec<_> =
                    elements.iter().map(|element| self.element(inner, element)).collect();
                quote!([#(#elements),*])
            }
            (ArgumentType::Into | ArgumentType::Integer, ty, sample) => self.converted(ty, sample),
            (
                ArgumentType::Exact | ArgumentType::Items | ArgumentType::IntegerItems,
                ty,
                sample,
            ) => self.exactly(ty, sample),
        }
    }

    /// An element of a list. All elements have the same type, which converts to `ty`.
    fn element(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match ty {
            Type::Scalar => self.exactly(ty, sample),
            _ => self.converted(ty, sample),
        }
    }

    /// A value that converts to `ty`.
    fn converted(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match (ty, sample) {
            (Type::String | Type::Uuid | Type::Id(_) | Type::Scalar, ExampleValue::Text(text)) => {
                quote!(#text)
            }
            (Type::DateTime, ExampleValue::Text(text)) => {
                let text = self.date_time(text);
                quote!(#text)
            }
            (Type::Scalar, ExampleValue::Boolean(value)) => quote!(#value),
            (Type::Scalar, ExampleValue::Number(value)) => number(*value),
            (Type::Named(place), ExampleValue::Text(text)) if self.is_enum(place) => quote!(#text),
            (Type::Bytes | Type::File, _) => quote!(vec![1, 2, 3]),
            (ty, sample) => self.exactly(ty, sample),
        }
    }

    /// A value with a visible type, such as `1i64`.
    pub(crate) fn typed(&mut self, ty: &Type, sample: &ExampleValue) -> TokenStream {
        match (ty, sample) {
            (Type::Integer(width), ExampleValue::Integer(value)) => integer(*width, *value),
            _ => self.exactly(ty, sample),
        }
    }

    /// A value of exactly the type `ty`, where the compiler can infer it.
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
            (Type::DateTime, ExampleValue::Text(text)) => {
                let (date_time, text) = (self.exported("DateTime"), self.date_time(text));
                quote!(#date_time::from(#text))
            }
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

    /// The text of a date-time. In documentation the text of a sample is only a placeholder.
    fn date_time<'t>(&self, text: &'t str) -> &'t str {
        match self.reader {
            Reader::Person => "2025-01-02T03:04:05Z",
            Reader::Test => text,
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
                        Some(self.argument(field, FieldOwner::Object, set.get(&index)?))
                    })
                    .collect();
                let mut setters: Vec<_> = (object.fields.iter().enumerate())
                    .filter(|(_, field)| !is_argument(field))
                    .filter_map(|(index, field)| {
                        Some(self.setter(field, FieldOwner::Object, set.get(&index)?))
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
        owner: FieldOwner,
        sample: &ExampleValue,
    ) -> TokenStream {
        if let (ExampleValue::Null, Some(null)) = (sample, &field.null) {
            let null = null.ident();
            return quote!(.#null());
        }
        let (name, value) = (field.name.ident(), self.argument(field, owner, sample));
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
}
