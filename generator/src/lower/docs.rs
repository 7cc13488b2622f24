//! Titles, descriptions and deprecations, as schemas have them.

use openapiv3::{Schema, SchemaData, SchemaKind};

use super::extensions::Extensions;
use super::shape::SchemaRef;
use crate::api::{Deprecation, Docs};

/// What the document says about a type besides its shape.
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

/// What a field says. One that refers to a schema repeats only how that schema begins.
pub(super) fn field_docs(schema: SchemaRef<'_>, data: &SchemaData) -> Docs {
    let mut docs = docs(data);
    if let SchemaRef::Item(schema) = schema
        && let Some(numbers) = numbers(schema)
    {
        let description = docs.description.take().map(|text| format!("{text}\n\n"));
        docs.description = Some(format!("{}{numbers}", description.unwrap_or_default()));
    }
    if let (SchemaRef::Reference(_), Some(description)) = (schema, &mut docs.description) {
        let paragraph = description.split("\n\n").next().unwrap_or_default().to_owned();
        *description = paragraph;
    }
    docs
}

/// What an enum of numbers says: it is open, so it is a number, and the values are for people.
fn numbers(schema: &Schema) -> Option<String> {
    let values: Vec<String> = match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::Integer(integer)) => {
            integer.enumeration.iter().flatten().map(ToString::to_string).collect()
        }
        SchemaKind::Type(openapiv3::Type::Number(number)) => {
            number.enumeration.iter().flatten().map(ToString::to_string).collect()
        }
        _ => Vec::new(),
    };
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    (!quoted.is_empty()).then(|| format!("One of {}.", quoted.join(", ")))
}

/// The title and the description of a schema.
pub(super) fn docs(data: &SchemaData) -> Docs {
    Docs { title: data.title.clone(), description: data.description.clone() }
}
