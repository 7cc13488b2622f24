//! Converts the texts of parameters, forms and multipart bodies to values, according to their schemas.

use serde_json::{Map, Value};

use crate::document::At;
use crate::schema::{Against, is_valid};
use crate::shown::{Variants, is_list, items, plain, properties};

/// Texts whose types are not determined yet.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// The texts with the same name.
    Texts(Vec<String>),
    /// Texts with further names or positions.
    Node(Vec<(String, Tree)>),
    /// A JSON value.
    Json(Value),
}

impl Tree {
    /// Builds a tree from pairs whose names contain `[…]`, which are given as paths.
    pub(crate) fn deep(pairs: impl IntoIterator<Item = (Vec<String>, String)>) -> Self {
        let mut root = Self::Node(Vec::new());
        for (path, text) in pairs {
            root.insert(&path, text);
        }
        root
    }

    fn insert(&mut self, path: &[String], text: String) {
        let Some((first, rest)) = path.split_first() else {
            match self {
                Self::Texts(texts) => texts.push(text),
                other => *other = Self::Texts(vec![text]),
            }
            return;
        };
        if !matches!(self, Self::Node(_)) {
            *self = Self::Node(Vec::new());
        }
        let Self::Node(entries) = self else { return };
        let at = entries.iter().position(|(key, _)| key == first).unwrap_or_else(|| {
            entries.push((first.clone(), Self::Node(Vec::new())));
            entries.len() - 1
        });
        entries[at].1.insert(rest, text);
    }

    /// The value with the types that these schemas allow.
    pub(crate) fn typed(&self, schemas: &[At]) -> Value {
        let plain = plain(schemas, Variants::All);
        let items = items(&plain);
        match self {
            Self::Json(value) => value.clone(),
            Self::Node(entries) if is_numbered(entries) && is_list(&plain) => {
                let elements = entries.iter().flat_map(|(_, tree)| match tree {
                    Self::Texts(texts) => texts.iter().map(|text| scalar(text, &items)).collect(),
                    other => vec![other.typed(&items)],
                });
                elements.collect()
            }
            Self::Node(entries) => {
                let properties = properties(&plain);
                let others = crate::shown::others(&plain);
                let entries = entries.iter().map(|(key, tree)| {
                    let named = properties.iter().find(|(known, _)| known == key);
                    let schemas = named.map_or(&others, |(_, schemas)| schemas);
                    (key.clone(), tree.typed(schemas))
                });
                Value::Object(entries.collect::<Map<_, _>>())
            }
            Self::Texts(texts) => {
                let list: Value = texts.iter().map(|text| scalar(text, &items)).collect();
                match texts.as_slice() {
                    [text] if !is_list(&plain) || !is_one_of(&list, schemas) => {
                        scalar(text, schemas)
                    }
                    _ => list,
                }
            }
        }
    }
}

fn is_numbered(entries: &[(String, Tree)]) -> bool {
    entries.iter().all(|(key, _)| key.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_one_of(value: &Value, schemas: &[At]) -> bool {
    schemas.is_empty() || schemas.iter().any(|at| is_valid(Against::Sent, &at.pointer, value))
}

/// The value of a text that matches one of these schemas, or else the text itself.
fn scalar(text: &str, schemas: &[At]) -> Value {
    let itself = Value::from(text);
    let json = serde_json::from_str(text).ok();
    let nothing = text.is_empty().then_some(Value::Null);
    let mut candidates = [Some(itself.clone()), json, nothing].into_iter().flatten();
    candidates.find(|value| is_one_of(value, schemas)).unwrap_or(itself)
}
