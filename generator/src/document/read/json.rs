//! Parses JSON with `serde_json`, and rejects duplicate keys.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::super::format::BYTE_ORDER_MARK;
use super::super::locate::Locator;
use super::super::pointer::Pointer;
use super::{duplicate_key, reason, too_deep};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::options::Source;

pub(super) fn read(source: &Source) -> Result<Value, Diagnostics> {
    let text = source.text.trim_start_matches(BYTE_ORDER_MARK);
    match serde_json::from_str::<Unique>(text) {
        Ok(Unique(value)) => Ok(value),
        Err(error) if error.to_string().starts_with(TWICE) => {
            let start = source.text.len() - text.len();
            let locator = Locator::new(source);
            let found = first_duplicate(text).map(|(at, places)| {
                duplicate_key(&at, places.map(|offset| locator.place_at(start + offset)))
            });
            Err(found.unwrap_or_else(|| broken(source, &error)).into())
        }
        Err(error) => Err(broken(source, &error).into()),
    }
}

fn broken(source: &Source, error: &serde_json::Error) -> Diagnostic {
    let place = Place { source: source.name.clone(), line: error.line(), column: error.column() };
    let message = error.to_string();
    if message.starts_with("recursion limit") {
        return too_deep(place);
    }
    let help = if error.is_eof() {
        "the text ends too early; was the download cut off?"
    } else {
        "mend the JSON at this place, or fetch the document again"
    };
    let message = format!("this is not JSON: {}", reason(&message));
    Diagnostic::error("broken-json", message).at(place).help(help)
}

/// The start of the error message for an object with a duplicate key.
const TWICE: &str = "a key comes twice";

/// A value without duplicate keys in its objects.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Unique(value)) = elements.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Unique(value))) = entries.next_entry::<String, Unique>()? {
            if object.insert(key, value).is_some() {
                return Err(serde::de::Error::custom(TWICE));
            }
        }
        Ok(Value::Object(object))
    }
}

/// An object or array that contains the current position.
enum Level {
    Object { keys: HashMap<String, usize>, key: String },
    Array { index: usize },
}

/// Finds the first duplicate key in a JSON text, with the offsets of both occurrences.
fn first_duplicate(text: &str) -> Option<(Pointer, [usize; 2])> {
    let bytes = text.as_bytes();
    let mut levels: Vec<Level> = Vec::new();
    let mut expects_key = false;
    let mut offset = 0;
    while let Some(byte) = bytes.get(offset) {
        match byte {
            b'{' => levels.push(Level::Object { keys: HashMap::new(), key: String::new() }),
            b'[' => levels.push(Level::Array { index: 0 }),
            b'}' | b']' => drop(levels.pop()),
            b',' => {
                if let Some(Level::Array { index }) = levels.last_mut() {
                    *index += 1;
                }
            }
            b'"' => {
                let end = end_of_text(bytes, offset);
                if let (true, Some(Level::Object { keys, key })) = (expects_key, levels.last_mut())
                {
                    *key = serde_json::from_str(text.get(offset..end)?).ok()?;
                    if let Some(first) = keys.insert(key.clone(), offset) {
                        return Some((pointer(&levels), [first, offset]));
                    }
                }
                offset = end;
                continue;
            }
            _ => {}
        }
        expects_key = match byte {
            b'{' => true,
            b',' => matches!(levels.last(), Some(Level::Object { .. })),
            b':' | b'[' | b'}' | b']' => false,
            _ => expects_key,
        };
        offset += 1;
    }
    None
}

/// The offset after the string that begins at `start`.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut offset = start + 1;
    while let Some(byte) = bytes.get(offset) {
        match byte {
            b'\\' => offset += 2,
            b'"' => return offset + 1,
            _ => offset += 1,
        }
    }
    bytes.len()
}

fn pointer(levels: &[Level]) -> Pointer {
    levels.iter().fold(Pointer::root(), |at, level| match level {
        Level::Object { key, .. } => at.child(key),
        Level::Array { index } => at.child(index),
    })
}
