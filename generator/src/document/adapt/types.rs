//! Type lists, constants and null.

use serde_json::{Map, Value, json};

use super::super::pointer::Pointer;
use super::{Adapter, ONLY_NULL, says_only};

/// The types of JSON Schema, each with the keywords that only apply to it.
const TYPES: [(&str, &[&str]); 6] = [
    ("boolean", &[]),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    ("string", &["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"]),
    ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
];

const NUMERIC: &[&str] =
    &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

const NUMBER_FORMATS: [&str; 8] =
    ["int8", "int16", "int32", "int64", "uint32", "uint64", "float", "double"];

impl Adapter {
    /// Rewrites a list of types to a single type, to `nullable`, or to a `oneOf`.
    pub(in super::super) fn types(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        let mut types: Vec<String> = match schema.get("type") {
            Some(Value::Array(types)) => {
                types.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
            }
            Some(Value::String(only)) if only == "null" => vec![only.clone()],
            _ => return,
        };
        let has_null = types.iter().any(|one| one == "null");
        types.retain(|one| one != "null");
        if types.iter().any(|one| one == "number") {
            types.retain(|one| one != "integer");
        }
        types.dedup();
        if has_null {
            schema.insert("nullable".to_owned(), true.into());
        }
        match &types[..] {
            [] if has_null => only_null(schema),
            [] => {
                schema.remove("type");
            }
            [only] => {
                schema.insert("type".to_owned(), only.clone().into());
            }
            _ if is_everything(&types) && says_only(schema, &["type", "nullable"]) => {
                schema.remove("type");
            }
            _ => self.choice_of_types(schema, &types, at),
        }
    }

    fn choice_of_types(&mut self, schema: &mut Map<String, Value>, types: &[String], at: &Pointer) {
        schema.remove("type");
        if ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| schema.contains_key(*key)) {
            // These describe the values in more detail than the list of types.
            return;
        }
        let values = schema.remove("enum");
        let format = schema.remove("format");
        let mut variants = Vec::new();
        for ty in types {
            let variant_at = at.child("oneOf").child(variants.len());
            let mut variant = Map::new();
            variant.insert("type".to_owned(), ty.clone().into());
            let own = TYPES.iter().find(|(name, _)| name == ty).map_or(&[][..], |(_, own)| own);
            for keyword in own {
                if let Some(value) = schema.get(*keyword) {
                    variant.insert((*keyword).to_owned(), value.clone());
                    self.moved(&at.child(keyword), &variant_at.child(keyword));
                }
            }
            if let Some(format) = &format {
                let is_numeric = format.as_str().is_some_and(|it| NUMBER_FORMATS.contains(&it));
                let fits = match ty.as_str() {
                    "integer" | "number" => is_numeric,
                    "string" => !is_numeric,
                    _ => false,
                };
                if fits {
                    variant.insert("format".to_owned(), format.clone());
                }
            }
            if let Some(Value::Array(values)) = &values {
                let own: Vec<Value> = values
                    .iter()
                    .filter(|value| type_of(value) == Some(ty.as_str()))
                    .cloned()
                    .collect();
                if own.is_empty() {
                    continue;
                }
                variant.insert("enum".to_owned(), own.into());
            }
            variants.push(Value::Object(variant));
        }
        for (_, own) in TYPES {
            own.iter().for_each(|keyword| drop(schema.remove(*keyword)));
        }
        schema.insert("oneOf".to_owned(), variants.into());
    }

    /// Rewrites a constant to an enum with one value.
    pub(super) fn constant(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        if let Some(constant) = schema.remove("const") {
            self.moved(&at.child("const"), &at.child("enum").child(0));
            schema.insert("enum".to_owned(), vec![constant].into());
        }
        let Some(Value::Array(values)) = schema.get("enum") else { return };
        let types: Vec<Option<&str>> = values.iter().map(type_of).collect();
        let has_null = values.iter().any(Value::is_null);
        if !schema.contains_key("type") {
            let mut others = types.iter().copied().filter(|one| *one != Some("null"));
            let first = others.next();
            let is_one = first.is_some() && others.all(|other| Some(other) == first);
            if has_null && first.is_none() {
                only_null(schema);
                return;
            }
            if is_one && let Some(Some(ty)) = first {
                schema.insert("type".to_owned(), ty.into());
            }
            if has_null {
                schema.insert("nullable".to_owned(), true.into());
            }
        }
        // Constant objects and arrays are described by their type; the fixed value is only a constraint.
        let is_scalar = |ty: &Option<&str>| !matches!(ty, Some("object" | "array"));
        let is_plain = schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| values.iter().map(type_of).all(|ty| is_scalar(&ty)));
        if !is_plain {
            schema.remove("enum");
        }
    }

    /// Rewrites a `oneOf` of constants with titles or descriptions to an enum.
    pub(super) fn labelled_constants(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(variants)) = schema.get(keyword) else { continue };
            let Some(labels) = Labels::of(variants) else { continue };
            if !says_only(schema, &[keyword, "type", "format", "nullable"]) {
                continue;
            }
            schema.remove(keyword);
            for (place, (index, _)) in labels.values.iter().enumerate() {
                let from = at.child(keyword).child(index).child("enum").child(0);
                self.moved(&from, &at.child("enum").child(place));
            }
            let values: Vec<Value> = labels.values.into_iter().map(|(_, value)| value).collect();
            schema.insert("enum".to_owned(), values.into());
            schema.entry("type").or_insert_with(|| labels.ty.into());
            if labels.has_null {
                schema.insert("nullable".to_owned(), true.into());
            }
            for (key, texts) in
                [("x-enum-varnames", labels.names), ("x-enum-descriptions", labels.descriptions)]
            {
                if texts.iter().any(|text| !text.is_empty()) {
                    schema.entry(key).or_insert_with(|| json!(texts));
                }
            }
        }
    }

    /// Removes a null variant and makes the schema nullable. A single remaining variant replaces the composition.
    pub(super) fn without_null_variant(&mut self, schema: &mut Map<String, Value>, at: &Pointer) {
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(variants)) = schema.get_mut(keyword) else { continue };
            if !variants.iter().any(super::is_only_null) {
                continue;
            }
            let variants = std::mem::take(variants);
            let variants_at = at.child(keyword);
            let mut kept = Vec::new();
            for (index, variant) in variants.into_iter().enumerate() {
                if super::is_only_null(&variant) {
                    self.origins.forget(&variants_at.child(index));
                    continue;
                }
                if index != kept.len() {
                    self.moved(&variants_at.child(index), &variants_at.child(kept.len()));
                }
                kept.push(variant);
            }
            schema.insert("nullable".to_owned(), true.into());
            match kept.len() {
                0 => {
                    schema.remove(keyword);
                    only_null(schema);
                }
                1 => {
                    schema.remove(keyword);
                    let only = kept.swap_remove(0);
                    self.merge_only_variant(schema, only, &variants_at.child(0), at);
                }
                _ => {
                    schema.insert(keyword.to_owned(), kept.into());
                }
            }
        }
    }

    fn merge_only_variant(
        &mut self,
        schema: &mut Map<String, Value>,
        variant: Value,
        from: &Pointer,
        at: &Pointer,
    ) {
        match variant {
            Value::Object(variant)
                if !variant.contains_key("$ref") && says_only(schema, &["nullable", "type"]) =>
            {
                for (key, value) in variant {
                    self.moved(&from.child(&key), &at.child(&key));
                    // Keywords of the schema take precedence over those of the variant.
                    if !schema.contains_key(&key) || key == "type" {
                        schema.insert(key, value);
                    }
                }
            }
            variant => {
                let parts_at = at.child("allOf");
                let parts = schema.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(parts) = parts {
                    self.origins.moved(from, &parts_at.child(parts.len()));
                    parts.push(variant);
                }
            }
        }
    }
}

