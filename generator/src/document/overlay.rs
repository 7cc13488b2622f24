//! Corrections to a document: the OpenAPI Overlay Specification 1.0.

use roas_overlay::apply::{Apply, ApplyErrorKind};
use roas_overlay::common::apply::{compile_path, locate};
use roas_overlay::v1_0::{Action, Overlay};
use serde::Deserialize;
use serde_json::Value;

use super::locate::Locator;
use super::pointer::Pointer;
use super::read;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::options::Source;

/// An overlay action that has no effect on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadAction {
    /// Its position among the actions, from zero.
    pub index: usize,
    /// What it names.
    pub target: String,
    /// What it was for, in one line.
    pub reason: String,
    /// Why it has no effect.
    pub cause: DeadCause,
    /// Where it stands in the overlay.
    pub place: Place,
}

/// Why an overlay action has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadCause {
    /// The document has nothing that its target names.
    MatchesNothing,
    /// The document already says what it adds.
    ChangesNothing,
}

impl DeadCause {
    /// In words, after "this action".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MatchesNothing => "matches nothing",
            Self::ChangesNothing => "changes nothing",
        }
    }
}

impl DeadAction {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let Self { target, reason, cause, .. } = self;
        let message = format!("this action {}: {target} (it was for: {reason})", cause.as_str());
        let (code, help) = match cause {
            DeadCause::MatchesNothing => (
                "overlay-matches-nothing",
                "the document has changed: look whether the correction is still needed, and remove \
                 or retarget it",
            ),
            DeadCause::ChangesNothing => {
                ("overlay-changes-nothing", "the document says so by itself now: remove the action")
            }
        };
        let pointer = action_pointer(self.index).child("target");
        Diagnostic::error(code, message).at(self.place.clone()).pointer(&pointer).help(help)
    }
}

/// Applies `overlay` to `root`. Actions that have no effect are errors, all of them together: they have outlived their
/// reason.
pub(crate) fn apply(root: &mut Value, overlay: &Source) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    for action in apply_all(root, overlay)? {
        diagnostics.push(action.diagnostic());
    }
    diagnostics.stop_on_errors()
}

/// Applies the actions that have an effect, and gives the others.
pub(super) fn apply_all(
    root: &mut Value,
    overlay: &Source,
) -> Result<Vec<DeadAction>, Diagnostics> {
    let value = read::read(overlay)?;
    let actions: Overlay = serde_path_to_error::deserialize(&value).map_err(|error| {
        let message = format!("this is not an overlay: {}", error.inner());
        let help = "an overlay has `overlay: 1.0.0`, `info` and `actions`, each with `target` and \
                    `update` or `remove`";
        broken(overlay, "broken-overlay", &pointer_of(error.path()), message, help)
    })?;
    check_actions(&value, overlay)?;
    let unchanging: Vec<bool> =
        actions.actions.iter().map(|action| changes_nothing(root, action)).collect();
    let report = actions.apply(root, Default::default()).map_err(|error| {
        let pointer = action_pointer(error.action_index).child("target");
        let help = match error.kind {
            ApplyErrorKind::InvalidJsonPath(_) => {
                "a target is a JSONPath as in RFC 9535, such as $.paths['/a/b'].post"
            }
            _ => "a target has to name objects or arrays",
        };
        let message = format!("this action cannot be applied: {}", error.kind);
        broken(overlay, "broken-overlay", &pointer, message, help)
    })?;
    let locator = Locator::new(overlay);
    let dead = report.actions.iter().zip(unchanging).filter_map(|(outcome, is_unchanging)| {
        let cause = match outcome.matched {
            0 => DeadCause::MatchesNothing,
            _ if is_unchanging => DeadCause::ChangesNothing,
            _ => return None,
        };
        let description = actions.actions.get(outcome.index)?.description.as_deref();
        let words: Vec<&str> = description.unwrap_or_default().split_whitespace().collect();
        Some(DeadAction {
            index: outcome.index,
            target: outcome.target.trim().to_owned(),
            reason: words.join(" "),
            cause,
            place: locator.locate(&action_pointer(outcome.index)),
        })
    });
    Ok(dead.collect())
}

fn action_pointer(index: usize) -> Pointer {
    Pointer::root().join(["actions", &index.to_string()])
}

/// Whether the document, as it is before all actions, has what an action names, and says there what the action adds.
fn changes_nothing(root: &Value, action: &Action) -> bool {
    let (false, Some(update), Ok(path)) =
        (action.is_remove(), &action.update, compile_path(&action.target))
    else {
        return false;
    };
    let found = locate(root, &path);
    let says = |pointer: &String| root.pointer(pointer).is_some_and(|found| holds(found, update));
    !found.is_empty() && found.iter().all(says)
}

/// Whether merging `update` into `value` leaves it as it is. Arrays get longer, and have at least one element then.
fn holds(value: &Value, update: &Value) -> bool {
    match (value, update) {
        (Value::Object(value), Value::Object(update)) => update
            .iter()
            .all(|(key, update)| value.get(key).is_some_and(|value| holds(value, update))),
        (Value::Array(_), Value::Array(update)) => update.is_empty(),
        _ => value == update,
    }
}

/// What is wrong with an overlay, where, and what to do about it.
fn broken(
    overlay: &Source,
    code: &'static str,
    pointer: &Pointer,
    message: String,
    help: &str,
) -> Diagnostic {
    let place = Locator::new(overlay).locate(pointer);
    Diagnostic::error(code, message).at(place).pointer(pointer).help(help)
}

/// An action that neither updates nor removes is a misspelt one.
fn check_actions(value: &Value, overlay: &Source) -> Result<(), Diagnostics> {
    const KNOWN: [&str; 4] = ["target", "description", "update", "remove"];
    let actions = value.get("actions").and_then(Value::as_array);
    for (index, action) in actions.into_iter().flatten().enumerate() {
        let pointer = Pointer::root().join(["actions", &index.to_string()]);
        let keys: Vec<&String> =
            action.as_object().into_iter().flat_map(|map| map.keys()).collect();
        let refuse = |pointer: Pointer, message: String| -> Diagnostics {
            let help = "an action has `target`, a `description` with its reason, and `update` or \
                        `remove`";
            broken(overlay, "broken-overlay", &pointer, message, help).into()
        };
        if let Some(key) =
            keys.iter().find(|key| !KNOWN.contains(&key.as_str()) && !key.starts_with("x-"))
        {
            return Err(refuse(pointer.child(key), format!("an action has no `{key}`")));
        }
        if !keys.iter().any(|key| *key == "update" || *key == "remove") {
            return Err(refuse(pointer, "this action does nothing".to_owned()));
        }
        if !keys.iter().any(|key| *key == "description") {
            return Err(refuse(pointer, "this action does not say why".to_owned()));
        }
    }
    Ok(())
}

/// Reads a part of a document, with the pointer to what does not fit.
pub(super) fn read_as<'a, T: Deserialize<'a>>(
    value: &'a Value,
    at: &Pointer,
) -> Result<T, (Pointer, String)> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = pointer_of(error.path()).steps().fold(at.clone(), |at, step| at.child(step));
        (pointer, error.into_inner().to_string())
    })
}

fn pointer_of(path: &serde_path_to_error::Path) -> Pointer {
    use serde_path_to_error::Segment;
    path.iter().fold(Pointer::root(), |pointer, segment| match segment {
        Segment::Seq { index } => pointer.child(index),
        Segment::Map { key } => pointer.child(key),
        Segment::Enum { variant } => pointer.child(variant),
        Segment::Unknown => pointer,
    })
}
