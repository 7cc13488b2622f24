//! Overlay actions as text.

use std::fmt::Write as _;

use super::Reviewed;
use crate::api::Operation;
use crate::document::Pointer;

/// How wide the lines of a description are.
const WIDTH: usize = 100;

/// An action that adds `update` to what `target` names; its lines are indented by what belongs to the action.
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

/// What names `at`, which is in an operation, in it and in its verbs that are described alike.
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
