//! Operations without the counterpart that undoes them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Decision, DecisionKind, Reviewed, snippet};
use crate::api::{Namespace, Operation};
use crate::document::Pointer;

/// The first word of an operation's name, and that of the operation that undoes it.
const PAIRS: [(&str, &str); 10] = [
    ("create", "delete"),
    ("add", "remove"),
    ("assign", "unassign"),
    ("grant", "revoke"),
    ("lock", "unlock"),
    ("suspend", "unsuspend"),
    ("enable", "disable"),
    ("activate", "deactivate"),
    ("connect", "disconnect"),
    ("start", "stop"),
];

/// Finds operations whose namespace has no counterpart for them.
pub(super) fn missing(reviewed: Reviewed<'_, '_>) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let mut open: Vec<&Namespace> = reviewed.api.namespaces.iter().collect();
    while let Some(namespace) = open.pop() {
        open.extend(&namespace.namespaces);
        let names: BTreeMap<&str, &Operation> =
            namespace.operations.iter().map(|one| (one.wire.as_str(), one)).collect();
        for operation in &namespace.operations {
            let Some(other) = counterpart(&operation.wire) else { continue };
            // `remove_from_group` may undo `add_user`: only the first word has to match.
            let word = other.split('_').next().unwrap_or_default();
            let has_it = |name: &&&str| name.split('_').next() == Some(word);
            if names.keys().find(has_it).is_none() {
                decisions.push(decision(reviewed, operation, &other));
            }
        }
    }
    decisions
}

/// The expected name of the counterpart of an operation.
fn counterpart(name: &str) -> Option<String> {
    let (first, rest) = name.split_at(name.find('_').unwrap_or(name.len()));
    let (_, other) = PAIRS.iter().find(|(one, _)| first == *one)?;
    Some(format!("{other}{rest}"))
}

fn decision(reviewed: Reviewed<'_, '_>, operation: &Operation, other: &str) -> Decision {
    let path = &operation.path;
    let other_path = path.rsplit_once('/').map(|(above, _)| format!("{above}/{other}"));
    let at = other_path.as_ref().map(|path| Pointer::root().join(["paths", path]));
    let hidden = at.and_then(|at| hidden(reviewed, &at));
    let question = match &hidden {
        Some(_) => format!(
            "Is `{other}` to be part of the client, as `{path}` is? It is marked as undocumented."
        ),
        None => format!(
            "Should there be `{other}` beside `{path}`? The document has nothing of the kind."
        ),
    };
    let kind = DecisionKind::MissingCounterpart;
    let mut decision = reviewed.decision(kind, path.as_str(), &operation.at, question);
    decision.snippet = hidden.map(|verb| {
        let reason = format!("`{path}` is documented, and this belongs to it.");
        snippet::action(&reviewed.path(&verb), &reason, &["x-undocumented: false".to_owned()])
    });
    decision
}

/// Finds the first operation of a path that is marked as undocumented.
fn hidden(reviewed: Reviewed<'_, '_>, path: &Pointer) -> Option<Pointer> {
    let verbs = reviewed.document.value(path)?.as_object()?;
    let is_hidden = |value: &Value| value.get("x-undocumented").is_some();
    let verb = verbs.iter().find(|(_, value)| is_hidden(value))?.0;
    Some(path.child(verb))
}
