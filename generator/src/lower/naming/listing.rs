//! Whether an operation lists things.

use serde_json::Value;

use super::word::{alike, is_plural};
use crate::document::{Document, Pointer};

/// The maximum length of a chain of references. A longer one is circular.
const LONGEST_WAY: usize = 8;
/// How many objects may contain each other around the list: `{ "result": { "items": [] } }`.
const DEPTH: usize = 2;
/// Properties that hold the elements of a list.
const ELEMENTS: [&str; 8] =
    ["data", "elements", "entries", "items", "records", "result", "results", "values"];
/// Parts of the names of properties that pages have.
const PAGE: [&str; 8] =
    ["cursor", "has_more", "limit", "marker", "next", "offset", "page", "total"];

/// What the path says about the result.
#[derive(Clone, Copy)]
pub(super) enum Ending<'a> {
    /// The last word of the path.
    Word(&'a str),
    /// The path ends with a parameter, so the result usually is one thing.
    Parameter,
}

/// Whether the result of the operation at `at` is an array, or an object with one array of objects: the elements.
///
/// An object may have an array for another reason. So the path has to say that there are several, or the key of the array
/// and other properties have to be those of pages.
pub(super) fn is_list(document: &Document<'_>, at: &Pointer, ending: Ending<'_>) -> bool {
    let root = document.root();
    let responses = document.value(&at.child("responses")).and_then(Value::as_object);
    let successes = responses.into_iter().flatten().filter(|(status, _)| status.starts_with('2'));
    let schemas = successes.filter_map(|(_, response)| {
        let content = resolved(root, response)?.get("content")?.as_object()?;
        content.iter().find(|(media, _)| media.contains("json"))?.1.get("schema")
    });
    let mut schemas = schemas.peekable();
    schemas.peek().is_some() && schemas.all(|schema| holds_list(root, schema, ending, DEPTH))
}

fn holds_list(root: &Value, schema: &Value, ending: Ending<'_>, depth: usize) -> bool {
    let Some(schema) = resolved(root, schema) else { return false };
    if is_array(schema) {
        return true;
    }
    let properties = properties(root, schema, LONGEST_WAY);
    let is_list = |property: &Value| resolved(root, property).is_some_and(is_array);
    let arrays: Vec<_> = properties.iter().filter(|(_, property)| is_list(property)).collect();
    let has_elements = arrays
        .iter()
        .any(|(key, array)| ELEMENTS.contains(key) && has_object_elements(root, array));
    let is_page = || properties.iter().any(|(key, _)| PAGE.iter().any(|word| key.contains(word)));
    match (ending, arrays.as_slice()) {
        (Ending::Parameter, _) => has_elements && is_page(),
        (Ending::Word(_), _) if has_elements => true,
        (Ending::Word(word), [(_, array)]) => is_plural(word) && has_object_elements(root, array),
        (Ending::Word(word), []) if depth > 1 => properties.iter().any(|(key, property)| {
            (ELEMENTS.contains(key) || alike(key, word))
                && holds_list(root, property, ending, depth - 1)
        }),
        (Ending::Word(_), _) => false,
    }
}

fn is_array(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("array")
}

fn has_object_elements(root: &Value, array: &Value) -> bool {
    let items = resolved(root, array).and_then(|array| resolved(root, array.get("items")?));
    items.is_some_and(|items| {
        ["properties", "allOf", "oneOf", "anyOf"].iter().any(|key| items.get(key).is_some())
    })
}

/// The properties of a schema and of the parts that it consists of.
fn properties<'a>(root: &'a Value, schema: &'a Value, depth: usize) -> Vec<(&'a str, &'a Value)> {
    let own = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let mut all: Vec<_> = own.map(|(key, property)| (key.as_str(), property)).collect();
    if depth > 0 {
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        for part in parts.filter_map(|part| resolved(root, part)) {
            all.extend(properties(root, part, depth - 1));
        }
    }
    all
}

fn resolved<'a>(root: &'a Value, mut value: &'a Value) -> Option<&'a Value> {
    for _ in 0..LONGEST_WAY {
        match value.get("$ref").and_then(Value::as_str) {
            None => return Some(value),
            Some(reference) => value = root.pointer(reference.strip_prefix('#')?)?,
        }
    }
    None
}
