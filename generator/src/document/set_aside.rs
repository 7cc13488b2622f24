//! Sets the actions aside that have no effect: comments in their place, so that a maintainer sees what went and why.

use serde_json::Value;

use super::overlay::{DeadAction, apply_all};
use super::read;
use crate::diagnostic::Diagnostics;
use crate::options::Source;

/// An overlay without the actions that have no effect on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The text of the overlay, with these actions as comments.
    pub text: String,
    /// The actions, in the order of the overlay.
    pub actions: Vec<DeadAction>,
}

/// Comments out the actions of `overlay` that have no effect on `document`; a note above each says why.
///
/// # Errors
///
/// Those of applying the overlay. An overlay whose actions are not written as a block of YAML cannot be edited: its dead
/// actions are errors.
pub fn set_aside(document: &Source, overlay: &Source) -> Result<SetAside, Diagnostics> {
    let root = read::read(document)?;
    let actions = apply_all(&mut root.clone(), overlay)?;
    if actions.is_empty() {
        return Ok(SetAside { text: overlay.text.clone(), actions });
    }
    let text = commented(&overlay.text, &actions).filter(|text| is_alive(root, overlay, text));
    match text {
        Some(text) => Ok(SetAside { text, actions }),
        None => Err(all_of(&actions)),
    }
}

/// Whether the text is an overlay of which each action has an effect.
fn is_alive(mut root: Value, overlay: &Source, text: &str) -> bool {
    let edited = Source { name: overlay.name.clone(), text: text.to_owned() };
    apply_all(&mut root, &edited).is_ok_and(|dead| dead.is_empty())
}

fn all_of(actions: &[DeadAction]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    actions.iter().for_each(|action| diagnostics.push(action.diagnostic()));
    diagnostics
}

/// The text with these actions as comments, if each begins with a dash of its own.
fn commented(text: &str, actions: &[DeadAction]) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut edited: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    for action in actions.iter().rev() {
        let first = action.place.line.checked_sub(1)?;
        let indentation = indentation(lines.get(first)?);
        if !lines[first][indentation..].starts_with("- ") {
            return None;
        }
        let last = first + lines_inside(&lines[first + 1..], indentation);
        for line in &mut edited[first..=last] {
            if !line.trim().is_empty() {
                line.insert_str(indentation.min(line.len()), "# ");
            }
        }
        let note = format!("{}# Set aside: it {}.", " ".repeat(indentation), action.cause.as_str());
        edited.insert(first, note);
    }
    let mut text = edited.join("\n");
    text.push('\n');
    Some(with_a_list(text))
}

/// How many of the lines belong to what begins above them, without blank lines at the end.
fn lines_inside(lines: &[&str], indentation: usize) -> usize {
    let inside = lines
        .iter()
        .take_while(|line| line.trim().is_empty() || self::indentation(line) > indentation)
        .count();
    lines[..inside].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A list of which nothing is left has to be an empty one.
fn with_a_list(text: String) -> String {
    let is_null = |value: &Value| value.get("actions").is_some_and(Value::is_null);
    let source = Source { name: String::new(), text: text.clone() };
    if read::read(&source).is_ok_and(|value| is_null(&value)) {
        return text.replacen("\nactions:", "\nactions: []", 1);
    }
    text
}
