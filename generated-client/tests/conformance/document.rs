//! Places in the published document.

use std::sync::LazyLock;

use serde_json::Value;

use crate::source;

/// The published document, without the overlay.
pub(crate) static PUBLISHED: LazyLock<Value> = LazyLock::new(source::published);

/// A place in the document.
#[derive(Clone, Debug)]
pub(crate) struct At {
    /// The JSON pointer (RFC 6901).
    pub(crate) pointer: String,
    pub(crate) value: &'static Value,
}

impl At {
    /// The place at `pointer`, if it exists.
    pub(crate) fn new(pointer: &str) -> Option<Self> {
        Some(Self { pointer: pointer.to_owned(), value: PUBLISHED.pointer(pointer)? })
    }

    /// Follows references to their target.
    pub(crate) fn resolved(&self) -> Self {
        let reference = self.value.get("$ref").and_then(Value::as_str);
        let target =
            reference.and_then(|reference| reference.strip_prefix('#')).and_then(Self::new);
        target.map_or_else(|| self.clone(), |target| target.resolved())
    }

    /// The entry or element with this key or index, after following references.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let Self { pointer, value } = self.resolved();
        let value = match value {
            Value::Array(elements) => elements.get(key.parse::<usize>().ok()?)?,
            value => value.get(key)?,
        };
        Some(Self { pointer: format!("{pointer}/{}", escaped(key)), value })
    }

    /// All entries of the object at `key`.
    pub(crate) fn entries(&self, key: &str) -> Vec<(String, Self)> {
        let object = self.get(key).map(|at| at.resolved());
        let keys = object.as_ref().and_then(|at| at.value.as_object()).into_iter().flatten();
        let entries = keys.filter_map(|(key, _)| Some((key.clone(), object.as_ref()?.get(key)?)));
        entries.collect()
    }

    /// All elements of the list at `key`.
    pub(crate) fn elements(&self, key: &str) -> Vec<Self> {
        let Some(list) = self.get(key) else { return Vec::new() };
        let count = list.value.as_array().map_or(0, Vec::len);
        (0..count).filter_map(|index| list.get(&index.to_string())).collect()
    }

    /// The string at `key`.
    pub(crate) fn text(&self, key: &str) -> Option<&'static str> {
        self.resolved().value.get(key)?.as_str()
    }

    /// Whether `key` is true here.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.resolved().value.get(key) == Some(&Value::Bool(true))
    }

    /// Whether the document marks this as undocumented.
    pub(crate) fn is_undocumented(&self) -> bool {
        self.value.get("x-undocumented").is_some()
            || self.resolved().value.get("x-undocumented").is_some()
    }
}

/// Escapes a key as a step of a JSON pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key for a step of a JSON pointer.
pub(crate) fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
