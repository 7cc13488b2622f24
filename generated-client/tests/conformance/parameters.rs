//! Finds the parameters that the document describes in a request.

use serde_json::Value;

use crate::document::At;
use crate::form::Tree;
use crate::proxy::Sent;
use crate::shown::{Variants, is_list, plain, properties};

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    place: String,
    pub(crate) at: At,
    /// The schema of the value, and whether the value is written as JSON.
    pub(crate) schema: Option<At>,
    is_json: bool,
}

/// Headers that OpenAPI excludes from parameters.
const HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl Parameter {
    fn new(at: At) -> Option<Self> {
        let (name, place) = (at.text("name")?.to_owned(), at.text("in")?.to_owned());
        if place == "header" && HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            return None;
        }
        let content = at.entries("content").into_iter().next();
        let is_json = content.is_some();
        let schema = at.get("schema").or_else(|| content?.1.get("schema"));
        Some(Self { name, place, at, schema, is_json })
    }

    /// Whether both are the same parameter.
    pub(crate) fn is(&self, other: &Self) -> bool {
        (&self.name, &self.place) == (&other.name, &other.place)
    }

    /// Whether both are written under the same key of the query, so that their values cannot be told apart.
    pub(crate) fn shares_key_with(&self, other: &Self) -> bool {
        !self.is(other) && self.query_keys().iter().any(|key| other.query_keys().contains(key))
    }

    /// The keys of the query under which the value may be written.
    fn query_keys(&self) -> Vec<String> {
        if self.place != "query" || self.style() != "form" {
            return Vec::new();
        }
        let properties = properties(&plain(self.schema.as_slice(), Variants::All));
        if !self.is_exploded() || properties.is_empty() {
            return vec![self.name.clone()];
        }
        properties.into_iter().map(|(key, _)| key).collect()
    }

    pub(crate) fn is_required(&self) -> bool {
        self.at.is("required")
    }

    /// The value that was sent, if there is one.
    pub(crate) fn read(&self, path: &[(String, String)], sent: &Sent) -> Option<Value> {
        let tree = match self.place.as_str() {
            "path" => {
                let (_, raw) = path.iter().find(|(name, _)| *name == self.name)?;
                self.in_path(raw)
            }
            "query" => self.in_query(sent.query.as_deref().unwrap_or_default())?,
            "header" => {
                let value = sent.headers.get(self.name.as_str())?.to_str().ok()?;
                self.split(value, ",", str::to_owned)
            }
            _ => {
                let cookies = cookies(sent);
                let (_, raw) = cookies.iter().find(|(name, _)| *name == self.name)?;
                self.split(raw, ",", plainly)
            }
        };
        Some(tree.typed(self.schema.as_slice()))
    }

    fn style(&self) -> &str {
        let usual = if self.place == "query" || self.place == "cookie" { "form" } else { "simple" };
        self.at.text("style").unwrap_or(usual)
    }

    fn is_exploded(&self) -> bool {
        match self.at.resolved().value.get("explode") {
            Some(explode) => explode == &Value::Bool(true),
            None => self.style() == "form",
        }
    }

    fn in_path(&self, raw: &str) -> Tree {
        match self.style() {
            "label" => {
                let raw = raw.strip_prefix('.').unwrap_or(raw);
                self.split(raw, if self.is_exploded() { "." } else { "," }, plainly)
            }
            "matrix" if self.is_exploded() => {
                let each =
                    raw.split(';').skip(1).map(|one| one.split_once('=').unwrap_or((one, "")));
                let (own, others): (Vec<_>, Vec<_>) = each.partition(|(key, _)| *key == self.name);
                match own.as_slice() {
                    [] => Tree::deep(
                        others.iter().map(|(key, raw)| (vec![(*key).to_owned()], plainly(raw))),
                    ),
                    own => Tree::Texts(own.iter().map(|(_, raw)| plainly(raw)).collect()),
                }
            }
            "matrix" => {
                let raw = raw.split_once('=').map_or("", |(_, raw)| raw);
                self.split(raw, ",", plainly)
            }
            _ => self.split(raw, ",", plainly),
        }
    }

    /// The value in a query or a form.
    pub(crate) fn in_query(&self, query: &str) -> Option<Tree> {
        let own: Vec<&str> = raw_pairs(query)
            .filter(|(key, _)| decoded(key) == self.name)
            .map(|(_, raw)| raw)
            .collect();
        let tree = match (self.style(), own.as_slice()) {
            ("deepObject", _) | (_, []) => self.in_keys(query)?,
            (_, [raw]) if !self.is_exploded() => {
                let delimiter = match self.style() {
                    "spaceDelimited" => "%20",
                    "pipeDelimited" => "%7C",
                    _ => ",",
                };
                self.split(&raw.replace('|', "%7C").replace('+', "%20"), delimiter, decoded)
            }
            (_, own) => Tree::Texts(own.iter().map(|raw| decoded(raw)).collect()),
        };
        Some(tree)
    }

    /// The value in several keys: `name[key]`, or the keys of an exploded object.
    fn in_keys(&self, query: &str) -> Option<Tree> {
        let deep: Vec<_> = pairs(query)
            .filter_map(|(key, text)| {
                let rest = key.strip_prefix(&self.name)?.strip_prefix('[')?;
                let steps = rest.trim_end_matches(']').split("][").map(str::to_owned);
                Some((steps.collect(), text))
            })
            .collect();
        if !deep.is_empty() {
            return Some(Tree::deep(deep));
        }
        let properties = properties(&plain(self.schema.as_slice(), Variants::All));
        let own: Vec<_> = pairs(query)
            .filter(|(key, _)| {
                self.is_exploded() && properties.iter().any(|(known, _)| known == key)
            })
            .map(|(key, text)| (vec![key], text))
            .collect();
        (!own.is_empty()).then(|| Tree::deep(own))
    }

    /// Splits a list or an object that is written as one text. Other values are kept whole.
    fn split(&self, raw: &str, delimiter: &str, decode: fn(&str) -> String) -> Tree {
        let whole = decode(raw);
        if let (true, Ok(json)) = (self.is_json, serde_json::from_str(&whole)) {
            return Tree::Json(json);
        }
        let plain = plain(self.schema.as_slice(), Variants::All);
        let texts: Vec<String> = raw.split(delimiter).map(decode).collect();
        if is_list(&plain) {
            return Tree::Texts(texts);
        }
        if properties(&plain).is_empty() {
            return Tree::Texts(vec![whole]);
        }
        if self.is_exploded() {
            let entries = raw.split(delimiter).filter_map(|one| one.split_once('='));
            return Tree::deep(entries.map(|(key, raw)| (vec![decode(key)], decode(raw))));
        }
        Tree::deep(texts.chunks_exact(2).map(|entry| (vec![entry[0].clone()], entry[1].clone())))
    }
}

