//! Validates values against schemas of OpenAPI 3.0, translated to JSON Schema.

use std::cell::RefCell;

use boon::{Compiler, Draft, Schemas};
use serde_json::{Map, Value, json};

use crate::document::PUBLISHED;
use crate::{ecma, source};

/// The direction of a value. Read-only properties are never sent, and write-only ones never received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Sent,
    Received,
}

/// The document and the direction that a value is validated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// The published document, for requests.
    Sent,
    /// The published document, for responses.
    Received,
    /// The document with the overlay, for requests.
    Corrected,
    /// The document with the overlay, for responses.
    CorrectedReceived,
}

impl Against {
    fn address(self) -> &'static str {
        match self {
            Self::Sent => "openapi:/sent",
            Self::Received => "openapi:/received",
            Self::Corrected => "openapi:/corrected",
            Self::CorrectedReceived => "openapi:/corrected-received",
        }
    }
}

impl Against {
    fn direction(self) -> Direction {
        match self {
            Self::Sent | Self::Corrected => Direction::Sent,
            Self::Received | Self::CorrectedReceived => Direction::Received,
        }
    }
}

struct Validator {
    compiler: Compiler,
    schemas: Schemas,
    corrected: Value,
}

impl Validator {
    fn new() -> Self {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V7);
        compiler.enable_format_assertions();
        let corrected = source::corrected();
        for (against, document) in [
            (Against::Sent, &*PUBLISHED),
            (Against::Received, &*PUBLISHED),
            (Against::Corrected, &corrected),
            (Against::CorrectedReceived, &corrected),
        ] {
            let document = translated(document, against.direction());
            compiler.add_resource(against.address(), document).expect("an address");
        }
        Self { compiler, schemas: Schemas::new(), corrected }
    }
}

thread_local! {
    /// The validator cannot be shared between threads.
    static VALIDATOR: RefCell<Validator> = RefCell::new(Validator::new());
}

/// Validates a value against the schema at `pointer`.
pub(crate) fn check(against: Against, pointer: &str, value: &Value) -> Result<(), String> {
    VALIDATOR.with_borrow_mut(|Validator { compiler, schemas, corrected }| {
        let document = match against {
            Against::Corrected | Against::CorrectedReceived => corrected,
            Against::Sent | Against::Received => &*PUBLISHED,
        };
        let place = moved(document, pointer, against.direction());
        let address = format!("{}#{}", against.address(), fragment(&place));
        let compiled = compiler.compile(&address, schemas);
        let compiled =
            compiled.map_err(|error| format!("the schema at {pointer} is of no use: {error:#}"))?;
        schemas.validate(value, compiled).map_err(|error| format!("{error:#}"))
    })
}

/// The parameters of which an operation requires at least one, according to the overlay.
pub(crate) fn at_least_one(operation: &str) -> Vec<String> {
    fn texts(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => found.push(text.clone()),
            Value::Array(elements) => elements.iter().for_each(|element| texts(element, found)),
            _ => {}
        }
    }
    VALIDATOR.with_borrow(|Validator { corrected, .. }| {
        // The overlay may have the rule at another method of the path.
        let path = operation.rsplit_once('/').map_or("", |(path, _)| path);
        let verbs = corrected.pointer(path).and_then(Value::as_object).into_iter().flatten();
        let mut found = Vec::new();
        verbs
            .filter_map(|(_, verb)| verb.get("x-has-required-parameters"))
            .for_each(|rule| texts(rule, &mut found));
        found
    })
}

/// Whether a value is valid by the schema at `pointer`.
pub(crate) fn is_valid(against: Against, pointer: &str, value: &Value) -> bool {
    check(against, pointer, value).is_ok()
}

/// Translates all schemas of a document to JSON Schema.
fn translated(value: &Value, direction: Direction) -> Value {
    match value {
        Value::Array(elements) => {
            elements.iter().map(|element| translated(element, direction)).collect()
        }
        Value::Object(object) => schema(object, direction),
        other => other.clone(),
    }
}

