//! Enlarges a document: repeats its paths and schemas under other names.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

const SCHEMAS: &str = "#/components/schemas/";

/// Returns the document with all paths and schemas `times` times. Each copy refers to its own schemas.
pub(super) fn scaled(document: &Value, times: usize) -> Result<Value> {
    let mut scaled = document.clone();
    for copy in 1..times {
        repeat(&mut scaled, document, "/paths", |path| format!("/copy{copy}{path}"), copy)?;
        let named = |name: &str| format!("{name}_copy{copy}");
        repeat(&mut scaled, document, "/components/schemas", named, copy)?;
    }
    Ok(scaled)
}

/// Adds a copy of the entries of the table at `pointer`, with other names.
fn repeat(
    scaled: &mut Value,
    document: &Value,
    pointer: &str,
    name: impl Fn(&str) -> String,
    copy: usize,
) -> Result<()> {
    let missing = || format!("the document has no {pointer}");
    let from = document.pointer(pointer).and_then(Value::as_object).with_context(missing)?;
    let to = scaled.pointer_mut(pointer).and_then(Value::as_object_mut).with_context(missing)?;
    to.extend(from.iter().map(|(key, value)| (name(key), copied(value, copy))));
    Ok(())
}

/// Copies a value, with references to the schemas of this copy, and without operation IDs, which have to be unique.
fn copied(value: &Value, copy: usize) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, _)| *key != "operationId");
            let entries = kept.map(|(key, value)| match value {
                Value::String(to) if key == "$ref" && to.starts_with(SCHEMAS) => {
                    (key.clone(), Value::String(format!("{to}_copy{copy}")))
                }
                _ => (key.clone(), copied(value, copy)),
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(array) => array.iter().map(|value| copied(value, copy)).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_refers_to_its_own_schemas() {
        let document = serde_json::json!({
            "paths": {"/a": {"post": {"operationId": "a", "is": {"$ref": "#/components/schemas/b"}}}},
            "components": {"schemas": {"b": {"type": "string"}}},
        });
        let twice = scaled(&document, 2).unwrap();
        assert_eq!(twice["paths"]["/a"], document["paths"]["/a"]);
        let copy = serde_json::json!({"post": {"is": {"$ref": "#/components/schemas/b_copy1"}}});
        assert_eq!(twice["paths"]["/copy1/a"], copy);
        assert_eq!(
            twice["components"]["schemas"]["b_copy1"],
            serde_json::json!({"type": "string"})
        );
    }
}
