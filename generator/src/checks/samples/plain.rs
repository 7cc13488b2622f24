//! Resolves a schema to plain ones: follows references, merges `allOf`, and gives one schema for each alternative.

use serde_json::{Map, Value};

use super::keywords::{elements, is_undocumented, reference};
use super::{Sampler, Undocumented, last_step};

/// The keywords that compose a schema of others.
const COMPOSITIONS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Schemas without compositions that together show each alternative of a schema.
pub(super) struct Plain {
    pub(super) schemas: Vec<Map<String, Value>>,
    /// Whether references were followed.
    pub(super) is_behind_references: bool,
}

impl<'a> Sampler<'a> {
    /// The schema that a reference leads to, and its name.
    pub(super) fn target<'r>(&self, reference: &'r str) -> Option<(&'a Value, &'r str)> {
        let pointer = reference.strip_prefix('#')?;
        Some((self.document.pointer(pointer)?, last_step(pointer)))
    }

    /// Resolves a schema to schemas without references and compositions.
    pub(super) fn plain(&self, schema: &Value) -> Plain {
        let mut plain = Plain { schemas: Vec::new(), is_behind_references: false };
        plain.schemas = self.put_together(schema, &mut Vec::new(), &mut plain.is_behind_references);
        plain
    }

    /// Resolves a schema. `within` are the references that were followed so far; a reference to one of them resolves to
    /// nothing.
    fn put_together(
        &self,
        schema: &Value,
        within: &mut Vec<String>,
        is_behind_references: &mut bool,
    ) -> Vec<Map<String, Value>> {
        if let Some(reference) = reference(schema) {
            *is_behind_references = true;
            let target =
                self.target(reference).filter(|_| !within.iter().any(|one| one == reference));
            let Some((schema, _)) = target else { return Vec::new() };
            within.push(reference.to_owned());
            let schemas = self.put_together(schema, within, is_behind_references);
            within.pop();
            return schemas;
        }
        let Some(keywords) = schema.as_object() else { return Vec::new() };
        let own = keywords.iter().filter(|(key, _)| !COMPOSITIONS.contains(&key.as_str()));
        let mut schemas = vec![own.map(|(key, value)| (key.clone(), value.clone())).collect()];
        for part in elements(keywords.get("allOf")) {
            let part = self.put_together(part, within, is_behind_references);
            schemas = side_by_side(schemas, &part);
        }
        for keyword in ["oneOf", "anyOf"] {
            let mut alternatives = Vec::new();
            for variant in elements(keywords.get(keyword)) {
                alternatives.extend(self.put_together(variant, within, is_behind_references));
            }
            schemas = side_by_side(schemas, &alternatives);
        }
        schemas
    }

    /// The properties of an object that samples include.
    pub(super) fn properties<'s>(
        &self,
        schema: &'s Map<String, Value>,
    ) -> Vec<(&'s str, &'s Value)> {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let shown = properties.filter(|(_, property)| !self.is_left_out(property));
        shown.map(|(key, property)| (key.as_str(), property)).collect()
    }

    /// The keys of the required properties that samples include.
    pub(super) fn required<'s>(&self, schema: &'s Map<String, Value>) -> Vec<&'s str> {
        let properties = schema.get("properties");
        let is_left_out = |key: &&str| {
            let property = properties.and_then(|properties| properties.get(key));
            property.is_some_and(|property| self.is_left_out(property))
        };
        let keys = elements(schema.get("required")).filter_map(Value::as_str);
        keys.filter(|key| !is_left_out(key)).collect()
    }

    fn is_left_out(&self, property: &Value) -> bool {
        let target = reference(property).and_then(|reference| self.target(reference));
        let schema = target.map_or(property, |(schema, _)| schema);
        self.undocumented == Undocumented::Excluded && is_undocumented(schema)
    }

    /// The key of the discriminator and the tags of a variant: those of the mapping, or else the name of the schema. Returns
    /// `None` if there is no mapping and the variant itself lists its tags in an `enum`.
    pub(super) fn implied_tags<'d>(
        &self,
        variant: &Value,
        discriminator: Option<&'d Value>,
    ) -> Option<(&'d str, Vec<String>)> {
        let key = discriminator?.get("propertyName")?.as_str()?;
        let reference = reference(variant)?;
        let (_, name) = self.target(reference)?;
        let mapping =
            discriminator?.get("mapping").and_then(Value::as_object).into_iter().flatten();
        let leads_here = mapping.filter(|(_, target)| *target == reference || *target == name);
        let tags: Vec<String> = leads_here.map(|(tag, _)| tag.clone()).collect();
        if !tags.is_empty() {
            return Some((key, tags));
        }
        let is_said = self.plain(variant).schemas.iter().any(|schema| {
            let property = schema.get("properties").and_then(|all| all.get(key));
            property.is_some_and(|property| {
                let schemas = self.plain(property).schemas;
                schemas.iter().any(|schema| schema.contains_key("enum"))
            })
        });
        (!is_said).then(|| (key, vec![name.to_owned()]))
    }
}

/// Merges each schema with one of `others`, so that each schema of both lists is used at least once.
fn side_by_side(
    schemas: Vec<Map<String, Value>>,
    others: &[Map<String, Value>],
) -> Vec<Map<String, Value>> {
    if others.is_empty() {
        return schemas;
    }
    let count = if schemas.is_empty() { 0 } else { schemas.len().max(others.len()) };
    let pairs = schemas.iter().cycle().zip(others.iter().cycle());
    pairs.take(count).map(|(one, other)| both(one, other)).collect()
}

/// Merges two schemas into one that both apply to. If their types exclude each other, no value matches the result.
fn both(one: &Map<String, Value>, other: &Map<String, Value>) -> Map<String, Value> {
    let mut both = one.clone();
    let mut is_possible = true;
    for (keyword, value) in other {
        let Some(known) = both.get_mut(keyword) else {
            both.insert(keyword.clone(), value.clone());
            continue;
        };
        match (keyword.as_str(), known, value) {
            ("properties", Value::Object(known), Value::Object(added)) => {
                for (key, property) in added {
                    let known = known.entry(key.clone()).or_insert_with(|| property.clone());
                    if known != property {
                        *known = serde_json::json!({"allOf": [known.take(), property]});
                    }
                }
            }
            ("required", Value::Array(known), Value::Array(added)) => known.extend(added.clone()),
            ("type", Value::String(known), Value::String(added)) if known != added => {
                match (known.as_str(), added.as_str()) {
                    ("integer", "number") => {}
                    ("number", "integer") => *known = added.clone(),
                    _ => is_possible = false,
                }
            }
            ("enum", Value::Array(known), Value::Array(added)) => {
                known.retain(|value| added.contains(value));
            }
            _ => {}
        }
    }
    if !is_possible {
        both.insert("not".to_owned(), serde_json::json!({}));
    }
    both
}
