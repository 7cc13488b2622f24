//! Repairs schema keywords whose values are not valid in OpenAPI 3.0.

use serde_json::{Map, Value};

use super::super::adapt::{Adapter, Remark, bounds};
use super::super::pointer::Pointer;
use super::super::version::Version;

/// The code of diagnostics about invalid parts of a document.
pub(super) const CODE: &str = "invalid-document";

/// The valid values of a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Text,
    Flag,
    Count,
    Number,
    List,
    Texts,
    Map,
    Schema,
    SchemaOrFlag,
}

const KEYWORDS: [(&str, Fit); 32] = [
    ("title", Fit::Text),
    ("description", Fit::Text),
    ("format", Fit::Text),
    ("pattern", Fit::Text),
    ("type", Fit::Text),
    ("nullable", Fit::Flag),
    ("readOnly", Fit::Flag),
    ("writeOnly", Fit::Flag),
    ("deprecated", Fit::Flag),
    ("uniqueItems", Fit::Flag),
    ("exclusiveMinimum", Fit::Flag),
    ("exclusiveMaximum", Fit::Flag),
    ("minLength", Fit::Count),
    ("maxLength", Fit::Count),
    ("minItems", Fit::Count),
    ("maxItems", Fit::Count),
    ("minProperties", Fit::Count),
    ("maxProperties", Fit::Count),
    ("minimum", Fit::Number),
    ("maximum", Fit::Number),
    ("multipleOf", Fit::Number),
    ("enum", Fit::List),
    ("oneOf", Fit::List),
    ("anyOf", Fit::List),
    ("allOf", Fit::List),
    ("required", Fit::Texts),
    ("properties", Fit::Map),
    ("items", Fit::Schema),
    ("not", Fit::Schema),
    ("additionalProperties", Fit::SchemaOrFlag),
    ("discriminator", Fit::Map),
    ("externalDocs", Fit::Map),
];

/// Repairs the keywords of a schema. Returns a remark for each repair.
pub(super) fn repair(schema: &mut Map<String, Value>, at: &Pointer) -> Vec<Remark> {
    let mut remarks = later_keywords(schema, at);
    for (keyword, fit) in KEYWORDS {
        let Some(value) = schema.get(keyword) else { continue };
        if fits(value, fit) {
            continue;
        }
        let at = at.child(keyword);
        let repaired = corrected(value, fit);
        let (message, instead) = match (&repaired, keyword, value) {
            (Some(_), ..) => {
                (format!("`{keyword}` is not {}, and is read as one", name(fit)), None)
            }
            (None, "required", Value::Bool(_)) => {
                let message = "`required` of a schema is a list of properties, not a flag; list the \
                               property in the schema that it is in";
                (message.to_owned(), Some("so it is ignored"))
            }
            (None, ..) => {
                (format!("`{keyword}` has to be {}", name(fit)), Some("so it is ignored"))
            }
        };
        let help = "correct the document, or correct it here with an overlay";
        remarks.push(Remark { at, code: CODE, message, instead, help: help.to_owned() });
        match repaired {
            Some(value) => drop(schema.insert(keyword.to_owned(), value)),
            None => drop(schema.remove(keyword)),
        }
    }
    remarks
}

/// Rewrites keywords that are written as in OpenAPI 3.1.
fn later_keywords(schema: &mut Map<String, Value>, at: &Pointer) -> Vec<Remark> {
    let mut later: Vec<&str> = Vec::new();
    if schema.get("type").is_some_and(|ty| ty.is_array() || ty == "null") {
        later.push("type");
    }
    if schema.get("items").is_some_and(Value::is_array) {
        later.push("items");
    }
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        if schema.get(keyword).is_some_and(Value::is_number) {
            later.push(keyword);
        }
    }
    let remarks = later.iter().map(|keyword| Remark {
        at: at.child(keyword),
        code: CODE,
        message: format!("`{keyword}` is written as in OpenAPI 3.1, and is read so"),
        instead: None,
        help: "publish the document as OpenAPI 3.1, or correct it here with an overlay".to_owned(),
    });
    let remarks = remarks.collect();
    if later.contains(&"type") || later.contains(&"items") {
        // The adapter's record of moved parts is not kept; the pointers stay precise enough for messages.
        let mut adapter = Adapter::new(Version::V3_0);
        adapter.types(schema, at);
        adapter.tuple(schema, at);
    }
    bounds(schema);
    remarks
}

fn name(fit: Fit) -> &'static str {
    match fit {
        Fit::Text => "a text",
        Fit::Flag => "true or false",
        Fit::Count => "a whole number that is not negative",
        Fit::Number => "a number",
        Fit::List => "a list",
        Fit::Texts => "a list of texts",
        Fit::Map => "an object",
        Fit::Schema => "a schema",
        Fit::SchemaOrFlag => "a schema, true or false",
    }
}

fn fits(value: &Value, fit: Fit) -> bool {
    match fit {
        Fit::Text => value.is_string(),
        Fit::Flag => value.is_boolean(),
        Fit::Count => value.is_u64(),
        Fit::Number => value.is_number(),
        Fit::List => value.is_array(),
        Fit::Texts => value.as_array().is_some_and(|texts| texts.iter().all(Value::is_string)),
        Fit::Map | Fit::Schema => value.is_object(),
        Fit::SchemaOrFlag => value.is_object() || value.is_boolean(),
    }
}

/// The valid value that was probably meant.
fn corrected(value: &Value, fit: Fit) -> Option<Value> {
    match (fit, value) {
        (Fit::Text, Value::Number(_) | Value::Bool(_)) => Some(value.to_string().into()),
        (Fit::Flag | Fit::SchemaOrFlag, Value::String(text)) => {
            text.parse::<bool>().ok().map(Value::from)
        }
        (Fit::Count, Value::Number(number)) => {
            let count = number.as_f64().filter(|count| count.fract() == 0.0 && *count >= 0.0)?;
            // A larger count is no constraint in practice.
            (count < 9e15)
                .then(|| format!("{count:.0}").parse::<u64>().ok())
                .flatten()
                .map(Value::from)
        }
        (Fit::Count, Value::String(text)) => text.trim().parse::<u64>().ok().map(Value::from),
        (Fit::Number, Value::String(text)) => {
            let number: serde_json::Number = serde_json::from_str(text.trim()).ok()?;
            Some(number.into())
        }
        (Fit::Texts, Value::Array(texts)) => {
            let texts: Vec<Value> = texts.iter().filter(|text| text.is_string()).cloned().collect();
            (!texts.is_empty()).then(|| texts.into())
        }
        _ => None,
    }
}
