//! Strings that a description calls a date and time, without a format.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Decision, DecisionKind, Reviewed, snippet};
use crate::api::{Api, Field, Kind, Name, Operation, Payload, Type};
use crate::document::Pointer;

/// Words of a description that call a value a date and time, in lower case.
const WORDS: [&str; 6] =
    ["iso 8601", "iso-8601", "iso8601", "date and time", "date-time", "timestamp"];

/// A string with a description, where the document has both.
struct Text<'a> {
    /// The value that describes the string: a schema.
    schema: &'a Value,
    at: Pointer,
    description: &'a str,
}

/// Finds strings and lists of strings that are described as dates and times and have no format, each place once.
pub(super) fn without_format(reviewed: Reviewed<'_, '_>) -> Vec<Decision> {
    let mut seen = BTreeSet::new();
    let mut decisions = Vec::new();
    for (subject, field) in fields(reviewed.api) {
        let Some(text) = text(reviewed, field) else { continue };
        let lower = text.description.to_lowercase();
        let is_open = ["format", "enum"].iter().all(|key| text.schema.get(key).is_none());
        let is_time = WORDS.iter().any(|words| lower.contains(words));
        if is_open && is_time && seen.insert(text.at.clone()) {
            decisions.push(decision(reviewed, &subject, &text));
        }
    }
    decisions
}

/// All fields with strings: properties of objects, parameters, and parameters that are alternatives.
fn fields(api: &Api) -> Vec<(String, &Field)> {
    let mut fields = Vec::new();
    for (place, definition) in &api.types {
        let Kind::Struct(object) = &definition.kind else { continue };
        let (root, modules) = definition.public_path(place);
        let modules: String = modules.iter().map(|one| format!("{}::", one.as_str())).collect();
        let path = format!("{root}::{modules}{}", definition.name.as_str());
        let named = |field: &Field| format!("{path}::{}", field.key);
        fields.extend(object.fields.iter().map(|field| (named(field), field)));
    }
    for operation in api.operations() {
        let named = |field: &Field| format!("{} {}", operation.path, field.key);
        fields.extend(parameters(operation).map(|field| (named(field), field)));
    }
    fields.retain(|(_, field)| *field.ty.innermost() == Type::String);
    fields
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Field> {
    let arms = operation.choices.iter().flat_map(|choice| &choice.arms);
    let alternatives = arms.filter_map(|arm| match &arm.payload {
        Payload::Field(field) => Some(&**field),
        Payload::Object(_) | Payload::None => None,
    });
    operation.parameters.iter().map(|parameter| &parameter.field).chain(alternatives)
}

/// The string that a field describes, or the one in its list. The description may be that of the list or of a parameter.
fn text<'a>(reviewed: Reviewed<'a, '_>, field: &Field) -> Option<Text<'a>> {
    let mut at = field.at.clone()?;
    let mut value = reviewed.document.value(&at)?;
    let mut description = None;
    loop {
        description = description.or_else(|| value.get("description")?.as_str());
        let Some(inner) = ["schema", "items"].into_iter().find(|key| value.get(key).is_some())
        else {
            break;
        };
        at = at.child(inner);
        value = value.get(inner)?;
    }
    Some(Text { schema: value, at, description: description? })
}

fn decision(reviewed: Reviewed<'_, '_>, subject: &str, text: &Text<'_>) -> Decision {
    let question = format!(
        "Is `{subject}` a date-time? The documentation says “{}”, and the schema has no format.",
        text.description.lines().next().unwrap_or_default()
    );
    let mut decision =
        reviewed.decision(DecisionKind::TimeWithoutFormat, subject, &text.at, question);
    let reason = "The documentation calls it a date and time. The spec has no format.";
    let update = ["format: date-time".to_owned()];
    decision.snippet = Some(snippet::action(&reviewed.path(&text.at), reason, &update));
    decision
}
