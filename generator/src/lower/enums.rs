//! Enums: their values, with names and descriptions from extensions.

use std::collections::BTreeSet;

use openapiv3::{Schema, SchemaKind, Type as Described, VariantOrUnknownOrEmpty};
use serde_json::Value as Json;

use super::docs;
use super::types::Types;
use crate::api::{Enum, EnumOf, Kind, Name, Place, Type, Value, VariantName, Width};

impl Types<'_, '_> {
    /// The type of an integer schema, which is an enum if the schema lists its values.
    pub(super) fn integer(&mut self, schema: &Schema, width: Width, place: &Place) -> Type {
        let numbers = numbers(schema);
        let integers: Vec<i128> = numbers.iter().filter_map(integer).collect();
        if integers.is_empty() || integers.len() < numbers.len() {
            return Type::Integer(width);
        }
        // Unknown values need a type as well. The usual one is large enough.
        let holds = |width: Width| {
            let (least, largest) = width.bounds();
            integers.iter().all(|integer| (least..=largest).contains(integer))
        };
        let width = match width {
            Width::I128 if holds(Width::I64) => Width::I64,
            width if holds(width) => width,
            _ => Width::I128,
        };
        let values = integers.iter().map(|integer| {
            let word = integer.to_string().replace('-', "minus ");
            let word = if *integer < 0 { word } else { format!("value {word}") };
            (integer.to_string(), word)
        });
        self.enumeration(schema, labelled(schema, EnumOf::Integers(width), values), place)
    }

    /// The type of a number schema, which is an enum if the schema lists its values.
    pub(super) fn number(&mut self, schema: &Schema, place: &Place) -> Type {
        let numbers: Vec<f64> = numbers(schema).iter().filter_map(Json::as_f64).collect();
        if numbers.is_empty() {
            return if is_decimal(schema) { Type::Decimal } else { Type::Number };
        }
        let values = numbers.iter().map(|number| {
            let text = format!("{number:?}");
            let word = text.replace('-', "minus ").replace('.', " point ");
            let word = if *number < 0.0 { word } else { format!("value {word}") };
            (text, word)
        });
        self.enumeration(schema, labelled(schema, EnumOf::Numbers, values), place)
    }

    pub(super) fn enumeration(&mut self, schema: &Schema, values: Enum, place: &Place) -> Type {
        let described = docs::Described::of(&schema.schema_data);
        self.define(described, Kind::Enum(values), place)
    }
}

/// An enum of strings.
pub(super) fn texts(schema: &Schema, texts: &[&str]) -> Enum {
    let values = texts.iter().map(|text| ((*text).to_owned(), (*text).to_owned()));
    labelled(schema, EnumOf::Texts, values)
}

/// An enum of strings without names and descriptions.
pub(super) fn unlabelled<'t>(texts: impl Iterator<Item = &'t str>) -> Enum {
    let values = texts.map(|text| Value {
        text: text.to_owned(),
        word: text.to_owned(),
        name: VariantName::new(text),
        description: None,
    });
    Enum { of: EnumOf::Texts, values: distinct(values) }
}

fn labelled(
    schema: &Schema,
    of: EnumOf,
    values: impl Iterator<Item = (String, String)> + Clone,
) -> Enum {
    let count = values.clone().count();
    let names = labels(schema, &["x-enum-varnames", "x-enumNames", "x-enum-names"], count);
    let keys = ["x-enum-descriptions", "x-enumDescriptions"];
    let descriptions = labels(schema, &keys, count);
    let values = values.enumerate().map(|(index, (text, word))| {
        let word = names.of(index, &text).unwrap_or(word);
        let description = descriptions.of(index, &text);
        Value { text, name: VariantName::new(&word), word, description }
    });
    Enum { of, values: distinct(values) }
}

/// Removes repeated values, which some documents have.
fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    values.filter(|value| seen.insert(value.text.clone())).collect()
}

/// The labels of enum values in an extension.
enum Labels<'a> {
    /// In the order of the values.
    List(Vec<&'a Json>),
    /// By value.
    Map(&'a serde_json::Map<String, Json>),
    Nothing,
}

impl Labels<'_> {
    fn of(&self, index: usize, text: &str) -> Option<String> {
        let label = match self {
            Self::List(labels) => labels.get(index).copied(),
            Self::Map(labels) => labels.get(text),
            Self::Nothing => None,
        };
        let label = label.and_then(Json::as_str).map(str::trim);
        label.filter(|label| !label.is_empty()).map(str::to_owned)
    }
}

/// The labels in the first of these extensions, in the formats of the tools that use them. A list of another length
/// than the enum is ignored.
fn labels<'a>(schema: &'a Schema, keys: &[&str], count: usize) -> Labels<'a> {
    let extensions = &schema.schema_data.extensions;
    match keys.iter().find_map(|key| extensions.get(*key)) {
        Some(Json::Object(labels)) => Labels::Map(labels),
        Some(Json::Array(labels)) if labels.len() == count => Labels::List(labels.iter().collect()),
        Some(Json::Array(labels)) => {
            // A null among the values can have a label, too.
            let position = null_among(schema);
            let others = labels.iter().enumerate().filter(|(index, _)| Some(*index) != position);
            let others: Vec<&Json> = others.map(|(_, label)| label).collect();
            if others.len() == count { Labels::List(others) } else { Labels::Nothing }
        }
        _ => Labels::Nothing,
    }
}

/// The position of null among the values.
fn null_among(schema: &Schema) -> Option<usize> {
    match &schema.schema_kind {
        SchemaKind::Type(Described::String(string)) => {
            string.enumeration.iter().position(Option::is_none)
        }
        SchemaKind::Type(Described::Integer(integer)) => {
            integer.enumeration.iter().position(Option::is_none)
        }
        SchemaKind::Type(Described::Number(number)) => {
            number.enumeration.iter().position(Option::is_none)
        }
        SchemaKind::Any(any) => any.enumeration.iter().position(Json::is_null),
        _ => None,
    }
}

/// The numbers in the enum of a schema.
fn numbers(schema: &Schema) -> Vec<Json> {
    match &schema.schema_kind {
        SchemaKind::Type(Described::Integer(integer)) => {
            integer.enumeration.iter().flatten().map(|value| Json::from(*value)).collect()
        }
        SchemaKind::Type(Described::Number(number)) => {
            number.enumeration.iter().flatten().map(|value| Json::from(*value)).collect()
        }
        SchemaKind::Any(any) => {
            any.enumeration.iter().filter(|value| value.is_number()).cloned().collect()
        }
        _ => Vec::new(),
    }
}

fn integer(value: &Json) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))
}

/// Whether a schema describes numbers of any precision.
pub(super) fn is_decimal(schema: &Schema) -> bool {
    let format = match &schema.schema_kind {
        SchemaKind::Type(Described::Number(number)) => match &number.format {
            VariantOrUnknownOrEmpty::Unknown(format) => Some(format.as_str()),
            _ => None,
        },
        SchemaKind::Any(any) => any.format.as_deref(),
        _ => None,
    };
    matches!(format, Some("decimal" | "decimal128" | "bigdecimal"))
}
