//! Parses the subset of YAML that corresponds to JSON.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::Value;

use super::super::format::BYTE_ORDER_MARK;
use super::super::locate::Locator;
use super::super::pointer::Pointer;
use super::{duplicate_key, reason, too_deep};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::options::Source;

pub(super) fn read(source: &Source) -> Result<Value, Diagnostics> {
    let text = source.text.trim_start_matches(BYTE_ORDER_MARK);
    let parse = |text: &str| {
        let mut yaml: serde_yaml::Value = serde_yaml::from_str(text)?;
        yaml.apply_merge()?;
        Ok::<_, serde_yaml::Error>(yaml)
    };
    let parsed = parse(text).or_else(|error| match with_floats(text) {
        Cow::Owned(text) => parse(&text).map_err(|_| error),
        Cow::Borrowed(_) => Err(error),
    });
    let yaml = parsed.map_err(|error| broken(source, text, &error))?;
    to_json(yaml, &Pointer::root()).map_err(|(pointer, message)| {
        Diagnostic::error("unsupported-yaml", message)
            .at(Locator::new(source).locate(&pointer))
            .pointer(&pointer)
            .help("write what JSON can say too")
            .into()
    })
}

fn broken(source: &Source, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let place = match error.location() {
        // For an unexpected end, the parser reports a line after the last one.
        Some(at) if at.line() > source.text.lines().count() => {
            Locator::new(source).place_at(source.text.len())
        }
        Some(at) => place(source, at.line(), at.column()),
        None => Locator::new(source).place_at(0),
    };
    let message = error.to_string();
    if message.contains("recursion limit exceeded") {
        return too_deep(place);
    }
    if message.contains("duplicate entry")
        && let Some((at, places)) = first_duplicate(text)
    {
        return duplicate_key(&at, places.map(|(line, column)| self::place(source, line, column)));
    }
    let message = format!("this is not YAML: {}", reason(&message));
    Diagnostic::error("broken-yaml", message).at(place).help("mend the YAML at this place")
}

fn place(source: &Source, line: usize, column: usize) -> Place {
    Place { source: source.name.clone(), line, column }
}

/// Adds a fraction to integers that do not fit into 64 bits, so that they are read as floating-point numbers, as in JSON.
fn with_floats(text: &str) -> Cow<'_, str> {
    let is_big = |number: &str| {
        let digits = number.strip_prefix(['-', '+']).unwrap_or(number);
        digits.len() > 15
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && number.parse::<i64>().is_err()
            && number.parse::<u64>().is_err()
    };
    let mut ends: Vec<usize> = Vec::new();
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        if let Event::Scalar(scalar, ScalarStyle::Plain, ..) = &event
            && is_big(scalar)
        {
            ends.push(span.start.index() + scalar.chars().count());
        }
    }
    if ends.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut ends = ends.into_iter().peekable();
    let mut changed = String::with_capacity(text.len() + 64);
    for (index, character) in text.chars().chain(['\n']).enumerate() {
        if ends.next_if_eq(&index).is_some() {
            changed.push_str(".0");
        }
        changed.push(character);
    }
    Cow::Owned(changed)
}

/// Rejects keys and values that JSON does not have. Unquoted status codes as keys are common, and accepted.
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

type LineColumn = (usize, usize);

/// A mapping or sequence that contains the current position.
enum Level {
    Mapping { keys: HashMap<String, LineColumn>, key: Option<String> },
    Sequence { index: usize },
}

/// Finds the first duplicate key in a YAML text, with the positions of both occurrences.
fn first_duplicate(text: &str) -> Option<(Pointer, [LineColumn; 2])> {
    let mut levels: Vec<Level> = Vec::new();
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::MappingStart(..) => {
                levels.push(Level::Mapping { keys: HashMap::new(), key: None });
                continue;
            }
            Event::SequenceStart(..) => {
                levels.push(Level::Sequence { index: 0 });
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => drop(levels.pop()),
            Event::Scalar(text, ..) => {
                if let Some(Level::Mapping { keys, key: key @ None }) = levels.last_mut() {
                    *key = Some(text.clone().into_owned());
                    let here = line_and_column(span);
                    if let Some(first) = keys.insert(text.into_owned(), here) {
                        return Some((pointer(&levels), [first, here]));
                    }
                    continue;
                }
            }
            Event::Alias(_) => {}
            _ => continue,
        }
        // A value is complete.
        match levels.last_mut() {
            Some(Level::Mapping { key: key @ Some(_), .. }) => *key = None,
            Some(Level::Mapping { key: key @ None, .. }) => *key = Some("?".to_owned()),
            Some(Level::Sequence { index }) => *index += 1,
            None => {}
        }
    }
    None
}

fn line_and_column(span: Span) -> LineColumn {
    (span.start.line(), span.start.col() + 1)
}

fn pointer(levels: &[Level]) -> Pointer {
    levels.iter().fold(Pointer::root(), |at, level| match level {
        Level::Mapping { key, .. } => at.child(key.as_deref().unwrap_or_default()),
        Level::Sequence { index } => at.child(index),
    })
}
