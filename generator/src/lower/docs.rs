//! Titles, descriptions and deprecations of schemas.

use std::fmt;

use openapiv3::{
    Schema, SchemaData, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::extensions::Extensions;
use super::shape::SchemaRef;
use crate::api::{Civil, Deprecation, Docs};
use crate::markdown::code;

/// The description and the deprecation of a type.
#[derive(Clone, Default)]
pub(super) struct Described {
    pub(super) docs: Docs,
    pub(super) deprecated: Option<Deprecation>,
}

impl Described {
    pub(super) fn of(data: &SchemaData) -> Self {
        Self {
            docs: docs(data),
            deprecated: Extensions(&data.extensions).deprecation(data.deprecated),
        }
    }
}

/// The documentation of a field. If it refers to a schema, only the beginning of that schema's description is repeated.
pub(super) fn field_docs(schema: SchemaRef<'_>, data: &SchemaData) -> Docs {
    let mut docs = docs(data);
    if let SchemaRef::Item(schema) = schema
        && let Some(constraints) = constraints(schema)
    {
        let description = docs.description.take().map(|text| format!("{text}\n\n"));
        docs.description = Some(format!("{}{constraints}", description.unwrap_or_default()));
    }
    if let (SchemaRef::Reference(_), Some(description)) = (schema, &mut docs.description) {
        let paragraph = description.split("\n\n").next().unwrap_or_default().to_owned();
        *description = paragraph;
    }
    docs
}

/// The constraints of a schema that its type does not express: bounds, lengths, pattern, format and default.
fn constraints(schema: &Schema) -> Option<String> {
    let mut facts = match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(one)) => {
            let exclusive = (one.exclusive_minimum, one.exclusive_maximum);
            bounds(one.minimum, one.maximum, exclusive, one.multiple_of)
        }
        SchemaKind::Type(Type::Number(one)) => {
            let exclusive = (one.exclusive_minimum, one.exclusive_maximum);
            bounds(one.minimum, one.maximum, exclusive, one.multiple_of)
        }
        SchemaKind::Type(Type::String(string)) => text(string),
        SchemaKind::Type(Type::Array(array)) => counts(array.min_items, array.max_items, "element"),
        _ => Vec::new(),
    };
    let default = schema.schema_data.default.as_ref().filter(|value| !value.is_null());
    facts.extend(default.map(|value| format!("default {}", code(&value.to_string()))));
    let mut facts = facts.join(", ");
    let first = facts.get(..1)?.to_uppercase();
    facts.replace_range(..1, &first);
    Some(format!("{facts}."))
}

fn bounds<T: fmt::Display>(
    minimum: Option<T>,
    maximum: Option<T>,
    (above, below): (bool, bool),
    step: Option<T>,
) -> Vec<String> {
    let least = if above { "more than" } else { "at least" };
    let most = if below { "less than" } else { "at most" };
    let minimum = minimum.map(|value| format!("{least} {value}"));
    let maximum = maximum.map(|value| format!("{most} {value}"));
    let step = step.map(|value| format!("a multiple of {value}"));
    [minimum, maximum, step].into_iter().flatten().collect()
}

fn text(string: &StringType) -> Vec<String> {
    let mut facts = counts(string.min_length, string.max_length, "character");
    facts.extend(string.pattern.as_ref().map(|pattern| format!("pattern {}", code(pattern))));
    let format = match &string.format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte"),
        // The type expresses it.
        VariantOrUnknownOrEmpty::Unknown(format)
            if format != "uuid" && Civil::of_format(format).is_none() =>
        {
            Some(format.as_str())
        }
        _ => None,
    };
    facts.extend(format.map(|format| format!("format {}", code(format))));
    facts
}

fn counts(least: Option<usize>, most: Option<usize>, of: &str) -> Vec<String> {
    let count = |count: usize| format!("{count} {of}{}", if count == 1 { "" } else { "s" });
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => vec![format!("exactly {}", count(most))],
        (least, most) => {
            let least = least.map(|least| format!("at least {}", count(least)));
            let most = most.map(|most| format!("at most {}", count(most)));
            least.into_iter().chain(most).collect()
        }
    }
}

/// The title and the description of a schema.
pub(super) fn docs(data: &SchemaData) -> Docs {
    Docs { title: data.title.clone(), description: data.description.clone() }
}
