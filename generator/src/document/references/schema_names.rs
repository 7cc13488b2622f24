//! Names for schemas that become components.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::origin::Origin;

/// The names of the component schemas of a document.
pub(super) fn of(root: &Value) -> BTreeSet<String> {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// Chooses a name for the schema at `at` by its place: `Order_status`, or `pet` for the file `models/pet.yaml`.
pub(super) fn choose(at: &Origin, file: &str, taken: &BTreeSet<String>) -> String {
    let steps: Vec<String> = at.pointer.steps().collect();
    let mut words: Vec<String> = Vec::new();
    if at.file != 0 {
        let folders = file.split(['/', '\\']).filter(|part| !part.is_empty() && *part != "..");
        words.extend(folders.map(str::to_owned));
        if let Some(last) = words.last_mut() {
            *last = last.split('.').next().unwrap_or_default().to_owned();
        }
    }
    words.extend(steps.iter().filter(|step| !STRUCTURE.contains(&step.as_str())).cloned());
    let words: Vec<String> =
        words.iter().map(|word| plain(word)).filter(|word| !word.is_empty()).collect();
    // In another file, the last word may be enough. In the document, all words are needed.
    let shortest = if at.file != 0 || words.len() < 2 { 1 } else { words.len() };
    let free = |name: &String| !taken.iter().any(|other| is_alike(other, name));
    let longer = (shortest..=words.len()).map(|count| words[words.len() - count..].join("_"));
    let mut candidates = longer.filter(|name| !name.is_empty());
    candidates.find(free).unwrap_or_else(|| {
        let base = if words.is_empty() { "schema".to_owned() } else { words.join("_") };
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        numbered.into_iter().find(free).unwrap_or_default()
    })
}

/// Steps of a pointer that do not describe the value.
const STRUCTURE: [&str; 20] = [
    "components",
    "schemas",
    "properties",
    "items",
    "additionalProperties",
    "$defs",
    "definitions",
    "paths",
    "content",
    "schema",
    "responses",
    "parameters",
    "requestBodies",
    "allOf",
    "oneOf",
    "anyOf",
    "application/json",
    "headers",
    "not",
    "itemSchema",
];

fn plain(word: &str) -> String {
    let parts = word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("_")
}

/// Whether two names may become the same name in Rust.
pub(in super::super) fn is_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}
