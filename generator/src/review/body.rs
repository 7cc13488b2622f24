//! The JSON body of a request as the document describes it, after the overlay.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Reviewed;
use crate::api::Operation;
use crate::document::Pointer;

/// The maximum depth of references and `allOf`.
const DEEPEST: usize = 16;

/// The schema of a JSON body.
pub(super) struct Body<'a> {
    root: &'a Value,
    pub(super) at: Pointer,
    /// The properties, by key.
    pub(super) properties: BTreeMap<&'a str, &'a Value>,
    /// The keys of the required properties.
    pub(super) required: BTreeSet<&'a str>,
    /// The `oneOf` and `anyOf` groups in the schema.
    pub(super) groups: Vec<Group<'a>>,
}

/// A `oneOf` or `anyOf` with its alternatives.
pub(super) struct Group<'a> {
    /// The pointer to the schema that contains the keyword.
    pub(super) at: Pointer,
    pub(super) schema: &'a Value,
    /// `oneOf` or `anyOf`.
    pub(super) keyword: &'static str,
    pub(super) branches: Vec<&'a Value>,
}

impl<'a> Body<'a> {
    /// The body of an operation, if it is a JSON object.
    pub(super) fn of(reviewed: Reviewed<'a, '_>, operation: &Operation) -> Option<Self> {
        let document = reviewed.document;
        let content = operation.at.child("requestBody").child("content");
        let media = document.value(&content)?.as_object()?;
        let media = media.keys().find(|media| media.contains("json"))?;
        let at = content.child(media).child("schema");
        let schema = document.value(&at)?;
        let mut body = Self {
            root: document.root(),
            at: at.clone(),
            properties: BTreeMap::new(),
            required: BTreeSet::new(),
            groups: Vec::new(),
        };
        body.add(schema, &at, 0);
        Some(body)
    }

    fn add(&mut self, schema: &'a Value, at: &Pointer, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = Pointer::parse(target.trim_start_matches('#'));
            if let Some(schema) = self.root.pointer(target.as_str()) {
                self.add(schema, &target, depth + 1);
            }
            return;
        }
        self.properties.extend(properties(schema));
        self.required.extend(required(schema));
        for keyword in ["oneOf", "anyOf"] {
            let branches = schema.get(keyword).and_then(Value::as_array);
            if let Some(branches) = branches {
                let branches: Vec<&Value> = branches.iter().collect();
                for branch in &branches {
                    self.properties.extend(properties(branch));
                }
                self.groups.push(Group { at: at.clone(), schema, keyword, branches });
            }
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            self.add(part, &at.child("allOf").child(index), depth + 1);
        }
    }

    /// Whether an alternative requires one of these properties.
    pub(super) fn chooses_among(&self, keys: &BTreeSet<&str>) -> bool {
        let mut branches = self.groups.iter().flat_map(|group| &group.branches);
        branches.any(|branch| requires_any(branch, keys, 0))
    }
}

/// Whether an alternative, or one nested in it, requires one of these properties.
fn requires_any(branch: &Value, keys: &BTreeSet<&str>, depth: usize) -> bool {
    let inner =
        ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| branch.get(key)?.as_array());
    depth <= DEEPEST
        && (required(branch).any(|key| keys.contains(key))
            || inner.flatten().any(|inner| requires_any(inner, keys, depth + 1)))
}

/// The documented properties in a schema's own `properties`.
fn properties(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let all = all.filter(|(_, value)| {
        value.get("x-undocumented").is_none_or(|value| *value == Value::Bool(false))
    });
    all.map(|(key, value)| (key.as_str(), value))
}

/// The keys in a schema's own `required`, in order.
pub(super) fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let all = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_str)
}
