//! The validation errors in a response, as a tree.

use std::collections::BinaryHeap;
use std::fmt;

use serde_json::{Map, Value};

/// The key under which each level keeps its own messages.
const ERRORS: &str = "_errors";

/// The validation errors of a request: messages about a parameter, and errors of its elements and properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValidationErrors {
    messages: Vec<String>,
    inside: Vec<(Step, Self)>,
}

/// A step into a parameter. Indices are ordered before names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Name(String),
}

impl ValidationErrors {
    /// Reads the validation errors of a response. Parts of an unexpected shape are ignored; the body still has them.
    pub(super) fn from_json(json: &Value) -> Self {
        match json {
            Value::Object(entries) => Self::from_entries(entries),
            // Some servers leave out the level of `_errors`.
            Value::Array(_) | Value::String(_) => {
                Self { messages: messages(json), inside: Vec::new() }
            }
            _ => Self::default(),
        }
    }

    fn from_entries(entries: &Map<String, Value>) -> Self {
        // A heap sorts with a tenth of the machine code that sorting a list needs.
        let mut steps = BinaryHeap::new();
        for (position, name) in entries.keys().enumerate().filter(|(_, name)| *name != ERRORS) {
            let step = name.parse().map_or_else(|_| Step::Name(name.clone()), Step::Index);
            steps.push((step, position));
        }
        let values: Vec<_> = entries.values().collect();
        let mut inside = Vec::with_capacity(steps.len());
        for (step, position) in steps.into_sorted_vec() {
            inside.extend(values.get(position).map(|value| (step, Self::from_json(value))));
        }
        Self { messages: entries.get(ERRORS).map(messages).unwrap_or_default(), inside }
    }

    /// Returns the messages about this parameter itself, or at the root, about the request as a whole.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.messages
    }

    /// Returns the errors at and below a path, such as `device_ids` or `device_ids[0].name`. The root has the empty path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Self> {
        if path.is_empty() {
            return Some(self);
        }
        self.inside.iter().find_map(|(step, errors)| {
            let rest = match step {
                Step::Index(index) => path.strip_prefix(&format!("[{index}]"))?,
                Step::Name(name) => path.strip_prefix(name.as_str())?,
            };
            match rest.strip_prefix('.') {
                Some(rest) => errors.get(rest),
                None if rest.is_empty() || rest.starts_with('[') => errors.get(rest),
                None => None,
            }
        })
    }

    /// Returns all messages with their paths. The path is empty for the request as a whole.
    pub fn iter(&self) -> impl Iterator<Item = (String, &str)> {
        let mut all = Vec::new();
        self.collect(String::new(), &mut all);
        all.into_iter()
    }

    fn collect<'a>(&'a self, path: String, all: &mut Vec<(String, &'a str)>) {
        let own = self.messages.iter().map(|message| (path.clone(), message.as_str()));
        all.extend(own);
        for (step, errors) in &self.inside {
            let path = match step {
                Step::Index(index) => format!("{path}[{index}]"),
                Step::Name(name) if path.is_empty() => name.clone(),
                Step::Name(name) => format!("{path}.{name}"),
            };
            errors.collect(path, all);
        }
    }

    /// Whether there are no messages.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.inside.iter().all(|(_, errors)| errors.is_empty())
    }
}

/// Shows all messages with their paths: `device_ids[0]: expected string; name: required`.
impl fmt::Display for ValidationErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (path, message)) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            if !path.is_empty() {
                write!(f, "{path}: ")?;
            }
            f.write_str(message)?;
        }
        Ok(())
    }
}

fn messages(json: &Value) -> Vec<String> {
    match json {
        Value::String(message) => vec![message.clone()],
        Value::Array(messages) => {
            messages.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn errors() -> ValidationErrors {
        ValidationErrors::from_json(&json!({
            "_errors": ["one of two is needed"],
            "device_ids": {
                "_errors": ["expected array"],
                "10": {"_errors": ["too many"]},
                "2": {"_errors": [], "name": {"_errors": ["too short", "no letter"]}},
            },
            "device": {"_errors": []},
        }))
    }

    #[test]
    fn every_message_has_its_path() {
        let errors = errors();
        let all: Vec<_> = errors.iter().collect();
        let all: Vec<_> = all.iter().map(|(path, message)| (path.as_str(), *message)).collect();
        let expected = [
            ("", "one of two is needed"),
            ("device_ids", "expected array"),
            ("device_ids[2].name", "too short"),
            ("device_ids[2].name", "no letter"),
            ("device_ids[10]", "too many"),
        ];
        assert_eq!(all, expected);
        assert_eq!(
            errors.to_string(),
            "one of two is needed; device_ids: expected array; device_ids[2].name: too short; \
             device_ids[2].name: no letter; device_ids[10]: too many"
        );
    }

    #[test]
    fn a_path_finds_its_messages() {
        let errors = errors();
        let messages = |path| errors.get(path).map(ValidationErrors::messages);
        assert_eq!(messages(""), Some(&["one of two is needed".to_owned()][..]));
        assert_eq!(messages("device_ids"), Some(&["expected array".to_owned()][..]));
        assert_eq!(messages("device_ids[10]"), Some(&["too many".to_owned()][..]));
        assert_eq!(messages("device_ids[2].name").map(<[_]>::len), Some(2));
        assert_eq!(messages("device"), Some(&[][..]));
        for missing in ["device_id", "device_ids2", "device_ids[1]", "device_ids.name", "x"] {
            assert_eq!(messages(missing), None, "{missing}");
        }
    }

    #[test]
    fn what_is_written_in_another_way_does_no_harm() {
        for json in [json!(null), json!(7), json!([]), json!({"_errors": 7}), json!({"a": false})] {
            assert!(ValidationErrors::from_json(&json).is_empty(), "{json}");
        }
        let flat = ValidationErrors::from_json(&json!({"name": ["required"], "id": "unknown"}));
        assert_eq!(flat.to_string(), "id: unknown; name: required");
    }
}
