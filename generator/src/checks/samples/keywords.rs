//! Reads single keywords of a schema.

use serde_json::{Map, Value};

/// Keywords that do not restrict values.
const ANNOTATIONS: [&str; 12] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "type",
    "writeOnly",
    "xml",
];

/// The kind of values that a schema without compositions allows.
pub(super) enum Kind {
    /// No value is valid.
    Nothing,
    /// One of these values, or null if the schema is nullable.
    Enum(Vec<Value>),
    Object,
    Array,
    Boolean,
    Integer,
    Number,
    Text,
    Any,
}

impl Kind {
    pub(super) fn of(schema: &Map<String, Value>) -> Self {
        if schema.get("not").is_some_and(|not| *not == Value::Object(Map::new())) {
            return Self::Nothing;
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Self::Enum(values.iter().filter(|value| !value.is_null()).cloned().collect());
        }
        let says = |keys: &[&str]| keys.iter().any(|key| schema.contains_key(*key));
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => Self::Object,
            Some("array") => Self::Array,
            Some("boolean") => Self::Boolean,
            Some("integer") => Self::Integer,
            Some("number") => Self::Number,
            Some("string") => Self::Text,
            _ if says(&["properties", "required", "additionalProperties"]) => Self::Object,
            _ if says(&["items"]) => Self::Array,
            _ if says(&["format", "pattern", "minLength", "maxLength"]) => Self::Text,
            _ => Self::Any,
        }
    }
}

/// The target of a schema that is a reference.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)
}

/// The alternatives of a schema that has no other keyword that restricts values.
pub(super) fn variants(schema: &Value) -> Option<impl Iterator<Item = &Value>> {
    let keywords = schema.as_object()?;
    let mut telling = keywords.iter().filter(|(keyword, _)| !is_annotation(keyword));
    match (telling.next(), telling.next()) {
        (Some((keyword, Value::Array(variants))), None)
            if keyword == "oneOf" || keyword == "anyOf" =>
        {
            Some(variants.iter())
        }
        _ => None,
    }
}

/// Whether the schema itself is nullable, regardless of the schemas that it consists of.
pub(super) fn is_nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}

/// Whether a variant says nothing but that it is nullable, which is how some documents write null.
pub(super) fn is_only_null(variant: &Value) -> bool {
    let mut keywords = variant.as_object().into_iter().flat_map(|object| object.keys());
    is_nullable(variant) && keywords.all(|keyword| keyword != "type" && is_annotation(keyword))
}

fn is_annotation(keyword: &str) -> bool {
    keyword.starts_with("x-") || ANNOTATIONS.contains(&keyword)
}

/// Whether a part of the document is marked as undocumented.
pub(super) fn is_undocumented(described: &Value) -> bool {
    described.get("x-undocumented").is_some_and(|value| *value != Value::Bool(false))
}

pub(super) fn elements(array: Option<&Value>) -> impl Iterator<Item = &Value> {
    array.and_then(Value::as_array).into_iter().flatten()
}
