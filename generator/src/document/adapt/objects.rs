//! Objects and arrays: pattern properties, tuples and conditional properties.

use serde_json::{Map, Value, json};

use super::super::pointer::Pointer;
use super::Adapter;

impl Adapter {
    /// Rewrites `unevaluatedProperties` to `additionalProperties`, unless it is `false` and the schema is composed of
    /// others.
    pub(super) fn unevaluated_properties(&mut self, schema: &mut Map<String, Value>) {
        let Some(rest) = schema.remove("unevaluatedProperties") else { return };
        let has_parts =
            ["allOf", "anyOf", "oneOf", "$ref"].iter().any(|key| schema.contains_key(*key));
        if rest != Value::Bool(false) || !has_parts {
            schema.entry("additionalProperties").or_insert(rest);
        }
    }

    /// Rewrites `patternProperties` to `additionalProperties`.
    pub(super) fn pattern_properties(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let Some(Value::Object(patterns)) = schema.remove("patternProperties") else { return };
        let patterns_at = at.child("patternProperties");
        let fits_all = |pattern: &String| {
            matches!(pattern.as_str(), "" | ".*" | "^.*$" | ".+" | "^.+$" | "^.*" | ".*$")
        };
        let mut rest = schema.remove("additionalProperties");
        if patterns.keys().any(fits_all) && !matches!(rest, Some(Value::Object(_))) {
            rest = Some(Value::Bool(false));
        }
        let rest_at = at.child("additionalProperties");
        let mut schemas: Vec<(Pointer, Value)> =
            patterns.into_iter().map(|(key, value)| (patterns_at.child(key), value)).collect();
        match rest {
            Some(Value::Bool(false)) => {}
            Some(rest @ Value::Object(_)) => schemas.push((rest_at.clone(), rest)),
            _ => {
                let message = "keys that fit none of these patterns can have any value";
                let help = "say `additionalProperties: false` beside them with an overlay if there are no other keys";
                self.remark(
                    &patterns_at,
                    "open-patterns",
                    message,
                    Some("so all keys without a name are any JSON"),
                    help,
                );
                schema.insert("additionalProperties".to_owned(), true.into());
                return;
            }
        }
        if let Some(union) = self.one_or_any(schemas, &rest_at) {
            schema.insert("additionalProperties".to_owned(), union);
            schema.entry("type").or_insert_with(|| "object".into());
        }
    }

    /// Rewrites a tuple to an array whose elements may be any of the tuple's.
    pub(in super::super) fn tuple(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let (first, first_at) = match (schema.remove("prefixItems"), schema.get("items")) {
            (Some(Value::Array(first)), _) => (first, at.child("prefixItems")),
            (_, Some(Value::Array(first))) => {
                let first = first.clone();
                schema.remove("items");
                (first, at.child("items"))
            }
            _ => {
                self.boolean_items(schema);
                return;
            }
        };
        let items_at = at.child("items");
        let length = first.len();
        let mut schemas: Vec<(Pointer, Value)> = first
            .into_iter()
            .enumerate()
            .map(|(index, value)| (first_at.child(index), value))
            .collect();
        match schema.remove("items") {
            Some(Value::Bool(false)) => {
                schema.entry("maxItems").or_insert_with(|| length.into());
            }
            Some(rest @ Value::Object(_)) => schemas.push((items_at.clone(), rest)),
            _ => {}
        }
        schema.entry("type").or_insert_with(|| "array".into());
        let is_mixed = schemas
            .iter()
            .any(|(_, schema)| Some(schema) != schemas.first().map(|(_, first)| first));
        if is_mixed {
            self.remark(
                &first_at,
                "tuple",
                "there is no type for arrays whose elements differ by position",
                Some("so it is a list of which each element is one of these"),
                "describe the elements by one schema under `items` with an overlay",
            );
        }
        let items = self.one_or_any(schemas, &items_at).unwrap_or_else(|| json!({}));
        schema.insert("items".to_owned(), items);
    }

    fn boolean_items(&mut self, schema: &mut Map<String, Value>) {
        if let Some(Value::Bool(items)) = schema.get("items") {
            if !*items {
                schema.insert("maxItems".to_owned(), 0.into());
            }
            schema.insert("items".to_owned(), json!({}));
            schema.entry("type").or_insert_with(|| "array".into());
        }
    }

    /// Returns the only distinct schema, or an `anyOf` of several. The result will be at `to`.
    fn one_or_any(&mut self, schemas: Vec<(Pointer, Value)>, to: &Pointer) -> Option<Value> {
        let mut distinct: Vec<(Pointer, Value)> = Vec::new();
        for (from, schema) in schemas {
            if !distinct.iter().any(|(_, known)| *known == schema) {
                distinct.push((from, schema));
            }
        }
        if distinct.len() < 2 {
            let (from, only) = distinct.pop()?;
            if from != *to {
                self.moved(&from, to);
            }
            return Some(only);
        }
        // The last schema may already be at `to`, so it moves first.
        for (index, (from, _)) in distinct.iter().enumerate().rev() {
            self.moved(from, &to.child("anyOf").child(index));
        }
        let schemas: Vec<Value> = distinct.into_iter().map(|(_, schema)| schema).collect();
        Some(json!({ "anyOf": schemas }))
    }

    /// Makes properties under a condition optional properties of the schema. Other keywords of a condition are constraints.
    pub(super) fn conditions(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        schema.remove("if");
        let mut conditional: Vec<(Pointer, Value)> = Vec::new();
        for keyword in ["then", "else"] {
            conditional.extend(schema.remove(keyword).map(|value| (at.child(keyword), value)));
        }
        if let Some(Value::Object(dependent)) = schema.remove("dependentSchemas") {
            let dependent_at = at.child("dependentSchemas");
            conditional
                .extend(dependent.into_iter().map(|(key, value)| (dependent_at.child(key), value)));
        }
        for (from, value) in conditional {
            self.condition(schema, value, &from, at);
        }
    }

    fn condition(
        &mut self,
        schema: &mut Map<String, Value>,
        value: Value,
        from: &Pointer,
        at: &Pointer,
    ) {
        let Value::Object(mut condition) = value else { return };
        let is_more =
            ["$ref", "allOf", "anyOf", "oneOf"].iter().any(|key| condition.contains_key(*key));
        if is_more {
            let message =
                "what holds under a condition is only read if it describes properties directly";
            let help = "describe the properties beside the condition with an overlay";
            self.remark(from, "condition", message, Some("so it is ignored"), help);
        }
        let Some(Value::Object(properties)) = condition.remove("properties") else { return };
        let known = schema.entry("properties").or_insert_with(|| json!({}));
        let Value::Object(known) = known else { return };
        for (key, property) in properties {
            if known.contains_key(&key) {
                continue;
            }
            let to = at.child("properties").child(&key);
            self.origins.moved(&from.child("properties").child(&key), &to);
            known.insert(key, property);
        }
    }
}
