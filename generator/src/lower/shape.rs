//! The shape of a schema, independent of how the document expresses it.

use openapiv3::{
    AnySchema, IntegerFormat, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::api::Width;

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

/// The shape of a schema.
pub(super) enum Shape<'a> {
    /// Any value.
    Any,
    Boolean(Vec<bool>),
    Integer(Width),
    Number,
    String(Text<'a>),
    /// An enum with values of several types.
    Scalar,
    Array(Option<SchemaRef<'a>>),
    /// An object; [`ObjectShape`](super::object::ObjectShape) has the details.
    Object,
    OneOf(&'a [ReferenceOr<Schema>]),
    /// Like [`Shape::OneOf`], but a value may be more than one of them.
    AnyOf(&'a [ReferenceOr<Schema>]),
    /// The intersection of its parts, which are usually objects.
    AllOf(&'a [ReferenceOr<Schema>]),
    /// A schema with this unsupported keyword.
    Unsupported(&'static str),
}

/// A string.
pub(super) struct Text<'a> {
    pub(super) format: Option<&'a str>,
    pub(super) values: Vec<&'a str>,
}

impl<'a> Shape<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(described) => Self::of_type(described),
            SchemaKind::OneOf { one_of } => Self::OneOf(one_of),
            SchemaKind::AllOf { all_of } => Self::AllOf(all_of),
            SchemaKind::AnyOf { any_of } => Self::AnyOf(any_of),
            // `not` does not determine the type.
            SchemaKind::Not { .. } => Self::Any,
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(described: &'a Type) -> Self {
        match described {
            Type::Boolean(boolean) => {
                Self::Boolean(boolean.enumeration.iter().flatten().copied().collect())
            }
            Type::Integer(integer) => Self::Integer(width(
                format_of(&integer.format),
                integer.minimum.map(i128::from),
                integer.maximum.map(i128::from),
            )),
            Type::Number(_) => Self::Number,
            Type::String(string) => Self::String(Text {
                format: match &string.format {
                    VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
                    VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date"),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
                    VariantOrUnknownOrEmpty::Item(_) | VariantOrUnknownOrEmpty::Empty => None,
                },
                values: string.enumeration.iter().flatten().map(String::as_str).collect(),
            }),
            Type::Array(array) => Self::Array(array.items.as_ref().map(SchemaRef::from)),
            Type::Object(_) => Self::Object,
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        let is_object = match any.typ.as_deref() {
            Some(described) => described == "object",
            None => !any.properties.is_empty() || !any.required.is_empty(),
        };
        if is_object {
            return Self::Object;
        }
        let texts: Option<Vec<&str>> = any.enumeration.iter().map(|value| value.as_str()).collect();
        match any.typ.as_deref() {
            _ if !any.one_of.is_empty() && !restricts(any, &any.one_of) => Self::OneOf(&any.one_of),
            _ if !any.all_of.is_empty() => Self::AllOf(&any.all_of),
            _ if !any.any_of.is_empty() && !restricts(any, &any.any_of) => Self::AnyOf(&any.any_of),
            Some("boolean") => {
                Self::Boolean(any.enumeration.iter().filter_map(|value| value.as_bool()).collect())
            }
            Some("integer") => Self::Integer(width(
                any.format.as_deref(),
                any.minimum.and_then(whole),
                any.maximum.and_then(whole),
            )),
            Some("number") => Self::Number,
            Some("array") => Self::Array(any.items.as_ref().map(SchemaRef::from)),
            Some("string") => Self::String(Text {
                format: any.format.as_deref(),
                values: texts.unwrap_or_default(),
            }),
            None if any.enumeration.is_empty() => Self::Any,
            None => Self::of_values(&any.enumeration),
            Some(_) => Self::Unsupported("type"),
        }
    }

    /// The shape of a schema with only an `enum`. Nulls are ignored.
    fn of_values(values: &'a [Value]) -> Self {
        let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let all =
            |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
        if values.is_empty() {
            return Self::Any;
        }
        let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
        if all(Value::is_string) {
            let values = values.iter().filter_map(|value| value.as_str()).collect();
            Self::String(Text { format: None, values })
        } else if all(Value::is_boolean) {
            Self::Boolean(values.iter().filter_map(|value| value.as_bool()).collect())
        } else if all(|value| value.is_i64() || value.is_u64()) {
            Self::Integer(Width::I128)
        } else if all(Value::is_number) {
            Self::Number
        } else if all(is_scalar) {
            Self::Scalar
        } else {
            Self::Unsupported("enum")
        }
    }
}

/// The format of an integer.
fn format_of(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// The type that holds all integers of a format, or within the bounds if there is no known format.
fn width(format: Option<&str>, minimum: Option<i128>, maximum: Option<i128>) -> Width {
    match format {
        Some("int8") => return Width::I8,
        Some("int16") => return Width::I16,
        Some("int32") => return Width::I32,
        Some("int64") => return Width::I64,
        Some("uint8") => return Width::U8,
        Some("uint16") => return Width::U16,
        Some("uint32") => return Width::U32,
        Some("uint64") => return Width::U64,
        _ => {}
    }
    let (Some(minimum), Some(maximum)) = (minimum, maximum) else { return Width::I128 };
    let is_within = |width: &Width| {
        let (least, largest) = width.bounds();
        least <= minimum && maximum <= largest
    };
    // With smaller types, raising a bound would change the type.
    [Width::U64, Width::I64].into_iter().find(is_within).unwrap_or(Width::I128)
}

/// A bound of integers, if it can be represented exactly.
fn whole(bound: f64) -> Option<i128> {
    (bound.fract() == 0.0 && bound.abs() <= u64::MAX as f64).then_some(bound as i128)
}

/// Whether the branches of a schema with a type of its own only restrict its values.
fn restricts(any: &AnySchema, branches: &[ReferenceOr<Schema>]) -> bool {
    any.typ.is_some() && branches.iter().any(says_nothing)
}

/// Whether null is the only value that a schema describes.
pub(super) fn is_only_null(schema: &Schema) -> bool {
    schema.schema_data.nullable && matches!(Shape::of(schema), Shape::Any)
        || is_enum_of_null(schema)
}

/// Whether a schema is an enum with only null.
pub(super) fn is_enum_of_null(schema: &Schema) -> bool {
    let SchemaKind::Any(any) = &schema.schema_kind else { return false };
    !any.enumeration.is_empty() && any.enumeration.iter().all(Value::is_null)
}

/// Whether a schema describes raw bytes.
pub(super) fn is_binary(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => {
            string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
        }
        SchemaKind::Any(any) => any.format.as_deref() == Some("binary"),
        _ => false,
    }
}

/// The schema of the elements of an array.
pub(super) fn items(schema: &Schema) -> Option<SchemaRef<'_>> {
    match Shape::of(schema) {
        Shape::Array(items) => items,
        _ => None,
    }
}

/// Whether a part of an `allOf` does not affect the shape. Such parts often only add a description.
pub(super) fn says_nothing(part: &ReferenceOr<Schema>) -> bool {
    part.as_item().is_some_and(|schema| matches!(Shape::of(schema), Shape::Any))
}
