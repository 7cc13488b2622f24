//! Limits on the nesting of schemas, so that no document takes unreasonable time or memory.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::adapt::Remark;
use super::pointer::Pointer;
use super::references::schema_name;

/// The maximum length of a chain of `allOf`.
const MOST_LEVELS: usize = 200;

/// The maximum number of arrays, maps and unions that are nested without an object between them.
const MOST_NESTED: usize = 64;

/// The maximum number of schemas that an `allOf` merges, counting repetitions.
const MOST_PARTS: usize = 10_000;

/// The measures of a schema.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    /// The length of the longest chain of `allOf`.
    levels: usize,
    /// The number of nested arrays, maps and unions.
    nested: usize,
    /// The number of schemas that are merged, counting repetitions.
    parts: usize,
}

/// Replaces component schemas that exceed the limits by any JSON.
pub(super) fn enforce(root: &mut Value) -> Vec<Remark> {
    let Some(Value::Object(schemas)) = root.pointer("/components/schemas") else {
        return Vec::new();
    };
    let mut sizes: BTreeMap<&str, Size> = BTreeMap::new();
    for name in schemas.keys() {
        measure(name, schemas, &mut sizes);
    }
    let is_repetitive = |size: &Size| size.parts > MOST_PARTS / 10;
    let repetitive: Vec<String> = (sizes.iter().filter(|(_, size)| is_repetitive(size)))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    if repetitive.is_empty() && sizes.values().all(Size::is_within) {
        return Vec::new();
    }
    without_repeated_parts(root, &repetitive);
    let Some(Value::Object(schemas)) = root.pointer("/components/schemas") else {
        return Vec::new();
    };
    let mut sizes: BTreeMap<&str, Size> = BTreeMap::new();
    for name in schemas.keys() {
        measure(name, schemas, &mut sizes);
    }
    let too_deep: Vec<String> = (sizes.iter().filter(|(_, size)| !size.is_within()))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let Some(first) = too_deep.first() else { return Vec::new() };
    let at = Pointer::root().join(["components", "schemas", first]);
    let message = match too_deep.len() {
        1 => "this schema goes too deep".to_owned(),
        count => format!("this schema goes too deep, as do {} more", count - 1),
    };
    let remark = Remark {
        at,
        code: "too-deep",
        message,
        instead: Some("so it is any JSON"),
        help: "put fewer schemas into each other with an overlay".to_owned(),
    };
    if let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") {
        for name in &too_deep {
            schemas.insert(name.clone(), Value::Object(serde_json::Map::new()));
        }
    }
    vec![remark]
}

impl Size {
    fn is_within(&self) -> bool {
        self.levels <= MOST_LEVELS && self.nested <= MOST_NESTED && self.parts <= MOST_PARTS
    }

    fn add(&mut self, other: Self) {
        self.levels = self.levels.max(other.levels);
        self.nested = self.nested.max(other.nested);
        self.parts = self.parts.saturating_add(other.parts);
    }
}

type Schemas = serde_json::Map<String, Value>;

/// Measures a component and the components it refers to. There may be thousands in a chain, so this does not recurse.
fn measure<'s>(start: &'s str, schemas: &'s Schemas, sizes: &mut BTreeMap<&'s str, Size>) {
    let mut open = vec![(start, false)];
    let mut entered: BTreeSet<&str> = BTreeSet::new();
    while let Some((name, is_done)) = open.pop() {
        let Some((name, schema)) = schemas.get_key_value(name) else { continue };
        if is_done {
            let size = size_of(schema, sizes);
            sizes.insert(name, size);
        } else if !sizes.contains_key(name.as_str()) && entered.insert(name) {
            open.push((name, true));
            let mut targets = Vec::new();
            collect_targets(schema, schemas, &mut targets);
            open.extend(targets.into_iter().map(|target| (target, false)));
        }
    }
}

/// The keywords that compose a schema, or contain schemas without making it an object.
const THROUGH: [&str; 5] = ["allOf", "anyOf", "oneOf", "items", "additionalProperties"];

fn collect_targets<'s>(schema: &'s Value, schemas: &'s Schemas, targets: &mut Vec<&'s str>) {
    if let Some(name) = schema_name(schema.get("$ref")) {
        targets.extend(schemas.get_key_value(&name).map(|(name, _)| name.as_str()));
    }
    for part in parts(schema).flat_map(|(_, parts)| parts) {
        collect_targets(part, schemas, targets);
    }
}

fn size_of(schema: &Value, sizes: &BTreeMap<&str, Size>) -> Size {
    if let Some(name) = schema_name(schema.get("$ref")) {
        // A component that refers back to itself has no size yet, and counts as nothing.
        return sizes.get(name.as_str()).copied().unwrap_or_default();
    }
    let mut size = Size { parts: 1, ..Size::default() };
    for (keyword, parts) in parts(schema) {
        let mut inner = Size::default();
        parts.into_iter().for_each(|part| inner.add(size_of(part, sizes)));
        match keyword {
            "allOf" => inner.levels += 1,
            _ => {
                inner.nested += 1;
                inner.parts = 0;
            }
        }
        size.add(inner);
    }
    let is_object = schema.get("properties").is_some();
    if is_object {
        size.nested = 0;
    }
    size
}

fn parts(schema: &Value) -> impl Iterator<Item = (&'static str, Vec<&Value>)> {
    THROUGH.into_iter().filter_map(move |keyword| match schema.get(keyword)? {
        Value::Array(parts) => Some((keyword, parts.iter().collect())),
        part @ Value::Object(_) => Some((keyword, vec![part])),
        _ => None,
    })
}

/// Removes the parts of an `allOf` that another of its parts includes.
fn without_repeated_parts(root: &mut Value, repetitive: &[String]) {
    let Some(Value::Object(schemas)) = root.pointer("/components/schemas") else { return };
    let mut changed: Vec<(String, Value)> = Vec::new();
    for name in repetitive {
        let Some(schema) = schemas.get(name) else { continue };
        let Some(Value::Array(parts)) = schema.get("allOf") else { continue };
        let mut kept: Vec<&Value> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
            let is_repeated = schema_name(part.get("$ref")).is_some_and(|name| {
                others.into_iter().any(|(other, part)| {
                    let same = schema_name(part.get("$ref")).as_ref() == Some(&name);
                    (same && other < index) || (!same && contains(part, &name, schemas))
                })
            });
            if !is_repeated {
                kept.push(part);
            }
        }
        if kept.len() < parts.len() {
            let mut schema = schema.clone();
            let kept: Vec<Value> = kept.into_iter().cloned().collect();
            if let Some(object) = schema.as_object_mut() {
                object.insert("allOf".to_owned(), kept.into());
            }
            changed.push((name.clone(), schema));
        }
    }
    if let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") {
        schemas.extend(changed);
    }
}

/// Whether `name` is a direct or indirect part of the schema that `part` refers to.
fn contains(part: &Value, name: &str, schemas: &Schemas) -> bool {
    let mut open: Vec<String> = schema_name(part.get("$ref")).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        if !seen.insert(next.clone()) {
            continue;
        }
        let parts = schemas.get(&next).and_then(|schema| schema.get("allOf")?.as_array());
        for target in parts.into_iter().flatten().filter_map(|part| schema_name(part.get("$ref"))) {
            if target == name {
                return true;
            }
            open.push(target);
        }
    }
    false
}
