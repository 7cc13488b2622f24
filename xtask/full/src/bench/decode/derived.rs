//! Writes the same types in the usual hand-written way: a struct with serde's derive for each object, internally tagged
//! enums for unions, and closed enums. They repair nothing and keep nothing unknown.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value};

const DERIVE: &str = "#[derive(serde::Deserialize)]";

/// Source code that declares types for schemas of a document.
pub(super) struct Derived<'a> {
    document: &'a Value,
    source: String,
    /// The names of the declared types, by schema.
    known: BTreeMap<String, String>,
}

impl<'a> Derived<'a> {
    pub(super) fn new(document: &'a Value) -> Self {
        Self { document, source: String::new(), known: BTreeMap::new() }
    }

    /// Declares the type `name` for a component schema.
    pub(super) fn declare(&mut self, name: &str, component: &str) {
        let pointer = format!("/components/schemas/{component}");
        let schema = self.document.pointer(&pointer).unwrap_or(&Value::Null);
        let declared = self.type_of(schema);
        _ = writeln!(self.source, "pub type {name} = {declared};");
    }

    pub(super) fn finish(self) -> String {
        self.source
    }

    fn type_of(&mut self, schema: &Value) -> String {
        let declared = self.type_of_some(schema);
        if schema["nullable"] == true { format!("Option<{declared}>") } else { declared }
    }

    fn type_of_some(&mut self, schema: &Value) -> String {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#'));
            return target.map_or_else(any, |target| self.type_of(target));
        }
        if let Some(variants) = schema["oneOf"].as_array() {
            return self.union(variants);
        }
        let object = merged(schema);
        if object.get("properties").and_then(Value::as_object).is_some_and(|all| !all.is_empty()) {
            return self.object(&object);
        }
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("boolean"), _) => "bool".to_owned(),
            (Some("integer"), _) => "i64".to_owned(),
            (Some("number"), _) => "f64".to_owned(),
            (Some("string"), _) if schema["enum"].is_array() => self.texts(&texts(schema)),
            (Some("string"), Some("date-time")) => "jiff::Timestamp".to_owned(),
            (Some("string"), _) => "String".to_owned(),
            (Some("array"), _) => format!("Vec<{}>", self.type_of(&schema["items"])),
            (Some("object"), _) if schema["additionalProperties"].is_object() => {
                let value = self.type_of(&schema["additionalProperties"]);
                format!("std::collections::BTreeMap<String, {value}>")
            }
            _ => any(),
        }
    }

    fn object(&mut self, schema: &Map<String, Value>) -> String {
        let required = |key: &str| {
            let keys = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            keys.into_iter().any(|one| one == key)
        };
        let mut fields = String::new();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (index, (key, property)) in properties.enumerate() {
            if property.get("x-undocumented").is_some() {
                continue;
            }
            let mut of = self.type_of(property);
            if !required(key) && !of.starts_with("Option<") {
                of = format!("Option<{of}>");
            }
            _ = writeln!(fields, "    #[serde(rename = {key:?})]\n    pub field{index}: {of},");
        }
        self.declared("struct", "", &fields)
    }

    fn texts(&mut self, texts: &[String]) -> String {
        let mut variants = String::new();
        for (index, text) in texts.iter().enumerate() {
            _ = writeln!(variants, "    #[serde(rename = {text:?})]\n    Variant{index},");
        }
        self.declared("enum", "", &variants)
    }

    fn union(&mut self, variants: &[Value]) -> String {
        let all_texts: Vec<String> = variants.iter().flat_map(texts).collect();
        if variants.iter().all(|variant| !texts(variant).is_empty()) {
            return self.texts(&all_texts);
        }
        match tag_of(variants) {
            Some(tag) => self.tagged(&tag, variants),
            None => {
                let types: Vec<String> = variants.iter().map(|one| self.type_of(one)).collect();
                let mut body = String::new();
                for (index, of) in types.iter().enumerate() {
                    _ = writeln!(body, "    Variant{index}({of}),");
                }
                self.declared("enum", "#[serde(untagged)]\n", &body)
            }
        }
    }

    /// Variants with the same tag become an untagged union of their own.
    fn tagged(&mut self, tag: &str, variants: &[Value]) -> String {
        let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
        for variant in variants {
            let mut rest = variant.clone();
            if let Some(properties) = rest["properties"].as_object_mut() {
                properties.remove(tag);
            }
            for value in texts(&variant["properties"][tag]) {
                match groups.iter_mut().find(|(known, _)| *known == value) {
                    Some((_, group)) => group.push(rest.clone()),
                    None => groups.push((value, vec![rest.clone()])),
                }
            }
        }
        let mut body = String::new();
        for (index, (value, group)) in groups.iter().enumerate() {
            let of = match group.as_slice() {
                [only] => self.object(&merged(only)),
                several => self.union(several),
            };
            _ = writeln!(body, "    #[serde(rename = {value:?})]\n    Variant{index}({of}),");
        }
        self.declared("enum", &format!("#[serde(tag = {tag:?})]\n"), &body)
    }

    fn declared(&mut self, keyword: &str, attributes: &str, body: &str) -> String {
        let key = format!("{keyword}{attributes}{body}");
        if let Some(name) = self.known.get(&key) {
            return name.clone();
        }
        let name = format!("Type{}", self.known.len());
        _ = writeln!(self.source, "{DERIVE}\n{attributes}pub {keyword} {name} {{\n{body}}}");
        self.known.insert(key, name.clone());
        name
    }
}

fn any() -> String {
    "serde_json::Value".to_owned()
}

fn texts(schema: &Value) -> Vec<String> {
    let values = schema["enum"].as_array().into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The property that distinguishes the variants. Its value is different for all or most of them.
fn tag_of(variants: &[Value]) -> Option<String> {
    let properties = variants.first()?["properties"].as_object()?;
    let tells = |key: &&String| {
        let of = |variant: &Value| texts(&variant["properties"][key.as_str()]).into_iter().next();
        let values: Option<Vec<String>> = variants.iter().map(of).collect();
        values.is_some_and(|values| values.iter().any(|value| *value != values[0]))
    };
    properties.keys().find(tells).cloned()
}

/// The object with all properties of its `allOf`.
fn merged(schema: &Value) -> Map<String, Value> {
    let mut object = schema.as_object().cloned().unwrap_or_default();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        for (key, value) in merged(part) {
            match (object.get_mut(&key), value) {
                (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
                (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
                (_, value) => _ = object.insert(key, value),
            }
        }
    }
    object
}
