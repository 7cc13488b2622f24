//! Extensions whose values are not of the type that they are read as.
//!
//! Extensions that are objects are read key by key where they are used.

use serde_json::Value;

use super::grammar::Node;
use super::pointer::Pointer;
use super::walk::walk;

/// What an extension has to be.
#[derive(Clone, Copy)]
enum Expected {
    Boolean,
    /// `false`, `true`, or the reason for it.
    BooleanOrText,
    Text,
    TextOrNull,
    /// One text or several.
    Texts,
}

/// The extensions of operations, parameters and schemas that are read.
const EXTENSIONS: [(&str, Expected); 12] = [
    ("x-deprecated", Expected::BooleanOrText),
    ("x-discriminator-value", Expected::Text),
    ("x-fern-idempotent", Expected::Boolean),
    ("x-fern-ignore", Expected::Boolean),
    ("x-fern-sdk-group-name", Expected::Texts),
    ("x-fern-sdk-method-name", Expected::Text),
    ("x-fern-sdk-return-value", Expected::Text),
    ("x-ms-discriminator-value", Expected::Text),
    ("x-response-key", Expected::TextOrNull),
    ("x-sensitive", Expected::Boolean),
    ("x-title", Expected::Text),
    ("x-undocumented", Expected::BooleanOrText),
];

/// What is wrong with extensions, and where.
pub(super) fn unusable(root: &Value) -> Vec<(Pointer, String)> {
    let mut found = Vec::new();
    walk(root, &mut |visited| {
        if !matches!(visited.node, Node::Operation | Node::Parameter | Node::Schema) {
            return;
        }
        for (name, value) in visited.object.iter().filter(|(name, _)| name.starts_with("x-")) {
            let known = EXTENSIONS.iter().find(|(known, _)| known == name);
            if let Some((_, expected)) = known.filter(|(_, expected)| !expected.accepts(value)) {
                let message = format!("`{name}` has to be {}, not {value}", expected.described());
                found.push((visited.at().child(name), message));
            }
        }
    });
    found
}

impl Expected {
    fn accepts(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean | Self::BooleanOrText, Value::Bool(_))
            | (Self::BooleanOrText, Value::String(_))
            | (Self::TextOrNull, Value::Null) => true,
            (Self::Text | Self::TextOrNull | Self::Texts, Value::String(text)) => {
                !text.trim().is_empty()
            }
            (Self::Texts, Value::Array(texts)) => texts.iter().all(Value::is_string),
            _ => false,
        }
    }

    fn described(self) -> &'static str {
        match self {
            Self::Boolean => "`true` or `false`",
            Self::BooleanOrText => "`true`, `false` or a text",
            Self::Text => "a text that is not blank",
            Self::TextOrNull => "a text that is not blank, or null",
            Self::Texts => "a text or a list of texts",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names of extensions that stand in code as string literals.
    fn names(code: &str) -> BTreeSet<&str> {
        code.split('"').filter(|text| text.starts_with("x-")).collect()
    }

    #[test]
    fn the_values_of_all_extensions_that_are_read_are_checked() {
        let checked: BTreeSet<&str> = EXTENSIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(checked, names(include_str!("../lower/extensions.rs")));
    }
}
