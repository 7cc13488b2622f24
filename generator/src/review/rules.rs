//! Rules about combining parameters that a description states and no schema expresses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::body::Body;
use super::{Decision, DecisionKind, Reviewed, choices, snippet};
use crate::api::Operation;

/// The extension that says that an operation needs at least one of its parameters.
const AT_LEAST_ONE: &str = "x-has-required-parameters";

/// Marks a sentence that parameters are given together or not at all.
const COMBINED: &str = "must be combined with";

/// Phrases in sentences about combining parameters, in lower case.
const WORDS: [&str; 12] = [
    "one of ",
    "either ",
    COMBINED,
    "combination of",
    "only provide",
    "must provide",
    "must specify",
    "must include",
    "must set",
    "not both",
    "mutually exclusive",
    "at least one",
];

/// Finds sentences about combining parameters whose rule the schema does not express.
pub(super) fn unexpressed(reviewed: Reviewed<'_, '_>) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for operation in reviewed.api.operations() {
        let Some(body) = Body::of(reviewed, operation) else { continue };
        let is_told = reviewed.document.value(&operation.at.child(AT_LEAST_ONE)).is_some();
        for (keys, sentence) in rules(reviewed, operation, &body) {
            if !is_told && !body.chooses_among(&keys) && !keys.is_subset(&body.required) {
                decisions.push(rule(reviewed, operation, &body, &keys, &sentence));
            }
        }
    }
    decisions
}

/// Finds operations that need some parameter, if the document does not say which.
pub(super) fn at_least_one(reviewed: Reviewed<'_, '_>) -> Vec<Decision> {
    let operations = reviewed.api.operations().into_iter().filter_map(|operation| {
        let at = operation.at.child(AT_LEAST_ONE);
        let says = reviewed.document.value(&at)?;
        let body = Body::of(reviewed, operation)?;
        let is_open = *says == Value::Bool(true) && body.required.is_empty() && body.groups.is_empty();
        is_open.then(|| {
            let path = &operation.path;
            let question = format!(
                "Which parameters does `{path}` need one of? As it stands any of them will do, and only when it is sent \
                 is it seen that none is given."
            );
            let keys: Vec<&str> = body.properties.keys().copied().filter(|key| tells(key)).collect();
            let reason = "The spec says that a parameter is needed, and not of which.";
            let target = reviewed.path(&operation.at);
            let update = [format!("{AT_LEAST_ONE}: [{}]", keys.join(", "))];
            let mut decision = reviewed.decision(DecisionKind::AtLeastOne, path, &at, question);
            decision.snippet = Some(snippet::action(&target, reason, &update));
            decision
        })
    });
    operations.collect()
}

/// Whether a parameter can identify the subject of a call. Page size and similar parameters cannot.
fn tells(key: &str) -> bool {
    !["limit", "page_cursor", "include", "exclude"].contains(&key)
}

/// The sentences about combining parameters of an operation, by the parameters that they mention.
fn rules<'a>(
    reviewed: Reviewed<'a, '_>,
    operation: &Operation,
    body: &Body<'a>,
) -> BTreeMap<BTreeSet<&'a str>, String> {
    let own = reviewed.document.value(&operation.at).and_then(|value| value.get("description"));
    let texts = own.map(|text| (None, text)).into_iter();
    let of_properties = body.properties.iter();
    let of_properties =
        of_properties.filter_map(|(key, value)| Some((Some(*key), value.get("description")?)));
    let mut rules = BTreeMap::new();
    for (owner, text) in texts.chain(of_properties) {
        for sentence in sentences(text.as_str().unwrap_or_default()) {
            let lower = sentence.to_lowercase();
            if !WORDS.iter().any(|words| lower.contains(words)) {
                continue;
            }
            let mut keys = mentioned(sentence, body);
            keys.extend(owner);
            if keys.len() > 1 {
                rules.entry(keys).or_insert_with(|| sentence.to_owned());
            }
        }
    }
    rules
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// The properties that a sentence mentions, by their full names or by a prefix (`set_point` for `set_point_celsius`).
fn mentioned<'a>(sentence: &str, body: &Body<'a>) -> BTreeSet<&'a str> {
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words: BTreeSet<&str> =
        words.filter(|word| word.contains('_') || is_code(sentence, word)).collect();
    let is_named = |key: &&str| {
        words.iter().any(|word| {
            key == word || key.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'))
        })
    };
    body.properties.keys().copied().filter(is_named).collect()
}

/// Whether a word is marked as code. Without the mark, a plain English word is not taken for a parameter.
fn is_code(sentence: &str, word: &str) -> bool {
    !word.is_empty() && sentence.contains(&format!("`{word}`"))
}

fn rule(
    reviewed: Reviewed<'_, '_>,
    operation: &Operation,
    body: &Body<'_>,
    keys: &BTreeSet<&str>,
    sentence: &str,
) -> Decision {
    let path = &operation.path;
    let list = keys.iter().copied().collect::<Vec<_>>().join("`, `");
    let question = format!(
        "Is one of `{list}` an argument of `{path}`? The documentation says “{sentence}”, and the schema does not."
    );
    let reason = format!(
        "The documentation says \"{sentence}\" The schema only calls all of them optional."
    );
    let lower = sentence.to_lowercase();
    let (target, update) = if lower.contains("at least one") {
        let keys: Vec<&str> = keys.iter().copied().collect();
        (reviewed.path(&operation.at), vec![format!("{AT_LEAST_ONE}: [{}]", keys.join(", "))])
    } else {
        let together = together(sentence, keys);
        let single = keys.iter().filter(|key| !together.contains(*key));
        let mut update = vec![
            "allOf:".to_owned(),
            format!("  - title: {}", choices::title(operation)),
            "    oneOf:".to_owned(),
        ];
        update.extend(single.map(|key| format!("      - required: [{key}]")));
        if !together.is_empty() {
            update.push(format!("      - title: {}", together.join("_and_")));
            update.push(format!("        required: [{}]", together.join(", ")));
        }
        if lower.contains(COMBINED) {
            update.push("      - {}".to_owned());
        }
        (snippet::target(reviewed, operation, &body.at), update)
    };
    let subject = format!("{path} {list}");
    let mut decision =
        reviewed.decision(DecisionKind::UnexpressedRule, subject, &operation.at, question);
    decision.snippet = Some(snippet::action(&target, &reason, &update));
    decision
}

/// The parameters that a sentence requires together: all if they "must be combined", or those after "both" or "combination
/// of".
fn together<'k>(sentence: &str, keys: &BTreeSet<&'k str>) -> Vec<&'k str> {
    if sentence.to_lowercase().contains(COMBINED) {
        return keys.iter().copied().collect();
    }
    let marks = ["both ", "combination of "];
    let Some(rest) = marks.iter().find_map(|mark| Some(sentence.split_once(mark)?.1)) else {
        return Vec::new();
    };
    let rest = rest.split(" or ").next().unwrap_or_default();
    keys.iter().copied().filter(|key| rest.contains(key)).collect()
}
