//! Comments out overlay actions without effect, so that a maintainer sees which were disabled and why.

use serde_json::Value;

use super::overlay::{DeadAction, apply_all};
use super::read;
use crate::diagnostic::Diagnostics;
use crate::options::Source;

/// An overlay in which actions without effect are commented out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The text of the edited overlay.
    pub text: String,
    /// The actions that were commented out, in the order of the overlay.
    pub actions: Vec<DeadAction>,
}

/// Comments out the actions of `overlay` that have no effect on `document`, with a note above each that says why.
///
/// # Errors
///
/// Any error in applying the overlay. Only an overlay whose actions are in YAML block style can be edited; in any other
/// overlay, each action without effect is an error.
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

/// Whether the text is an overlay in which every action has an effect.
fn is_alive(mut root: Value, overlay: &Source, text: &str) -> bool {
    let edited = Source { name: overlay.name.clone(), text: text.to_owned() };
    apply_all(&mut root, &edited).is_ok_and(|dead| dead.is_empty())
}

fn all_of(actions: &[DeadAction]) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    actions.iter().for_each(|action| diagnostics.push(action.diagnostic()));
    diagnostics
}

/// Comments out these actions. Returns `None` unless each begins with `- ` on a line of its own.
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

/// The number of lines that belong to the block that begins above them, without blank lines at the end.
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

/// Writes `actions: []` if all actions are commented out, since the value would be null.
fn with_a_list(text: String) -> String {
    let is_null = |value: &Value| value.get("actions").is_some_and(Value::is_null);
    let source = Source { name: String::new(), text: text.clone() };
    if read::read(&source).is_ok_and(|value| is_null(&value)) {
        return text.replacen("\nactions:", "\nactions: []", 1);
    }
    text
}
