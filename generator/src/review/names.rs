//! Names that are too long.

use std::collections::BTreeSet;

use super::{Decision, DecisionKind, Reviewed, snippet};
use crate::document::Pointer;
use crate::index::{self, Item, Role};

/// The maximum length of a name, in characters.
const LONGEST: usize = 40;

/// Finds types, variants and methods with long names, each name once.
pub(super) fn long(reviewed: Reviewed<'_, '_>) -> Vec<Decision> {
    let mut seen = BTreeSet::new();
    let mut decisions = Vec::new();
    for item in index::names(reviewed.api) {
        // Fields and setters have the names of properties; an overlay cannot shorten them.
        if !matches!(item.kind.role(), Role::Type | Role::Variant | Role::Method) {
            continue;
        }
        let name = item.path.rsplit("::").next().unwrap_or_default();
        if name.chars().count() > LONGEST && seen.insert(name.to_owned()) {
            decisions.extend(decision(reviewed, &item, name));
        }
    }
    decisions
}

/// Returns `None` for a name that no overlay can change, such as that of an enum value.
fn decision(reviewed: Reviewed<'_, '_>, item: &Item, name: &str) -> Option<Decision> {
    let at = reviewed.document.resolve(&item.place);
    let update = update(item, &at)?;
    let question = format!(
        "Is there a shorter name for `{}`? It has {} characters.",
        item.path,
        name.chars().count()
    );
    let mut decision = reviewed.decision(DecisionKind::LongName, item.path.as_str(), &at, question);
    let reason = format!("The name `{name}` would be too long.");
    decision.snippet = Some(snippet::action(&reviewed.path(&at), &reason, &[update]));
    Some(decision)
}

/// The overlay update that renames an item, if there is one.
fn update(item: &Item, at: &Pointer) -> Option<String> {
    let above = at.parent();
    let is_alternative = above.as_str().ends_with("/oneOf") || above.as_str().ends_with("/anyOf");
    match item.kind.role() {
        Role::Method => Some("x-fern-sdk-method-name: shorter".to_owned()),
        Role::Variant | Role::Type if is_alternative => Some("title: shorter".to_owned()),
        _ => None,
    }
}
