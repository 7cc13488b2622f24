//! Required properties that a schema does not describe.

use std::collections::BTreeSet;

use serde_json::Value;

use super::adapt::Remark;
use super::grammar::Node;
use super::pointer::Pointer;
use super::references::schema_name;
use super::walk::{Object, PARTS, walk};

/// How many parts in parts are looked into.
const DEEPEST: usize = 16;

/// Removes the required properties that no part of the schema describes, and returns the remarks about them.
pub(super) fn remove_unknown(root: &mut Value) -> Vec<Remark> {
    let remarks = remarks(root);
    // From the last to the first, so that the indices of those before it stay right.
    for remark in remarks.iter().rev() {
        remove(root, &remark.at);
    }
    remarks
}

/// Removes an entry of the `required` beside `properties`, and the `required` with its last entry. A `required` that stands
/// alone is kept: it tells an alternative from the others, and `lower` says what an unknown name means for that.
fn remove(root: &mut Value, at: &Pointer) -> Option<()> {
    let (list, index) = at.as_str().rsplit_once('/')?;
    let (schema, _) = list.rsplit_once('/')?;
    let schema = root.pointer_mut(schema)?.as_object_mut()?;
    if schema.contains_key("properties") {
        let entries = schema.get_mut("required")?.as_array_mut()?;
        entries.remove(index.parse().ok()?);
        if entries.is_empty() {
            schema.shift_remove("required");
        }
    }
    Some(())
}

/// The remarks about properties that are required, and that no part of the schema describes. A schema that describes none
/// at all is a map, and one that others extend may leave it to them.
fn remarks(root: &Value) -> Vec<Remark> {
    let schemas = Schemas { root, extended: extended(root) };
    let mut remarks = Vec::new();
    walk(root, &mut |visited| {
        let required = visited.object.get("required").and_then(Value::as_array);
        let is_extended = visited.component().is_some_and(|name| schemas.extended.contains(name));
        let (Node::Schema, Some(required), false) = (visited.node, required, is_extended) else {
            return;
        };
        let whole = visited.whole.unwrap_or(visited.object);
        for (index, key) in required.iter().enumerate() {
            let Some(key) = key.as_str() else { continue };
            if !schemas.describes(whole, Some(key), 0) && schemas.describes(whole, None, 0) {
                remarks.push(Remark {
                    at: visited.at().child("required").child(index),
                    code: "unknown-required",
                    message: format!("`required` names `{key}`, which is no property"),
                    instead: Some("so it has no effect"),
                    help: "correct the name, or describe the property, with an overlay".to_owned(),
                });
            }
        }
    });
    remarks
}

/// The component schemas that are parts of other objects.
fn extended(root: &Value) -> BTreeSet<String> {
    let mut extended = BTreeSet::new();
    walk(root, &mut |visited| {
        if visited.node != Node::Schema {
            return;
        }
        let is_object = ["allOf", "properties"].iter().any(|key| visited.object.contains_key(*key));
        for part in parts(visited.object).filter(|_| is_object || visited.whole.is_some()) {
            extended.extend(schema_name(part.get("$ref")));
        }
    });
    extended
}

struct Schemas<'a> {
    root: &'a Value,
    extended: BTreeSet<String>,
}

impl<'a> Schemas<'a> {
    /// Whether a part of the schema describes the property `key`, or any property.
    fn describes(&self, schema: &'a Object, key: Option<&str>, depth: usize) -> bool {
        let own = schema.get("properties").and_then(Value::as_object);
        let tag = schema.get("discriminator").and_then(|one| one.get("propertyName"));
        let is_described = match key {
            Some(key) => {
                own.is_some_and(|own| own.contains_key(key))
                    || tag.and_then(Value::as_str) == Some(key)
                    || schema.contains_key("patternProperties")
            }
            None => own.is_some_and(|own| !own.is_empty()),
        };
        let mut others = parts(schema).chain(schema.get("$ref").map(|_| schema));
        is_described
            || (depth < DEEPEST
                && others.any(|part| {
                    self.resolved(part).is_some_and(|part| self.describes(part, key, depth + 1))
                }))
    }

    fn resolved(&self, part: &'a Object) -> Option<&'a Object> {
        match schema_name(part.get("$ref")) {
            Some(name) => self.root.get("components")?.get("schemas")?.get(&name)?.as_object(),
            None => Some(part),
        }
    }
}

/// The schemas that are about the same value.
fn parts(schema: &Object) -> impl Iterator<Item = &Object> {
    let held = PARTS.iter().filter_map(|keyword| schema.get(*keyword));
    held.flat_map(|held| match held {
        Value::Array(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    })
    .filter_map(Value::as_object)
}