/// The parameters of an operation: its own, and those of its path that it does not override.
pub(crate) fn described(operation: &At) -> Vec<Parameter> {
    let path = operation.pointer.rsplit_once('/').and_then(|(path, _)| At::new(path));
    let shared = path.into_iter().flat_map(|path| path.elements("parameters"));
    let mut all: Vec<Parameter> = Vec::new();
    for one in operation.elements("parameters").into_iter().chain(shared).filter_map(Parameter::new)
    {
        if !all.iter().any(|known| known.is(&one)) {
            all.push(one);
        }
    }
    all
}

/// The parameter that is written in the same way as a property of a form.
pub(crate) fn of_form(name: &str, schema: At, encoding: Option<At>) -> Parameter {
    let at = encoding.unwrap_or_else(|| schema.clone());
    Parameter {
        name: name.to_owned(),
        place: "query".to_owned(),
        at,
        schema: Some(schema),
        is_json: false,
    }
}

fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let each = query.split('&').filter(|one| !one.is_empty());
    each.map(|one| one.split_once('=').unwrap_or((one, "")))
}

/// The decoded pairs of a query or a form.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    raw_pairs(query).map(|(key, value)| (decoded(key), decoded(value)))
}

/// All cookies of a request.
pub(crate) fn cookies(sent: &Sent) -> Vec<(String, String)> {
    let headers = sent.headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    let each =
        headers.flat_map(|header| header.split(';')).filter_map(|one| one.trim().split_once('='));
    each.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Decodes a part of a query.
fn decoded(raw: &str) -> String {
    plainly(&raw.replace('+', " "))
}

/// Decodes a part of a path.
pub(crate) fn plainly(raw: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = raw.as_bytes();
    while let Some((&first, others)) = rest.split_first() {
        let code = others.get(..2).and_then(|code| str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