/// Constants with their titles and descriptions.
struct Labels {
    ty: &'static str,
    /// The values, each with its index among the variants.
    values: Vec<(usize, Value)>,
    names: Vec<String>,
    descriptions: Vec<String>,
    has_null: bool,
}

impl Labels {
    fn of(variants: &[Value]) -> Option<Self> {
        let mut labels = Self {
            ty: "",
            values: Vec::new(),
            names: Vec::new(),
            descriptions: Vec::new(),
            has_null: false,
        };
        for (index, variant) in variants.iter().enumerate() {
            if super::is_only_null(variant) {
                labels.has_null = true;
                continue;
            }
            let schema = variant.as_object()?;
            let [value] = &schema.get("enum")?.as_array()?[..] else { return None };
            let ty = type_of(value)?;
            let is_alike = labels.ty.is_empty() || labels.ty == ty;
            if !is_alike || !says_only(schema, &["enum", "type", "format"]) {
                return None;
            }
            labels.ty = ty;
            labels.values.push((index, value.clone()));
            let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
            labels.names.push(text("title").to_owned());
            labels.descriptions.push(text("description").to_owned());
        }
        let texts = || labels.names.iter().chain(&labels.descriptions);
        if labels.values.is_empty() || texts().all(String::is_empty) {
            return None;
        }
        // Names have to match the values by position, so they are only used if every value has one.
        if labels.names.iter().any(String::is_empty) {
            labels.names.clear();
        }
        Some(labels)
    }
}

/// Makes null the only value of a schema.
fn only_null(schema: &mut Map<String, Value>) {
    schema.remove("type");
    schema.remove("enum");
    schema.insert("nullable".to_owned(), true.into());
    schema.insert(ONLY_NULL.to_owned(), true.into());
}

fn is_everything(types: &[String]) -> bool {
    let has = |ty: &str| types.iter().any(|one| one == ty);
    has("number") && has("string") && has("boolean") && has("array") && has("object")
}

/// The JSON Schema type of a value.
fn type_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    })
}
