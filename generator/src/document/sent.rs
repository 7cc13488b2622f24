//! Finds the schemas that are only sent, because nothing but request bodies uses them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::pointer::Pointer;
use super::references::schema_name;
use super::walk::walk;

/// Which schemas are only sent.
pub(super) struct Sent {
    /// The component schemas that are used outside of request bodies.
    used_elsewhere: BTreeSet<String>,
}

impl Sent {
    pub(super) fn of(root: &Value) -> Self {
        let mut elsewhere = Vec::new();
        let mut used_by: BTreeMap<String, Vec<String>> = BTreeMap::new();
        walk(root, &mut |visited| {
            let Some(used) = schema_name(visited.object.get("$ref")) else { return };
            match Position::of(&visited.at()) {
                Position::Component(user) => used_by.entry(user).or_default().push(used),
                Position::RequestBody => {}
                Position::Elsewhere => elsewhere.push(used),
            }
        });
        let mut used_elsewhere = BTreeSet::new();
        while let Some(used) = elsewhere.pop() {
            elsewhere.extend(used_by.remove(&used).into_iter().flatten());
            used_elsewhere.insert(used);
        }
        Self { used_elsewhere }
    }

    /// Whether the schema at `at` is only sent.
    pub(super) fn includes(&self, at: &Pointer) -> bool {
        match Position::of(at) {
            Position::Component(name) => !self.used_elsewhere.contains(&name),
            Position::RequestBody => true,
            Position::Elsewhere => false,
        }
    }
}

/// The part of the document that a schema is in.
enum Position {
    Component(String),
    RequestBody,
    Elsewhere,
}

impl Position {
    fn of(at: &Pointer) -> Self {
        let steps: Vec<String> = at.steps().collect();
        match steps.as_slice() {
            [components, schemas, name, ..]
                if components == "components" && schemas == "schemas" =>
            {
                Self::Component(name.clone())
            }
            steps if steps.iter().any(|step| step == "requestBody" || step == "requestBodies") => {
                Self::RequestBody
            }
            _ => Self::Elsewhere,
        }
    }
}
