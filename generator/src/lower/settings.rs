//! Extensions that are objects, read key by key.

use serde_json::{Map, Value};

use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::document::Pointer;

/// An extension that is being read.
pub(super) struct Settings<'a> {
    entries: &'a Map<String, Value>,
    at: &'a Pointer,
}

/// An extension that cannot be used.
pub(super) struct SettingError {
    pub(super) at: Pointer,
    pub(super) message: String,
    pub(super) help: String,
}

impl SettingError {
    pub(super) fn new(at: &Pointer, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: at.clone(), message: message.into(), help: help.into() }
    }
}

impl<'a> Settings<'a> {
    pub(super) fn new(value: &'a Value, at: &'a Pointer) -> Result<Self, SettingError> {
        match value.as_object() {
            Some(entries) => Ok(Self { entries, at }),
            None => {
                Err(SettingError::new(at, "this has to be an object", "correct it with an overlay"))
            }
        }
    }

    /// Reports unknown keys.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), SettingError> {
        match self.entries.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let help = format!("the keys are `{}`", known.join("`, `"));
                Err(SettingError::new(
                    &self.at.child(key),
                    format!("`{key}` means nothing here"),
                    help,
                ))
            }
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// An optional string.
    pub(super) fn text(&self, key: &str) -> Result<Option<&'a str>, SettingError> {
        match self.entries.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(self.unlike(key, "a text")),
        }
    }

    /// A required string.
    pub(super) fn required(&self, key: &str) -> Result<&'a str, SettingError> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    /// One string or several.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, SettingError> {
        let texts: Option<Vec<String>> = match self.entries.get(key) {
            None => return Err(self.missing(key)),
            Some(Value::String(text)) => Some(vec![text.clone()]),
            Some(Value::Array(texts)) => {
                texts.iter().map(|text| text.as_str().map(str::to_owned)).collect()
            }
            Some(_) => None,
        };
        let texts = texts.filter(|texts| !texts.is_empty());
        texts.ok_or_else(|| self.unlike(key, "a text or a list of texts"))
    }

    /// A path through properties that starts at `root`: `$response.pagination.next_page_cursor`.
    pub(super) fn way(&self, key: &str, root: &str) -> Result<Option<Vec<String>>, SettingError> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        let steps = text.strip_prefix(root).and_then(|rest| rest.strip_prefix('.'));
        let steps = steps.map(|steps| steps.split('.').map(str::to_owned).collect::<Vec<_>>());
        match steps.filter(|steps| steps.iter().all(|step| !step.is_empty())) {
            Some(steps) => Ok(Some(steps)),
            None => Err(self.unlike(key, &format!("properties from `{root}` on (`{root}.items`)"))),
        }
    }

    /// The error of a missing key.
    pub(super) fn missing(&self, key: &str) -> SettingError {
        let help = format!("add `{key}` with an overlay");
        SettingError::new(self.at, format!("this does not say its `{key}`"), help)
    }

    fn unlike(&self, key: &str, expected: &str) -> SettingError {
        let help = "correct it with an overlay";
        SettingError::new(&self.at.child(key), format!("`{key}` has to be {expected}"), help)
    }
}

impl SettingError {
    /// The error as a diagnostic.
    pub(super) fn diagnostic(self, view: View<'_, '_>, code: &'static str) -> Diagnostic {
        view.error(&self.at, code, self.message).help(self.help)
    }
}
