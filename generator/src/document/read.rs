//! From a source text to a JSON value.

use serde_json::Value;

use super::format::{BYTE_ORDER_MARK, Format};
use super::locate::Locator;
use super::pointer::Pointer;
use crate::Source;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// Reads a text as JSON or YAML.
pub(crate) fn read(source: &Source) -> Result<Value, Diagnostics> {
    let text = source.text.as_str();
    let start = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    if start.is_empty() {
        return Err(Diagnostic::error("empty-document", "the document is empty")
            .at(Locator::new(source).place_at(0))
            .help("give the path of an OpenAPI document in JSON or YAML")
            .into());
    }
    if start.starts_with('<') {
        return Err(Diagnostic::error(
            "not-openapi",
            "this is a page of HTML or XML, not an OpenAPI document",
        )
        .at(Locator::new(source).place_at(text.len() - start.len()))
        .help("the address probably led to a login or error page; check it in a browser")
        .into());
    }
    match Format::of(text) {
        Format::Json => read_json(source),
        Format::Yaml => read_yaml(source),
    }
}

fn read_json(source: &Source) -> Result<Value, Diagnostics> {
    let text = source.text.trim_start_matches(BYTE_ORDER_MARK);
    serde_json::from_str(text).map_err(|error| {
        let place =
            Place { source: source.name.clone(), line: error.line(), column: error.column() };
        let help = if error.is_eof() {
            "the text ends too early; was the download cut off?"
        } else {
            "mend the JSON at this place, or fetch the document again"
        };
        Diagnostic::error(
            "broken-json",
            format!("this is not JSON: {}", reason(&error.to_string())),
        )
        .at(place)
        .help(help)
        .into()
    })
}

fn read_yaml(source: &Source) -> Result<Value, Diagnostics> {
    let parsed = serde_yaml::from_str(&source.text).and_then(|mut yaml: serde_yaml::Value| {
        yaml.apply_merge()?;
        Ok(yaml)
    });
    let yaml = parsed.map_err(|error| {
        let place = match error.location() {
            // What is missing at the end of a text is said to stand below its last line.
            Some(at) if at.line() > source.text.lines().count() => {
                Locator::new(source).place_at(source.text.len())
            }
            Some(at) => Place { source: source.name.clone(), line: at.line(), column: at.column() },
            None => Locator::new(source).place_at(0),
        };
        let message = format!("this is not YAML: {}", reason(&error.to_string()));
        Diagnostic::error("broken-yaml", message).at(place).help("mend the YAML at this place")
    })?;
    to_json(yaml, &Pointer::root()).map_err(|(pointer, message)| {
        Diagnostic::error("unsupported-yaml", message)
            .at(Locator::new(source).locate(&pointer))
            .pointer(&pointer)
            .help("write what JSON can say too")
            .into()
    })
}

/// YAML has keys and values that JSON has not; response codes without quotes are common, and fine.
fn to_json(yaml: serde_yaml::Value, at: &Pointer) -> Result<Value, (Pointer, String)> {
    Ok(match yaml {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => value.into(),
        serde_yaml::Value::String(value) => value.into(),
        serde_yaml::Value::Number(number) => number_to_json(&number)
            .ok_or_else(|| (at.clone(), format!("{number} is no number in JSON")))?,
        serde_yaml::Value::Sequence(elements) => elements
            .into_iter()
            .enumerate()
            .map(|(index, element)| to_json(element, &at.child(index)))
            .collect::<Result<_, _>>()?,
        serde_yaml::Value::Mapping(entries) => {
            let mut object = serde_json::Map::new();
            for (key, value) in entries {
                let key = key_to_json(key).ok_or_else(|| {
                    (at.clone(), "a key of this object is neither text nor number".to_owned())
                })?;
                let value = to_json(value, &at.child(&key))?;
                object.insert(key, value);
            }
            object.into()
        }
        serde_yaml::Value::Tagged(_) => {
            return Err((at.clone(), "a YAML tag has no meaning in OpenAPI".to_owned()));
        }
    })
}

fn number_to_json(number: &serde_yaml::Number) -> Option<Value> {
    if let Some(whole) = number.as_i64() {
        return Some(whole.into());
    }
    if let Some(whole) = number.as_u64() {
        return Some(whole.into());
    }
    number.as_f64().and_then(serde_json::Number::from_f64).map(Value::Number)
}

fn key_to_json(key: serde_yaml::Value) -> Option<String> {
    match key {
        serde_yaml::Value::String(key) => Some(key),
        serde_yaml::Value::Number(key) => Some(key.to_string()),
        serde_yaml::Value::Bool(key) => Some(key.to_string()),
        _ => None,
    }
}

/// The parsers end their messages with the place, which the diagnostic says in its own way.
fn reason(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}
