//! Collects what schemas say about the parts of a value, through references, `allOf`, `oneOf` and `anyOf`.

use serde_json::{Map, Value};

use crate::document::At;
use crate::schema::{Against, is_valid};

/// Which variants of `oneOf` and `anyOf` are considered.
#[derive(Clone, Copy)]
pub(crate) enum Variants<'a> {
    All,
    /// The variants that match this value, or all variants if none matches.
    Of(&'a Value),
}

/// Resolves schemas to all schemas that they are composed of.
pub(crate) fn plain(schemas: &[At], variants: Variants<'_>) -> Vec<At> {
    let mut plain = Vec::new();
    let mut waiting: Vec<At> = schemas.to_vec();
    while let Some(schema) = waiting.pop() {
        let schema = schema.resolved();
        // A schema may be recursive.
        if plain.iter().any(|known: &At| known.pointer == schema.pointer) {
            continue;
        }
        waiting.extend(schema.elements("allOf"));
        for key in ["oneOf", "anyOf"] {
            let all = schema.elements(key);
            let chosen = match variants {
                Variants::All => Vec::new(),
                Variants::Of(value) => {
                    let fits = |at: &&At| is_valid(Against::Received, &at.pointer, value);
                    all.iter().filter(fits).cloned().collect()
                }
            };
            waiting.extend(if chosen.is_empty() { all } else { chosen });
        }
        plain.push(schema);
    }
    plain
}

/// The properties that these schemas describe, each with all of its schemas.
pub(crate) fn properties(plain: &[At]) -> Map2 {
    let mut properties = Map2::new();
    for (key, schema) in plain.iter().flat_map(|schema| schema.entries("properties")) {
        match properties.iter_mut().find(|(known, _)| *known == key) {
            Some((_, schemas)) => schemas.push(schema),
            None => properties.push((key, vec![schema])),
        }
    }
    properties
}

/// Schemas by property name, in the order of the document.
pub(crate) type Map2 = Vec<(String, Vec<At>)>;

/// The schemas of `additionalProperties`.
pub(crate) fn others(plain: &[At]) -> Vec<At> {
    let others = plain.iter().filter_map(|schema| schema.get("additionalProperties"));
    others.filter(|at| at.value != &Value::Bool(false)).collect()
}

/// The schemas of `items`.
pub(crate) fn items(plain: &[At]) -> Vec<At> {
    plain.iter().filter_map(|schema| schema.get("items")).collect()
}

/// Whether these schemas describe a list, whose elements may not be described.
pub(crate) fn is_list(plain: &[At]) -> bool {
    plain.iter().any(|schema| {
        schema.get("items").is_some() || schema.text("type").is_some_and(|kind| kind == "array")
    })
}

/// The parts of a response that a client has to decode: all documented properties.
pub(crate) fn shown(schemas: &[At], value: &Value) -> Value {
    let plain = plain(schemas, Variants::Of(value));
    match value {
        Value::Array(elements) => {
            let items = items(&plain);
            elements.iter().map(|element| shown(&items, element)).collect()
        }
        Value::Object(object) => {
            let (properties, others) = (properties(&plain), others(&plain));
            if properties.is_empty() && others.is_empty() {
                return value.clone();
            }
            let mut kept = Map::new();
            for (key, value) in object {
                let named = properties.iter().find(|(known, _)| known == key);
                let schemas = named.map_or(&others, |(_, schemas)| schemas);
                if !schemas.is_empty() && !schemas.iter().all(At::is_undocumented) {
                    kept.insert(key.clone(), shown(schemas, value));
                }
            }
            Value::Object(kept)
        }
        other => other.clone(),
    }
}
