//! What a schema describes, whichever of the ways to say it the document chose.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

/// A schema or a reference to one.
#[derive(Clone, Copy)]
pub(super) enum SchemaRef<'a> {
    Reference(&'a str),
    Item(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// What a schema describes.
pub(super) enum Shape<'a> {
    /// Anything.
    Any,
    Boolean(Vec<bool>),
    Integer,
    Number,
    String(Text<'a>),
    Array(Option<SchemaRef<'a>>),
    Object(ObjectShape<'a>),
    OneOf(&'a [ReferenceOr<Schema>]),
    /// Something that has no Rust yet; the keyword that says it.
    Unsupported(&'static str),
}

/// A string.
pub(super) struct Text<'a> {
    pub(super) format: Option<&'a str>,
    pub(super) values: Vec<&'a str>,
}

/// An object, perhaps with conditions on which of its properties go together.
#[derive(Clone, Copy)]
pub(super) struct ObjectShape<'a> {
    pub(super) properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) all_of: &'a [ReferenceOr<Schema>],
}

impl<'a> Shape<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(described) => Self::of_type(described),
            SchemaKind::OneOf { one_of } => Self::OneOf(one_of),
            SchemaKind::AllOf { .. } => Self::Unsupported("allOf"),
            SchemaKind::AnyOf { .. } => Self::Unsupported("anyOf"),
            SchemaKind::Not { .. } => Self::Unsupported("not"),
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(described: &'a Type) -> Self {
        match described {
            Type::Boolean(boolean) => {
                Self::Boolean(boolean.enumeration.iter().flatten().copied().collect())
            }
            Type::Integer(integer) if integer.enumeration.is_empty() => Self::Integer,
            Type::Number(number) if number.enumeration.is_empty() => Self::Number,
            Type::Integer(_) | Type::Number(_) => Self::Unsupported("enum"),
            Type::String(string) => Self::String(Text {
                format: match &string.format {
                    VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
                    VariantOrUnknownOrEmpty::Item(_) | VariantOrUnknownOrEmpty::Empty => None,
                },
                values: string.enumeration.iter().flatten().map(String::as_str).collect(),
            }),
            Type::Array(array) => Self::Array(array.items.as_ref().map(SchemaRef::from)),
            Type::Object(object) => Self::Object(ObjectShape {
                properties: &object.properties,
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                one_of: &[],
                all_of: &[],
            }),
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        let is_object = match any.typ.as_deref() {
            Some(described) => described == "object",
            None => !any.properties.is_empty() || !any.required.is_empty(),
        };
        if !any.any_of.is_empty() {
            return Self::Unsupported("anyOf");
        }
        if any.not.is_some() {
            return Self::Unsupported("not");
        }
        if is_object {
            return Self::Object(ObjectShape {
                properties: &any.properties,
                required: &any.required,
                additional: any.additional_properties.as_ref(),
                one_of: &any.one_of,
                all_of: &any.all_of,
            });
        }
        if !any.one_of.is_empty() {
            return Self::OneOf(&any.one_of);
        }
        match any.typ.as_deref() {
            _ if !any.all_of.is_empty() => Self::Unsupported("allOf"),
            _ if !any.enumeration.is_empty() => Self::Unsupported("enum"),
            None => Self::Any,
            Some(_) => Self::Unsupported("type"),
        }
    }
}