/// Translates an object that may be a schema. In other objects of a document, these keys do not occur with another meaning.
fn schema(object: &Map<String, Value>, direction: Direction) -> Value {
    if let Some(reference @ Value::String(_)) = object.get("$ref") {
        return json!({ "$ref": reference });
    }
    let mut translation = Map::new();
    let mut conditions = Vec::new();
    for (key, value) in object {
        let value = match (key.as_str(), value) {
            ("example" | "examples" | "default", _) => value.clone(),
            ("properties", Value::Object(properties)) => {
                let each = properties.iter();
                each.map(|(key, value)| (key.clone(), translated(value, direction))).collect()
            }
            ("required", Value::Array(keys)) => required(keys, object, direction),
            ("nullable" | "discriminator", _) => continue,
            // A request is correct if it matches one variant. Overlapping variants are a fault of the document.
            ("oneOf", variants) if is_any_of(object, direction) => {
                translation.insert("anyOf".to_owned(), translated(variants, direction));
                continue;
            }
            ("pattern", Value::String(pattern)) => {
                conditions.extend(ecma::conditions(pattern));
                continue;
            }
            // JSON Schema requires at least one value.
            ("enum", Value::Array(values)) if values.is_empty() => continue,
            // Merged into `minimum` and `maximum`.
            ("exclusiveMinimum" | "exclusiveMaximum", Value::Bool(_)) => continue,
            (key @ ("minimum" | "maximum"), limit) => {
                let exclusive =
                    if key == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
                let is_exclusive = object.get(exclusive) == Some(&Value::Bool(true));
                translation
                    .insert(if is_exclusive { exclusive } else { key }.to_owned(), limit.clone());
                continue;
            }
            ("enum", _) => value.clone(),
            (_, value) => translated(value, direction),
        };
        translation.insert(key.clone(), value);
    }
    conditions.extend(tagged(object));
    if !conditions.is_empty() {
        // Appended, so that pointers to the parts of `allOf` stay valid.
        let parts = translation.entry("allOf").or_insert_with(|| json!([]));
        parts.as_array_mut().into_iter().for_each(|parts| parts.append(&mut conditions));
    }
    // In JSON Schema, every number without a fraction is an integer, however large.
    if object.get("format") == Some(&json!("int64")) {
        translation.entry("minimum").or_insert(json!(i64::MIN));
        translation.entry("maximum").or_insert(json!(i64::MAX));
    }
    if is_nullable(object) { nullable(translation) } else { Value::Object(translation) }
}

/// Whether `oneOf` is translated to `anyOf`, unless the schema has an `anyOf` of its own.
fn is_any_of(object: &Map<String, Value>, direction: Direction) -> bool {
    direction == Direction::Sent
        && object.get("oneOf").is_some_and(Value::is_array)
        && !object.contains_key("anyOf")
}

/// The conditions of a discriminator with a mapping: an object with this tag matches that schema.
fn tagged(object: &Map<String, Value>) -> Vec<Value> {
    let said = || {
        let discriminator = object.get("discriminator")?;
        let key = discriminator.get("propertyName")?.as_str()?;
        Some((key, discriminator.get("mapping")?.as_object()?))
    };
    let Some((key, mapping)) = said() else { return Vec::new() };
    let variants =
        ["oneOf", "anyOf"].into_iter().filter_map(|keyword| object.get(keyword)?.as_array());
    let variants: Vec<&Value> = variants.flatten().collect();
    let conditions = mapping.iter().filter_map(|(tag, target)| {
        let target = target.as_str()?;
        let reference = match target.contains(['/', '#']) {
            true => target.to_owned(),
            false => format!("#/components/schemas/{target}"),
        };
        let is_variant = |variant: &&&Value| variant.get("$ref") == Some(&json!(reference));
        variants.iter().find(is_variant)?;
        Some(json!({
            "if": { "required": [key], "properties": { key: { "const": tag } } },
            "then": { "$ref": reference },
        }))
    });
    conditions.collect()
}

/// The keys that are required in this direction.
fn required(keys: &[Value], object: &Map<String, Value>, direction: Direction) -> Value {
    let other = match direction {
        Direction::Sent => "readOnly",
        Direction::Received => "writeOnly",
    };
    let property = |key: &Value| object.get("properties")?.get(key.as_str()?)?.get(other);
    keys.iter().filter(|key| property(key) != Some(&Value::Bool(true))).cloned().collect()
}

fn is_nullable(object: &Map<String, Value>) -> bool {
    object.get("nullable") == Some(&Value::Bool(true))
}

/// The pointer from a nullable schema to its translation without null.
const NOT_NULL: &str = "/anyOf/1";

fn nullable(translation: Map<String, Value>) -> Value {
    json!({ "anyOf": [{ "type": "null" }, translation] })
}

/// Where something of the document stands in its translation.
fn moved(document: &Value, pointer: &str, direction: Direction) -> String {
    let mut moved = String::new();
    let mut at = document;
    for step in pointer.split('/').skip(1) {
        let object = at.as_object();
        if object.is_some_and(|object| is_nullable(object) && !object.contains_key("$ref")) {
            moved.push_str(NOT_NULL);
        }
        let is_any_of = step == "oneOf" && object.is_some_and(|one| is_any_of(one, direction));
        moved.push('/');
        moved.push_str(if is_any_of { "anyOf" } else { step });
        at = at.pointer(&format!("/{step}")).unwrap_or(&Value::Null);
    }
    moved
}

/// Encodes a pointer as a URL fragment.
fn fragment(pointer: &str) -> String {
    let mut fragment = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'~' | b'-' | b'_' | b'.' => {
                fragment.push(char::from(byte));
            }
            other => fragment.push_str(&format!("%{other:02X}")),
        }
    }
    fragment
}
