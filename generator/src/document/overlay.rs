//! Corrections to a document: the OpenAPI Overlay Specification 1.0.

use serde::{Deserialize, Deserializer, de::Error as _, de::Unexpected};
use serde_json::Value;

use super::jsonpath::Query;
use super::locate::Locator;
use super::pointer::Pointer;
use super::read;
use crate::Source;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// An overlay. What is only for people is not read further.
#[derive(Deserialize)]
struct Overlay {
    #[serde(deserialize_with = "version")]
    #[allow(dead_code, reason = "it has to be one that is supported")]
    overlay: String,
    #[allow(dead_code, reason = "it has to be there")]
    info: Info,
    actions: Vec<Action>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "it has to be there")]
struct Info {
    title: String,
    version: String,
}

#[derive(Deserialize)]
struct Action {
    target: String,
    #[allow(dead_code, reason = "it has to be a text")]
    description: Option<String>,
    update: Option<Value>,
    remove: Option<bool>,
}

fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let patch = text.strip_prefix("1.0.").unwrap_or_default();
    if patch.is_empty() || !patch.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(D::Error::invalid_value(Unexpected::Str(&text), &"a version such as `1.0.0`"));
    }
    Ok(text)
}

/// Applies `overlay` to `root`. An action that matches nothing is an error: it has outlived its reason.
pub(crate) fn apply(root: &mut Value, overlay: &Source) -> Result<(), Diagnostics> {
    let value = read::read(overlay)?;
    let Overlay { actions, .. } = serde_path_to_error::deserialize(&value).map_err(|error| {
        let message = format!("this is not an overlay: {}", error.inner());
        let help = "an overlay has `overlay: 1.0.0`, `info` and `actions`, each with `target` and \
                    `update` or `remove`";
        broken(overlay, "broken-overlay", &pointer_of(error.path()), message, help)
    })?;
    check_actions(&value, overlay)?;
    let mut corrected = root.clone();
    for (index, action) in actions.iter().enumerate() {
        let pointer = Pointer::root().join(["actions", &index.to_string(), "target"]);
        let found = targets(action, &corrected, &pointer, overlay)?;
        action.apply(&mut corrected, found);
    }
    *root = corrected;
    Ok(())
}

/// The places that an action changes.
fn targets(
    action: &Action,
    root: &Value,
    pointer: &Pointer,
    overlay: &Source,
) -> Result<Vec<Pointer>, Diagnostics> {
    let target = &action.target;
    let refuse = |message: String, help: &str| -> Diagnostics {
        broken(overlay, "broken-overlay", pointer, message, help).into()
    };
    let query = Query::parse(target).map_err(|message| {
        let help = "a target is a JSONPath as in RFC 9535, such as $.paths['/a/b'].post";
        refuse(format!("this action cannot be applied: invalid JSONPath: {message}"), help)
    })?;
    let found = query.locate(root);
    if found.is_empty() {
        let help = "the document has changed: look whether the correction is still needed, and remove \
                    or retarget it";
        let message = format!("this action matches nothing: {target}");
        return Err(broken(overlay, "overlay-matches-nothing", pointer, message, help).into());
    }
    let is_container = |place: &Pointer| {
        root.pointer(&place.to_string()).is_some_and(|value| value.is_object() || value.is_array())
    };
    if !found.iter().all(is_container) {
        let message = "this action cannot be applied: its target is neither an object nor an array";
        return Err(refuse(message.to_owned(), "a target has to name objects or arrays"));
    }
    if action.remove == Some(true) && found.iter().any(|place| place.to_string().is_empty()) {
        let message = "this action cannot be applied: it removes the whole document";
        return Err(refuse(message.to_owned(), "a target to remove is a part of the document"));
    }
    Ok(found)
}

impl Action {
    fn apply(&self, root: &mut Value, mut found: Vec<Pointer>) {
        if self.remove == Some(true) {
            // From the end, as elements behind one that is removed move up.
            let in_order = |place: &Pointer| -> Vec<(Option<usize>, String)> {
                place.steps().map(|step| (step.parse().ok(), step)).collect()
            };
            found.sort_by_key(in_order);
            for place in found.iter().rev() {
                remove(root, place);
            }
            return;
        }
        for place in found {
            if let (Some(target), Some(update)) =
                (root.pointer_mut(&place.to_string()), &self.update)
            {
                merge(target, update);
            }
        }
    }
}

/// Merges objects entry by entry and appends to arrays (Overlay 1.0.0, 4.4.3.1); everything else is replaced.
fn merge(target: &mut Value, update: &Value) {
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(present) => merge(present, value),
                    None => _ = target.insert(key.clone(), value.clone()),
                }
            }
        }
        (Value::Array(target), Value::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

fn remove(root: &mut Value, place: &Pointer) {
    let Some(key) = place.steps().last() else { return };
    match root.pointer_mut(&place.parent().to_string()) {
        // The order of the other entries stays.
        Some(Value::Object(entries)) => _ = entries.shift_remove(&key),
        Some(Value::Array(elements)) => {
            if let Some(index) = key.parse::<usize>().ok().filter(|index| *index < elements.len()) {
                elements.remove(index);
            }
        }
        _ => {}
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn corrected(mut root: Value, target: &str, what: &str) -> Result<Value, String> {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{ title: T, version: '1' }}\nactions:\n  - target: {target}\n    \
             description: Why.\n    {what}\n"
        );
        let overlay = Source { name: "overlay.yaml".to_owned(), text };
        apply(&mut root, &overlay).map_err(|diagnostics| diagnostics.to_string())?;
        Ok(root)
    }

    #[test]
    fn updates_are_merged_into_objects_and_appended_to_arrays() {
        let root = json!({"a": {"b": {"c": 1}, "l": [1], "t": "x"}});
        let what = "update: { b: { d: 2 }, l: [2], t: [3] }";
        let expected = json!({"a": {"b": {"c": 1, "d": 2}, "l": [1, 2], "t": [3]}});
        assert_eq!(corrected(root.clone(), "$.a", what), Ok(expected));
        let expected = json!({"a": {"b": {"c": 1}, "l": [1, 2], "t": "x"}});
        assert_eq!(corrected(root, "\"$.a['l', 'l']\"", "update: [2]"), Ok(expected));
    }

    #[test]
    fn elements_are_removed_wherever_the_target_names_them() {
        let elements: Vec<Value> = (0..12).map(|n| json!({ "n": n })).collect();
        let root = json!({ "l": elements });
        let expected = json!({"l": [{"n": 3}, {"n": 4}]});
        let target = "\"$.l[11, 0, 10, 1:3, 5:10]\"";
        assert_eq!(corrected(root.clone(), target, "remove: true"), Ok(expected));
        assert_eq!(corrected(root, "$..*[?@.n >= 0]", "remove: true"), Ok(json!({"l": []})));
    }

    #[test]
    fn a_target_is_an_object_or_an_array_and_a_part() {
        let message = corrected(json!({"a": 1}), "$.a", "update: 2").unwrap_err();
        assert!(message.contains("neither an object nor an array"), "{message}");
        let message = corrected(json!({"a": 1}), "$", "remove: true").unwrap_err();
        assert!(message.contains("removes the whole document"), "{message}");
    }
}
