//! Corrections to a document: the OpenAPI Overlay Specification 1.0.

use roas_overlay::apply::{Apply, ApplyErrorKind, ApplyOptions};
use roas_overlay::v1_0::Overlay;
use serde::Deserialize;
use serde_json::Value;

use super::locate::Locator;
use super::pointer::Pointer;
use super::read;
use crate::Source;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// Applies `overlay` to `root`. An action that matches nothing is an error: it has outlived its reason.
pub(crate) fn apply(root: &mut Value, overlay: &Source) -> Result<(), Diagnostics> {
    let value = read::read(overlay)?;
    let actions: Overlay = serde_path_to_error::deserialize(&value).map_err(|error| {
        let message = format!("this is not an overlay: {}", error.inner());
        let help = "an overlay has `overlay: 1.0.0`, `info` and `actions`, each with `target` and \
                    `update` or `remove`";
        broken(overlay, "broken-overlay", &pointer_of(error.path()), message, help)
    })?;
    check_actions(&value, overlay)?;
    actions.apply(root, ApplyOptions::ErrorOnZeroMatch.into()).map_err(|error| {
        let pointer = Pointer::root().join(["actions", &error.action_index.to_string(), "target"]);
        let (code, help) = match error.kind {
            ApplyErrorKind::ZeroMatch => (
                "overlay-matches-nothing",
                "the document has changed: look whether the correction is still needed, and remove \
                 or retarget it",
            ),
            ApplyErrorKind::InvalidJsonPath(_) => (
                "broken-overlay",
                "a target is a JSONPath as in RFC 9535, such as $.paths['/a/b'].post",
            ),
            _ => ("broken-overlay", "a target has to name objects or arrays"),
        };
        let message = match &error.kind {
            ApplyErrorKind::ZeroMatch => format!("this action matches nothing: {}", error.target),
            other => format!("this action cannot be applied: {other}"),
        };
        broken(overlay, code, &pointer, message, help)
    })?;
    Ok(())
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
