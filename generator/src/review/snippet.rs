//! Overlay actions as text.

use std::fmt::Write as _;

use super::Reviewed;
use crate::api::Operation;
use crate::document::Pointer;

/// The maximum width of a line of a description.
const WIDTH: usize = 100;

/// Formats an overlay action that adds `update` to `target`. The lines of `update` are indented to fit.
pub(super) fn action(target: &str, reason: &str, update: &[String]) -> String {
    let mut text = format!("- target: {target}\n  description: >-\n");
    for line in wrapped(reason) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    {line}");
    }
    text.push_str("  update:\n");
    for line in update {
        let _ = writeln!(text, "    {line}");
    }
    text
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + word.len() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The JSONPath of `at`, a pointer into `operation`. It also covers the other verbs of the path that are described alike.
pub(super) fn target(reviewed: Reviewed<'_, '_>, operation: &Operation, at: &Pointer) -> String {
    let path = reviewed.path(at);
    let above = operation.at.parent();
    let Some(inside) = at.as_str().strip_prefix(operation.at.as_str()) else { return path };
    let value = reviewed.document.value(at);
    let verbs = ["post", "put", "patch"].into_iter().filter(|verb| {
        let same = Pointer::parse(&format!("{}{inside}", above.child(verb).as_str()));
        value.is_some() && reviewed.document.value(&same) == value
    });
    let verbs: Vec<String> = verbs.map(|verb| format!("'{verb}'")).collect();
    let own = reviewed.path(&operation.at);
    match path.strip_prefix(&own) {
        Some(rest) if verbs.len() > 1 => {
            format!("{}[{}]{rest}", reviewed.path(&above), verbs.join(", "))
        }
        _ => path,
    }
}
