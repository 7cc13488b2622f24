//! Corrections to a document: the OpenAPI Overlay Specification 1.0.

use serde::Deserialize;
use serde_json::Value;

use super::json_path::JsonPath;
use super::locate::Locator;
use super::origin::{Origin, Origins};
use super::pointer::Pointer;
use super::read;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::options::Source;

/// An overlay action that has no effect on a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadAction {
    /// The index of the action, from zero.
    pub index: usize,
    /// The target of the action.
    pub target: String,
    /// The description of the action, in one line.
    pub reason: String,
    /// Why it has no effect.
    pub cause: DeadCause,
    /// The position of the action in the overlay.
    pub place: Place,
}

/// Why an overlay action has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadCause {
    /// The target matches nothing in the document.
    MatchesNothing,
    /// The document already contains the update.
    ChangesNothing,
}

impl DeadCause {
    /// Returns the cause in words, as after "this action".
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

/// Applies `overlay`, which is the source number `file`, to `root`, and returns the parts that it added. Returns an error for
/// each action without effect, because it is obsolete.
pub(super) fn apply(
    root: &mut Value,
    overlay: &Source,
    file: usize,
) -> Result<Origins, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut additions = Origins::default();
    for action in apply_noting(root, overlay, file, &mut additions)? {
        diagnostics.push(action.diagnostic());
    }
    diagnostics.stop_on_errors()?;
    Ok(additions)
}

/// The parts of an overlay that are used.
#[derive(Debug, Deserialize)]
struct Overlay {
    overlay: String,
    #[serde(rename = "info")]
    _info: Info,
    actions: Vec<Action>,
}

/// The title and version of an overlay. The specification requires them, but they are only information for people.
#[derive(Debug, Deserialize)]
struct Info {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "version")]
    _version: String,
}

#[derive(Debug, Deserialize)]
struct Action {
    target: String,
    #[serde(default)]
    description: String,
    update: Option<Value>,
    #[serde(default)]
    remove: bool,
}

/// An action with its parsed target.
struct Correction<'a> {
    action: &'a Action,
    path: JsonPath,
    /// Whether the document already contains the update of the action.
    is_unchanging: bool,
}

/// Applies all actions, and returns those without effect.
pub(super) fn apply_all(
    root: &mut Value,
    overlay: &Source,
) -> Result<Vec<DeadAction>, Diagnostics> {
    apply_noting(root, overlay, 1, &mut Origins::default())
}

/// The same, and notes in `additions` where in the overlay, which is source `file`, new parts of the document stand.
fn apply_noting(
    root: &mut Value,
    overlay: &Source,
    file: usize,
    additions: &mut Origins,
) -> Result<Vec<DeadAction>, Diagnostics> {
    let actions = actions(overlay)?;
    let mut corrections = Vec::new();
    for (index, action) in actions.iter().enumerate() {
        let path = JsonPath::parse(&action.target).map_err(|error| {
            let message = format!(
                "this target is not a JSONPath: {}, after {:?}",
                error.message,
                action.target.chars().take(error.after).collect::<String>()
            );
            let help = "a target is a JSONPath as in RFC 9535, such as $.paths['/a/b'].post";
            broken(overlay, "broken-overlay", &target_of(index), message, help)
        })?;
        // Check all actions before any is applied: an update by another action is not part of the document.
        let is_unchanging = changes_nothing(root, action, &path);
        corrections.push(Correction { action, path, is_unchanging });
    }
    let locator = Locator::new(overlay);
    let mut dead = Vec::new();
    for (index, Correction { action, path, is_unchanging }) in corrections.into_iter().enumerate() {
        let from = Origin::new(file, action_pointer(index).child("update"));
        let effect = apply_one(root, action, &path, &from, additions).map_err(|pointer| {
            let message = format!("this action cannot be applied to {pointer}, a plain value");
            let help = "a target that is updated has to name objects or arrays";
            broken(overlay, "broken-overlay", &target_of(index), message, help)
        })?;
        let cause = match effect {
            Effect::None => DeadCause::MatchesNothing,
            Effect::Some if is_unchanging => DeadCause::ChangesNothing,
            Effect::Some => continue,
        };
        let words: Vec<&str> = action.description.split_whitespace().collect();
        dead.push(DeadAction {
            index,
            target: action.target.trim().to_owned(),
            reason: words.join(" "),
            cause,
            place: locator.locate(&action_pointer(index)),
        });
    }
    Ok(dead)
}

