//! Parameter values as text, in OpenAPI's styles: those of RFC 6570 and a few more.

use std::borrow::Cow;

use serde_json::Value;

use crate::operation::{Parameter, Style};
use crate::percent::{self, Reserved};

/// A value with at most one level of nesting. Deeper levels are JSON text.
enum Flat {
    One(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Flat {
    fn of(value: &Value) -> Self {
        match value {
            Value::Array(elements) => Self::List(elements.iter().map(text).collect()),
            Value::Object(entries) => Self::Object(
                entries.iter().map(|(key, value)| (key.clone(), text(value))).collect(),
            ),
            other => Self::One(text(other)),
        }
    }

    fn encoded(self, reserved: Reserved) -> Self {
        let encode = |text: String| percent::encode(&text, reserved);
        match self {
            Self::One(text) => Self::One(encode(text)),
            Self::List(texts) => Self::List(texts.into_iter().map(encode).collect()),
            Self::Object(entries) => {
                let encoded = entries.into_iter().map(|(key, value)| (encode(key), encode(value)));
                Self::Object(encoded.collect())
            }
        }
    }

    /// Joins everything into one text: `a,b`, and `k,v` or `k=v` for the entries of an object.
    fn joined(&self, separator: &str, of_entry: &str) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::List(texts) => texts.join(separator),
            Self::Object(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{key}{of_entry}{value}"));
                entries.collect::<Vec<_>>().join(separator)
            }
        }
    }

    /// Returns each element or entry with its name.
    fn exploded(self, name: &str) -> Vec<(String, String)> {
        match self {
            Self::One(text) => vec![(name.to_owned(), text)],
            Self::List(texts) => texts.into_iter().map(|text| (name.to_owned(), text)).collect(),
            Self::Object(entries) => entries,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::List(texts) => texts.is_empty(),
            Self::Object(entries) => entries.is_empty(),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Encodes a path parameter.
pub(super) fn path(parameter: &Parameter, value: &Value) -> Result<String, Cow<'static, str>> {
    let name = percent::encode(parameter.name, Reserved::Encoded);
    if parameter.style == Style::Json {
        return Ok(percent::encode(&value.to_string(), Reserved::Encoded));
    }
    let flat = Flat::of(value).encoded(parameter.reserved);
    let of_entry = if parameter.explode { "=" } else { "," };
    let written = match parameter.style {
        Style::Label => {
            format!(".{}", flat.joined(if parameter.explode { "." } else { "," }, of_entry))
        }
        Style::Matrix if parameter.explode => {
            let pairs = flat.exploded(&name).into_iter();
            pairs.map(|(name, value)| format!(";{name}={value}")).collect()
        }
        Style::Matrix => format!(";{name}={}", flat.joined(",", ",")),
        _ => flat.joined(",", of_entry),
    };
    // Without it, the URL is that of another resource, such as the list of all.
    if written.is_empty() { Err("it stands in the path and is empty".into()) } else { Ok(written) }
}

/// Rejects path parameters that change the meaning of the path.
pub(super) fn check_path(path: &str) -> Result<(), Cow<'static, str>> {
    if path.split('/').any(|segment| segment == "." || segment == "..") {
        return Err(format!("the path would be {path}, which is read as another one").into());
    }
    Ok(())
}

/// Adds a parameter to a query or a form under this name.
pub(super) fn query(parameter: &Parameter, name: &str, value: &Value, query: &mut String) {
    let name = percent::encode(name, Reserved::Encoded);
    for (name, value) in pairs(parameter, &name, value) {
        add_pair(&name, &value, query);
    }
}

/// Adds an encoded name and value to a query or a form.
pub(super) fn add_pair(name: &str, value: &str, query: &mut String) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    query.push_str(value);
}

/// Encodes a parameter as cookies.
pub(super) fn cookie(parameter: &Parameter, value: &Value) -> String {
    let name = percent::encode(parameter.name, Reserved::Encoded);
    let pairs = pairs(parameter, &name, value).into_iter();
    pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// Returns the value of a header parameter. Headers are not percent-encoded.
pub(super) fn header(parameter: &Parameter, value: &Value) -> String {
    if parameter.style == Style::Json {
        return value.to_string();
    }
    Flat::of(value).joined(",", if parameter.explode { "=" } else { "," })
}

fn pairs(parameter: &Parameter, name: &str, value: &Value) -> Vec<(String, String)> {
    let encode = |text: &str| percent::encode(text, parameter.reserved);
    let separator = match parameter.style {
        Style::Json => return vec![(name.to_owned(), encode(&value.to_string()))],
        Style::Field if value.is_object() => {
            return vec![(name.to_owned(), encode(&value.to_string()))];
        }
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(name.to_owned(), value, &encode, &mut pairs);
            return pairs;
        }
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let flat = Flat::of(value).encoded(parameter.reserved);
    if parameter.explode {
        return flat.exploded(name);
    }
    if flat.is_empty() {
        return Vec::new();
    }
    vec![(name.to_owned(), flat.joined(separator, separator))]
}

/// Flattens an object to `filter[name][first]=a`. The elements of an array have the same name.
fn deep(
    name: String,
    value: &Value,
    encode: &dyn Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                deep(
                    format!("{name}%5B{}%5D", percent::encode(key, Reserved::Encoded)),
                    value,
                    encode,
                    pairs,
                );
            }
        }
        Value::Array(elements) => {
            for element in elements {
                deep(name.clone(), element, encode, pairs);
            }
        }
        other => pairs.push((name, encode(&text(other)))),
    }
}
