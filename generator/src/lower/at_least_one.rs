//! Optional parameters of which at least one is required: `x-has-required-parameters`, on an operation or on one of the
//! alternatives of its body.
//!
//! `true` means any of them, `[a, b]` one of these, and `[[a, b], [c, d]]` one of the first two and one of the others.

use indexmap::IndexMap;
use serde_json::Value;

use super::types::Types;
use crate::api::Field;
use crate::document::Pointer;

const EXTENSION: &str = "x-has-required-parameters";

impl Types<'_, '_> {
    /// The lists of keys of `fields` in the extension at `at`. Of each list at least one parameter is required.
    pub(super) fn at_least_one(
        &mut self,
        extensions: &IndexMap<String, Value>,
        at: &Pointer,
        fields: &[&Field],
    ) -> Vec<Vec<String>> {
        let Some(value) = extensions.get(EXTENSION) else { return Vec::new() };
        let Some(lists) = lists(value, fields) else {
            self.pointless(at, "this is neither `true` nor a list of parameters");
            return Vec::new();
        };
        for key in lists.iter().flatten() {
            if fields.iter().all(|field| field.key != *key) {
                self.pointless(at, &format!("there is no parameter `{key}`"));
                return Vec::new();
            }
        }
        // A required parameter satisfies the list.
        let is_given = |key: &String| {
            fields.iter().any(|field| field.key == *key && field.presence.is_argument())
        };
        lists.into_iter().filter(|list| !list.is_empty() && !list.iter().any(is_given)).collect()
    }

    fn pointless(&mut self, at: &Pointer, message: &str) {
        let diagnostic = self
            .view
            .error(&at.child(EXTENSION), "unknown-parameter", message)
            .help("name optional parameters beside this, with an overlay");
        self.report.degrade(diagnostic, "so a call can be sent without any of them");
    }
}

/// The lists of keys in the extension.
fn lists(value: &Value, fields: &[&Field]) -> Option<Vec<Vec<String>>> {
    let texts = |list: &Value| -> Option<Vec<String>> {
        list.as_array()?.iter().map(|key| key.as_str().map(str::to_owned)).collect()
    };
    match value {
        Value::Bool(true) => Some(vec![fields.iter().map(|field| field.key.clone()).collect()]),
        Value::Bool(false) => Some(Vec::new()),
        list => texts(list)
            .map(|list| vec![list])
            .or_else(|| list.as_array()?.iter().map(texts).collect()),
    }
}

/// The sentence in the documentation of the operation.
pub(super) fn described(description: Option<&str>, lists: &[Vec<String>]) -> Option<String> {
    let mut text = description.map(str::to_owned);
    for list in lists {
        let keys = list.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let needed =
            format!("At least one of these has to be set, or the request is not sent: {keys}.");
        text = Some(text.map_or(needed.clone(), |text| format!("{}\n\n{needed}", text.trim_end())));
    }
    text
}

/// Whether any parameter satisfies the list.
pub(super) fn is_any(extensions: &IndexMap<String, Value>) -> bool {
    extensions.get(EXTENSION) == Some(&Value::Bool(true))
}
