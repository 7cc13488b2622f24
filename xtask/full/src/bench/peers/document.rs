//! Prepares the document for the peers: as published, or with the fewest changes that a peer needs.

use serde_json::{Map, Value};

/// Removes each `default` that is a reference, and returns how many there were. progenitor takes such a reference for the
/// default value, which does not match the schema, and rejects the whole document.
pub(super) fn without_default_references(value: &mut Value) -> usize {
    match value {
        Value::Object(object) => {
            let is_reference = |default: &Value| default.get("$ref").is_some();
            let found = object.get("default").is_some_and(is_reference);
            if found {
                object.shift_remove("default");
            }
            let inside = object.iter_mut().map(|(key, value)| match value {
                // The keys of `properties` are names of properties, and `default` may be one of them.
                Value::Object(properties) if key == "properties" => {
                    properties.values_mut().map(without_default_references).sum()
                }
                value => without_default_references(value),
            });
            usize::from(found) + inside.sum::<usize>()
        }
        Value::Array(array) => array.iter_mut().map(without_default_references).sum(),
        _ => 0,
    }
}

/// Removes all operations, so that only the types of schemas are generated.
pub(super) fn without_paths(document: &mut Value) {
    document["paths"] = Map::new().into();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_defaults_that_refer_to_a_schema_are_taken_out() {
        let reference = json!({"$ref": "#/components/schemas/a"});
        let mut document = json!({
            "paths": {"/a": [{"schema": {"default": reference, "type": "object"}}]},
            "components": {"schemas": {"a": {
                "default": {},
                "properties": {
                    "default": reference,
                    "b": {"default": reference, "properties": {"c": {"default": {"d": reference}}}},
                },
            }}},
        });
        let expected = json!({
            "paths": {"/a": [{"schema": {"type": "object"}}]},
            "components": {"schemas": {"a": {
                "default": {},
                "properties": {
                    "default": reference,
                    "b": {"properties": {"c": {"default": {"d": reference}}}},
                },
            }}},
        });
        assert_eq!(without_default_references(&mut document), 2);
        assert_eq!(document, expected);
        assert_eq!(without_default_references(&mut document), 0);
    }
}
