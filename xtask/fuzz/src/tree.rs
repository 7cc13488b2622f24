//! Breaks JSON values.

use serde_json::{Map, Value, json};

use crate::{Unstructured, below, pick};

/// Keywords of OpenAPI, and keys that are difficult to use as names in Rust.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "oneOf",
    "allOf",
    "anyOf",
    "not",
    "enum",
    "properties",
    "items",
    "required",
    "nullable",
    "discriminator",
    "additionalProperties",
    "format",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "application/json",
    "multipart/form-data",
    "default",
    "200",
    "x-undocumented",
    "x-response-key",
    "x-polling",
    "x-fern-pagination",
    "security",
    "servers",
    "in",
    "name",
    "style",
    "explode",
    "pattern",
    "minLength",
    "maxItems",
    "self",
    "",
    "__proto__",
    "get",
    "post",
    "description",
    "deprecated",
    "title",
    "const",
    "example",
    "mapping",
    "propertyName",
    "<<",
    "update",
    "remove",
    "target",
    "actions",
];
const TEXTS: &[&str] = &[
    "",
    "object",
    "array",
    "string",
    "boolean",
    "integer",
    "number",
    "a\"b\\c\n",
    "日本",
    "\0",
    "date-time",
    "uuid",
    "int64",
    "binary",
    "byte",
    "#/components/schemas/tree",
    "#/",
    "#",
    "$",
    "#/components/schemas/nothing",
    "#/paths/~1a/get/responses/200",
    "*/ // \u{202e}",
    "r#type",
    "Self",
    "query",
    "path",
    "header",
    "cookie",
    "form",
    "deepObject",
    "simple",
    "{id}",
    "/{a}/{a}",
    "https://example.com/{x}",
    "*",
    "9999-99-99T99:99:99Z",
    "2025-01-02T03:04:05Z",
    "success",
    "pending",
    "$..*",
    "$..[?@.a==1]",
    "$.paths[*]['x']",
    "\u{feff}",
    "```\n",
    "e\u{301}",
];

/// Breaks a value in a few places.
pub fn edit(value: &mut Value, recipe: &mut Unstructured<'_>) {
    for _ in 0..=below(recipe, 6) {
        let other = other(value, recipe);
        let place = walk(value, recipe);
        change(place, other, recipe);
        if recipe.is_empty() {
            return;
        }
    }
}

/// Selects a place in a value, usually a deeply nested one.
fn walk<'a>(value: &'a mut Value, recipe: &mut Unstructured<'_>) -> &'a mut Value {
    let children = match value {
        Value::Object(entries) => entries.len(),
        Value::Array(elements) => elements.len(),
        _ => 0,
    };
    if children == 0 || recipe.is_empty() || below(recipe, 12) == 11 {
        return value;
    }
    let child = below(recipe, children);
    match value {
        Value::Object(entries) => walk(entries.values_mut().nth(child).expect("counted"), recipe),
        Value::Array(elements) => walk(&mut elements[child], recipe),
        _ => value,
    }
}

fn change(place: &mut Value, other: Value, recipe: &mut Unstructured<'_>) {
    match place {
        Value::Object(entries) if below(recipe, 4) > 0 => change_object(entries, other, recipe),
        Value::Array(elements) if below(recipe, 4) > 0 => {
            let at = below(recipe, elements.len() + 1);
            match below(recipe, 3) {
                0 => elements.insert(at, other),
                1 if at < elements.len() => drop(elements.remove(at)),
                _ => elements.extend(elements.get(at).cloned()),
            }
        }
        _ => match below(recipe, 4) {
            0 => *place = deep(place.take(), recipe),
            _ => *place = other,
        },
    }
}

fn change_object(entries: &mut Map<String, Value>, other: Value, recipe: &mut Unstructured<'_>) {
    let key = entries.keys().nth(below(recipe, entries.len())).cloned().unwrap_or_default();
    let word = (*pick(recipe, KEYS)).to_owned();
    match below(recipe, 6) {
        0 => drop(entries.shift_remove(&key)),
        1 => {
            let value = entries.shift_remove(&key).unwrap_or_default();
            entries.insert(word, value);
        }
        2 => {
            let value = entries.get(&key).cloned().unwrap_or_default();
            entries.insert(format!("{key}_"), value);
        }
        3 => drop(entries.insert(key, other)),
        _ => drop(entries.insert(word, other)),
    }
}

/// Nests a value in many others.
fn deep(value: Value, recipe: &mut Unstructured<'_>) -> Value {
    let key = *pick(recipe, KEYS);
    let depth = [1, 2, 30, 120, 130, 1000][below(recipe, 6)];
    let kind = below(recipe, 3);
    (0..depth).fold(value, |inner, _| match kind {
        0 => json!([inner]),
        1 => json!({ key: inner }),
        _ => json!({ key: [inner] }),
    })
}

/// Creates a replacement for a value. Some replacements are copies of another part of the same value.
fn other(value: &mut Value, recipe: &mut Unstructured<'_>) -> Value {
    match below(recipe, 10) {
        0 => Value::Null,
        1 => Value::Bool(below(recipe, 2) == 0),
        2 => pick(recipe, &[json!(-1.5e300), json!(0), json!(-1), json!(0.5), json!(1e19)]).clone(),
        3 => pick(recipe, &[json!(u64::MAX), json!(i64::MIN), json!(-0.0), json!(65536)]).clone(),
        4 => json!([*pick(recipe, TEXTS), *pick(recipe, TEXTS)]),
        5 => json!({ (*pick(recipe, KEYS)): *pick(recipe, TEXTS) }),
        6 => walk(value, recipe).clone(),
        7 => json!(pick(recipe, KEYS)),
        _ => json!(pick(recipe, TEXTS)),
    }
}
