//! What the peers are given: the document as it is published, or changed as little as they need.

use serde_json::{Map, Value};

/// Takes out each `default` of a schema that refers to another schema, and says how many there were. progenitor takes such
/// a reference for the value, which is none of the schema's, and gives up the whole document.
pub(super) fn without_default_references(value: &mut Value) -> usize {
    match value {
        Value::Object(object) => {
            let is_reference = |default: &Value| default.get("$ref").is_some();
            let found = object.get("default").is_some_and(is_reference);
            if found {
                object.shift_remove("default");
            }
            let inside = object.iter_mut().map(|(key, value)| match value {
                // The keys in there are names of properties, and `default` is one as good as any.
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

/// Leaves nothing to call, so that types of the schemas are all that is generated.
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
