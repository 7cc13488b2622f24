//! Verbs of a path that are aliases of the same operation.

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Pointer};

/// The keys of an operation that have to be equal if two verbs are aliases.
const COMPARED: [&str; 3] = ["parameters", "requestBody", "responses"];
/// The keys that may differ, because they do not affect requests and responses.
const IGNORED: [&str; 5] = ["description", "example", "examples", "summary", "title"];

/// Compares the operation at `twin` with the one at `original`. Returns where they differ.
pub(super) fn compare(
    document: &Document<'_>,
    original: &Pointer,
    twin: &Pointer,
) -> Option<Diagnostic> {
    let (left, right) = COMPARED.iter().find_map(|part| {
        let (left, right) = (original.child(part), twin.child(part));
        difference(document.value(&left), document.value(&right), &left, &right)
    })?;
    let message =
        format!("this differs from {left}, which has to be the same operation by another verb");
    let help = format!(
        "compare it with {}; if the document is wrong, correct one of the two with an overlay",
        document.place(&left)
    );
    Some(document.error(&right, "twins-differ", message).help(help))
}

/// The first place where two parts differ, as pointers into both.
fn difference(
    left: Option<&Value>,
    right: Option<&Value>,
    left_at: &Pointer,
    right_at: &Pointer,
) -> Option<(Pointer, Pointer)> {
    let here = || Some((left_at.clone(), right_at.clone()));
    match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            let keys = left.keys().chain(right.keys().filter(|key| !left.contains_key(*key)));
            let are_names = left_at.steps().last().is_some_and(|step| step == "properties");
            let ignored = |key: &str| IGNORED.contains(&key) || key.starts_with("x-");
            let mut compared = keys.filter(|key| are_names || !ignored(key));
            compared.find_map(|key| {
                difference(left.get(key), right.get(key), &left_at.child(key), &right_at.child(key))
            })
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| {
                difference(Some(left), Some(right), &left_at.child(index), &right_at.child(index))
            })
        }
        (left, right) if left == right => None,
        _ => here(),
    }
}
