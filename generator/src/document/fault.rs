//! From JSON to `openapiv3`, with the place of what does not fit.
//!
//! `openapiv3` reads much of a document through untagged enums, whose errors say neither where nor why. When it refuses a
//! document, the smallest schema or operation that it refuses by itself is what to name.

use openapiv3::{OpenAPI, Operation, ReferenceOr, Schema, SecurityScheme};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::overlay::read_as;
use super::pointer::Pointer;

type Fault = (Pointer, String);

/// The document as `openapiv3` sees it, or what is wrong with it and where.
pub(super) fn type_document(root: &Value) -> Result<OpenAPI, Fault> {
    // To know the path of a fault costs as much again as to read, so only a faulty document pays for it.
    if let Ok(api) = OpenAPI::deserialize(root) {
        return Ok(api);
    }
    let fault = match read_as(root, &Pointer::root()) {
        Ok(api) => return Ok(api),
        Err(fault) => fault,
    };
    if let Ok(api) = read_as(&without_unknown_security(root), &Pointer::root()) {
        return Ok(api);
    }
    Err(find_fault(root).unwrap_or(fault))
}

/// The document without the security schemes that `openapiv3` does not know, such as those of later versions. Whoever looks
/// for one of them says that.
fn without_unknown_security(root: &Value) -> Value {
    let mut known = root.clone();
    if let Some(Value::Object(schemes)) = known.pointer_mut("/components/securitySchemes") {
        schemes.retain(|_, scheme| ReferenceOr::<SecurityScheme>::deserialize(&*scheme).is_ok());
    }
    known
}

fn find_fault(root: &Value) -> Option<Fault> {
    let schemas = Pointer::root().join(["components", "schemas"]);
    for (name, schema) in entries(root.pointer(schemas.as_str())) {
        if let Some(fault) = schema_fault(schema, &schemas.child(name)) {
            return Some(fault);
        }
    }
    let paths = Pointer::root().child("paths");
    for (path, item) in entries(root.get("paths")) {
        for (method, operation) in
            entries(Some(item)).filter(|(key, _)| METHODS.contains(&key.as_str()))
        {
            let at = paths.child(path).child(method);
            if let Some(fault) = nested_schema_fault(operation, &at) {
                return Some(fault);
            }
            if let Some(fault) = fault_of::<Operation>(operation, &at) {
                return Some(fault);
            }
        }
    }
    None
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Schemas stand below the key `schema` of parameters, bodies and responses.
fn nested_schema_fault(value: &Value, at: &Pointer) -> Option<Fault> {
    match value {
        Value::Object(object) => object.iter().find_map(|(key, value)| {
            let at = at.child(key);
            if key == "schema" { schema_fault(value, &at) } else { nested_schema_fault(value, &at) }
        }),
        Value::Array(elements) => (elements.iter().enumerate())
            .find_map(|(index, element)| nested_schema_fault(element, &at.child(index))),
        _ => None,
    }
}

fn schema_fault(schema: &Value, at: &Pointer) -> Option<Fault> {
    if schema.get("$ref").is_some() {
        return None;
    }
    let fault = fault_of::<Schema>(schema, at)?;
    let inner = entries(Some(schema)).find_map(|(keyword, value)| {
        let at = at.child(keyword);
        match keyword.as_str() {
            "properties" => {
                entries(Some(value)).find_map(|(key, value)| schema_fault(value, &at.child(key)))
            }
            "oneOf" | "anyOf" | "allOf" => (value.as_array().into_iter().flatten().enumerate())
                .find_map(|(index, value)| schema_fault(value, &at.child(index))),
            "items" | "not" | "additionalProperties" if value.is_object() => {
                schema_fault(value, &at)
            }
            _ => None,
        }
    });
    Some(inner.unwrap_or(fault))
}

fn fault_of<T: DeserializeOwned>(value: &Value, at: &Pointer) -> Option<Fault> {
    read_as::<T>(value, at).err()
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
