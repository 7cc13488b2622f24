//! Schemas: keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have, or that have another meaning there.

use serde_json::{Map, Value, json};

use super::super::grammar::{Kind, Node};
use super::super::pointer::Pointer;
use super::Adapter;

/// Keywords about the schema itself, and keywords that reference resolution has used.
const ABOUT_SCHEMAS: [&str; 9] = [
    "$schema",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "$comment",
    "$defs",
    "definitions",
    "$recursiveAnchor",
];

/// Constraints that do not change the type.
const CONSTRAINTS: [&str; 7] = [
    "propertyNames",
    "dependentRequired",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "contentSchema",
];

impl Adapter {
    /// Rewrites a schema, after the schemas inside of it.
    pub(in super::super) fn schema(&mut self, value: &mut Value, at: &Pointer) {
        match value {
            Value::Bool(true) => *value = json!({}),
            Value::Bool(false) => *value = json!({ "not": {} }),
            _ => {}
        }
        let Value::Object(schema) = value else { return };
        schema.retain(|key, _| !ABOUT_SCHEMAS.contains(&key.as_str()));
        self.inner_schemas(schema, at);
        self.leftover_nullable(schema, at);
        schema.retain(|key, _| !CONSTRAINTS.contains(&key.as_str()));
        self.conditions(schema, at);
        self.constant(schema, at);
        self.labelled_constants(schema, at);
        self.without_null_variant(schema, at);
        self.types(schema, at);
        bounds(schema);
        content(schema);
        self.tuple(schema, at);
        self.unevaluated_properties(schema);
        self.pattern_properties(schema, at);
        example(schema);
        self.beside_reference(schema, at);
    }

    /// Rewrites the schemas in a schema. `true` and `false` are kept where 3.0 has them, or where the parent handles them.
    fn inner_schemas(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        for (keyword, value) in schema.iter_mut() {
            let Some(kind) = Kind::One(Node::Schema).under(keyword) else { continue };
            let at = at.child(keyword);
            match (kind, value) {
                (Kind::One(_), Value::Bool(_)) => {}
                (Kind::Map(_), Value::Object(schemas)) if keyword == "properties" => {
                    // A property without valid values cannot be present.
                    schemas.retain(|_, schema| *schema != Value::Bool(false));
                    self.each(schemas, &at);
                }
                (Kind::Map(_), Value::Object(schemas)) => self.each(schemas, &at),
                (_, Value::Array(schemas)) => {
                    for (index, schema) in schemas.iter_mut().enumerate() {
                        let at = at.child(index);
                        self.schema(schema, &at);
                        self.bare_reference(schema, &at);
                    }
                }
                (_, value) => self.schema(value, &at),
            }
        }
    }

    fn each(&mut self, schemas: &mut Map<String, Value>, at: &Pointer) {
        for (key, schema) in schemas.iter_mut() {
            self.schema(schema, &at.child(key));
        }
    }

    fn leftover_nullable(&mut self, schema: &Map<String, Value>, at: &Pointer) {
        // The `nullable` of this module is added to a schema only later.
        if schema.contains_key("nullable") && !self.has_nullable {
            self.has_nullable = true;
            let message = "`nullable` has no meaning in OpenAPI 3.1; here and elsewhere in the \
                           document it is read as in 3.0";
            let help = "write `type: [string, \"null\"]` or the like instead";
            self.remark(&at.child("nullable"), "leftover-nullable", message, None, help);
        }
    }

    /// Keywords beside a reference apply as well. OpenAPI 3.0 expresses that by `allOf`.
    fn beside_reference(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        if schema.len() < 2 {
            return;
        }
        let Some(reference) = schema.remove("$ref") else { return };
        let parts_at = at.child("allOf");
        let mut parts = match schema.remove("allOf") {
            Some(Value::Array(parts)) => parts,
            _ => Vec::new(),
        };
        for index in (0..parts.len()).rev() {
            self.moved(&parts_at.child(index), &parts_at.child(index + 1));
        }
        self.moved(&at.child("$ref"), &parts_at.child(0).child("$ref"));
        parts.insert(0, json!({ "$ref": reference }));
        schema.insert("allOf".to_owned(), parts.into());
    }

    /// In a list of schemas, restores a plain reference if there are only annotations beside it: it names the variant.
    fn bare_reference(&mut self, value: &mut Value, at: &Pointer) {
        let Value::Object(schema) = &mut *value else { return };
        if schema.len() < 2 || !super::says_only(schema, &["allOf"]) {
            return;
        }
        let Some(Value::Array(parts)) = schema.get("allOf") else { return };
        let [Value::Object(reference)] = &parts[..] else { return };
        if reference.len() == 1 && reference.contains_key("$ref") {
            let reference = Value::Object(reference.clone());
            let at_reference = at.child("allOf").child(0).child("$ref");
            self.moved(&at_reference, &at.child("$ref"));
            *value = reference;
        }
    }
}

/// Rewrites numeric exclusive bounds. In OpenAPI 3.0, `exclusiveMinimum` is a flag beside `minimum`.
pub(in super::super) fn bounds(schema: &mut Map<String, Value>) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")]
    {
        let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() else {
            continue;
        };
        let number = |value: Option<&Value>| value.and_then(Value::as_f64);
        let is_stricter = match (number(Some(&bound)), number(schema.get(inclusive))) {
            (Some(bound), Some(other)) if inclusive == "minimum" => bound >= other,
            (Some(bound), Some(other)) => bound <= other,
            _ => true,
        };
        if is_stricter {
            schema.insert(inclusive.to_owned(), bound);
            schema.insert(exclusive.to_owned(), true.into());
        } else {
            schema.remove(exclusive);
        }
    }
}

/// Rewrites encoded and binary content to a string with a format.
fn content(schema: &mut Map<String, Value>) {
    let encoding = schema.remove("contentEncoding");
    let media = schema.remove("contentMediaType");
    if encoding.is_none() && media.is_none() {
        return;
    }
    schema.entry("type").or_insert_with(|| "string".into());
    if schema.contains_key("format") || schema.contains_key("enum") {
        return;
    }
    let text =
        |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_lowercase);
    let is_text =
        |media: &str| media.starts_with("text/") || media.contains("json") || media.contains("xml");
    let format = match (text(&encoding).as_deref(), text(&media).as_deref()) {
        (Some("base64"), _) => Some("byte"),
        (None | Some("binary"), Some(media)) if !is_text(media) => Some("binary"),
        (Some("binary"), None) => Some("binary"),
        _ => None,
    };
    if let Some(format) = format {
        schema.insert("format".to_owned(), format.into());
    }
}

fn example(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(examples)) = schema.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.entry("example").or_insert(first);
    }
}