/// Reads the actions of an overlay.
fn actions(overlay: &Source) -> Result<Vec<Action>, Diagnostics> {
    let value = read::read(overlay)?;
    let help = "an overlay has `overlay: 1.0.0`, `info` and `actions`, each with `target` and \
                `update` or `remove`";
    let read: Overlay = serde_path_to_error::deserialize(&value).map_err(|error| {
        let message = format!("this is not an overlay: {}", error.inner());
        broken(overlay, "broken-overlay", &pointer_of(error.path()), message, help)
    })?;
    if !read.overlay.starts_with("1.0.") {
        let message = format!("this overlay is of version {}; 1.0 can be read", read.overlay);
        let pointer = Pointer::root().child("overlay");
        return Err(broken(overlay, "broken-overlay", &pointer, message, help).into());
    }
    check_actions(&value, overlay)?;
    Ok(read.actions)
}

fn action_pointer(index: usize) -> Pointer {
    Pointer::root().join(["actions", &index.to_string()])
}

fn target_of(index: usize) -> Pointer {
    action_pointer(index).child("target")
}

/// Whether every match of the action's target already contains the update of the action.
fn changes_nothing(root: &Value, action: &Action, path: &JsonPath) -> bool {
    let (false, Some(update)) = (action.remove, &action.update) else { return false };
    let found = path.find(root);
    let says = |pointer: &Pointer| {
        let value = root.pointer(pointer.as_str());
        value.is_some_and(|value| value.is_object() && holds(value, update))
    };
    !found.is_empty() && found.iter().all(says)
}

/// Whether merging `update` into `value` changes nothing. Merging appends to arrays, so only an empty array is no change.
fn holds(value: &Value, update: &Value) -> bool {
    match (value, update) {
        (Value::Object(value), Value::Object(update)) => update
            .iter()
            .all(|(key, update)| value.get(key).is_some_and(|value| holds(value, update))),
        (Value::Array(_), Value::Array(update)) => update.is_empty(),
        _ => value == update,
    }
}

/// Whether the target of an action matched anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    None,
    Some,
}

/// Applies an action to every match of its target. Returns the pointer to a value that cannot be updated as an error.
fn apply_one(
    root: &mut Value,
    action: &Action,
    path: &JsonPath,
    from: &Origin,
    additions: &mut Origins,
) -> Result<Effect, Pointer> {
    let mut found = path.find(root);
    let mut effect = Effect::None;
    if action.remove {
        // Remove each match once, from the last to the first, so that the indices of the others stay valid.
        found.sort_by_cached_key(by_index);
        found.dedup();
        for pointer in found.iter().rev() {
            if remove(root, pointer) {
                effect = Effect::Some;
            }
        }
        return Ok(effect);
    }
    for pointer in found {
        let (Some(value), Some(update)) = (root.pointer_mut(pointer.as_str()), &action.update)
        else {
            continue;
        };
        match value {
            Value::Array(elements) => {
                additions.insert(pointer.child(elements.len()), from.clone());
                elements.push(update.clone());
            }
            Value::Object(_) => merge(value, update, &pointer, from, additions),
            _ => return Err(pointer),
        }
        effect = Effect::Some;
    }
    Ok(effect)
}

/// A sort key that orders the elements of an array by index.
fn by_index(pointer: &Pointer) -> Vec<(Option<usize>, String)> {
    pointer.steps().map(|step| (step.parse().ok(), step)).collect()
}

/// Removes an entry or element. The root cannot be removed.
fn remove(root: &mut Value, pointer: &Pointer) -> bool {
    let Some(step) = pointer.steps().last() else { return false };
    match root.pointer_mut(pointer.parent().as_str()) {
        // `shift_remove` keeps the order of the other entries.
        Some(Value::Object(entries)) => entries.shift_remove(&step).is_some(),
        Some(Value::Array(elements)) => match step.parse() {
            Ok(index) if index < elements.len() => {
                elements.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// Merges as the specification requires: objects by key, arrays by appending, and any other value by replacing it.
fn merge(value: &mut Value, update: &Value, at: &Pointer, from: &Origin, additions: &mut Origins) {
    match (value, update) {
        (Value::Object(entries), Value::Object(update)) => {
            for (key, update) in update {
                let (at, from) = (at.child(key), from.child(key));
                match entries.get_mut(key) {
                    Some(value) => merge(value, update, &at, &from, additions),
                    None => {
                        entries.insert(key.clone(), update.clone());
                        additions.insert(at, from);
                    }
                }
            }
        }
        (Value::Array(elements), Value::Array(update)) => {
            for (index, element) in update.iter().enumerate() {
                additions.insert(at.child(elements.len()), from.child(index));
                elements.push(element.clone());
            }
        }
        (value, update) => {
            *value = update.clone();
            additions.insert(at.clone(), from.clone());
        }
    }
}

/// A diagnostic about the overlay itself.
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

/// Rejects actions with unknown keys (such as misspelt ones), without an effect, or without a description.
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

/// Deserializes a part of a document. An error has the pointer to the value that does not fit.
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
