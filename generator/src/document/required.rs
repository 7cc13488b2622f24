//! Required properties that a schema does not describe.

use std::collections::BTreeSet;

use serde_json::Value;

use super::adapt::Remark;
use super::grammar::Node;
use super::pointer::Pointer;
use super::references::schema_name;
use super::sent::Sent;
use super::walk::{Object, PARTS, walk};

/// How many parts in parts are looked into.
const DEEPEST: usize = 16;

/// A required property that no part of the schema describes.
struct Unknown {
    /// The pointer to its name in `required`.
    at: Pointer,
    key: String,
    becomes: Becomes,
}

/// What a required property without a description is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// A property with any value that the schema allows for properties without a description. The schema is only sent, and
    /// servers may insist on what is required.
    Property,
    /// No property.
    Nothing,
    /// The same as before. A `required` without `properties` beside it tells an alternative from the others, and `lower`
    /// reports an unknown name in it.
    Unchanged,
}

/// Corrects the schemas that require properties without describing them, and returns the remarks about these properties.
pub(super) fn correct(root: &mut Value) -> Vec<Remark> {
    let unknown = unknown(root);
    // From the last to the first, so that the indices of those before it stay right.
    for one in unknown.iter().rev() {
        one.correct(root);
    }
    unknown.into_iter().map(Unknown::remark).collect()
}

impl Unknown {
    fn correct(&self, root: &mut Value) -> Option<()> {
        let (list, index) = self.at.as_str().rsplit_once('/')?;
        let (schema, _) = list.rsplit_once('/')?;
        let schema = root.pointer_mut(schema)?.as_object_mut()?;
        match self.becomes {
            Becomes::Property => {
                let others = schema.get("additionalProperties").filter(|others| others.is_object());
                let others = others.cloned().unwrap_or_else(|| Value::Object(Object::new()));
                let properties = schema.get_mut("properties")?.as_object_mut()?;
                properties.insert(self.key.clone(), others);
            }
            Becomes::Nothing => {
                let entries = schema.get_mut("required")?.as_array_mut()?;
                entries.remove(index.parse().ok()?);
                if entries.is_empty() {
                    schema.shift_remove("required");
                }
            }
            Becomes::Unchanged => {}
        }
        Some(())
    }

    fn remark(self) -> Remark {
        Remark {
            at: self.at,
            code: "unknown-required",
            message: format!("`required` names `{}`, which is no property", self.key),
            instead: Some(match self.becomes {
                Becomes::Property => "so it is a property without a description",
                Becomes::Nothing | Becomes::Unchanged => "so it has no effect",
            }),
            help: "correct the name, or describe the property, with an overlay".to_owned(),
        }
    }
}

/// The required properties that no part of their schema describes. A schema that describes no property at all is a map, and
/// one that others extend may leave the property to them.
fn unknown(root: &Value) -> Vec<Unknown> {
    let schemas = Schemas { root, extended: extended(root) };
    let sent = Sent::of(root);
    let mut unknown = Vec::new();
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
                let at = visited.at().child("required").child(index);
                let becomes = if !visited.object.contains_key("properties") {
                    Becomes::Unchanged
                } else if sent.includes(&at) {
                    Becomes::Property
                } else {
                    Becomes::Nothing
                };
                unknown.push(Unknown { at, key: key.to_owned(), becomes });
            }
        }
    });
    unknown
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
