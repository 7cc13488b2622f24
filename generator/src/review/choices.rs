//! Choices between parameters that have no title.

use serde_json::Value;

use super::body::{Body, Group, required};
use super::{Decision, DecisionKind, Reviewed, snippet};
use crate::api::Operation;

/// Finds choices without a title, and alternatives without a title that require several parameters.
pub(super) fn untitled(reviewed: Reviewed<'_, '_>) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for operation in reviewed.api.operations() {
        let Some(body) = Body::of(reviewed, operation) else { continue };
        for group in &body.groups {
            decisions.extend(decision(reviewed, operation, group));
        }
    }
    decisions
}

fn decision(
    reviewed: Reviewed<'_, '_>,
    operation: &Operation,
    group: &Group<'_>,
) -> Option<Decision> {
    if group.keyword != "oneOf" || group.schema.get("discriminator").is_some() {
        return None;
    }
    let has_title = group.schema.get("title").is_some();
    let unnamed: Vec<(usize, Vec<&str>)> = (group.branches.iter().enumerate())
        .filter(|(_, branch)| branch.get("title").is_none())
        .map(|(index, branch)| (index, required(branch).collect::<Vec<_>>()))
        .filter(|(_, keys)| keys.len() > 1)
        .collect();
    if has_title && unnamed.is_empty() {
        return None;
    }
    let path = &operation.path;
    let mut question = if has_title {
        format!("What are these alternatives of `{path}` to be called?")
    } else {
        format!(
            "What are the alternatives of `{path}` alternatives of? The argument is called `choice` now."
        )
    };
    for (_, keys) in &unnamed {
        question.push_str(&format!(" One takes `{}` together.", keys.join("` and `")));
    }
    let mut actions = Vec::new();
    let own = snippet::target(reviewed, operation, &group.at);
    if !has_title {
        let reason =
            "The spec has the alternatives, but no name for what they are alternatives of.";
        actions.push(snippet::action(&own, reason, &[format!("title: {}", title(operation))]));
    }
    for (index, keys) in &unnamed {
        let target = format!("{own}.oneOf[{index}]");
        let reason = "The spec has no name for this alternative.";
        let word = word(keys, group, *index);
        actions.push(snippet::action(&target, reason, &[format!("title: {word}")]));
    }
    let mut decision =
        reviewed.decision(DecisionKind::UntitledChoice, path.as_str(), &group.at, question);
    decision.snippet = Some(actions.concat());
    Some(decision)
}

/// Suggests a title for a choice, by the verb of the operation.
pub(super) fn title(operation: &Operation) -> &'static str {
    match operation.wire.split('_').next().unwrap_or_default() {
        "get" | "update" => "identifier",
        "list" => "scope",
        _ => "target",
    }
}

/// Suggests a title for an alternative: the first of its keys that no other alternative requires.
fn word(keys: &[&str], group: &Group<'_>, index: usize) -> String {
    let others = group.branches.iter().enumerate().filter(|(other, _)| *other != index);
    let others: Vec<&Value> = others.map(|(_, branch)| *branch).collect();
    let is_own = |key: &&&str| others.iter().all(|other| required(other).all(|one| one != **key));
    let key = keys.iter().find(is_own).or(keys.first()).copied().unwrap_or_default();
    let ends = ["_ids", "_id", "_keys", "_key"];
    ends.iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key).to_owned()
}
