//! How the old client reads the response of an operation.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::graph::{Need, Position};
use super::names::{Side, Sides};
use super::object::ExpectedProperty;
use super::read::{ReadOutcome, Reader};
use super::value::{Object, Origin, Property, Value, values};
use super::{Frequency, Outcome, WireChangeKind};
use crate::api::{
    Answer, Beside, Kind, Operation, Place, Presence, SuccessContent, SuccessStatus, Usage, Variant,
};
use crate::document::Pointer;
use crate::index::places;

/// The body of a response, as the new document describes it.
#[derive(Default)]
struct Body<'a> {
    json: Vec<Value<'a>>,
    /// Whether the body may be empty.
    may_be_empty: bool,
    /// Difference the body is if it is not JSON.
    other: Option<&'static str>,
}

const USELESS: &str = "the response cannot be read";

/// Reads the response of `new` as the client of `old` does. Returns the node with the findings.
pub(super) fn read<'a>(reader: &mut Reader<'a>, old: &'a Operation, new: &'a Operation) -> usize {
    let Sides { old: old_side, new: new_side } = reader.sides;
    let node = reader.graph.node();
    let at = Position {
        node,
        item: old_side.names.method(old),
        old: Some(success(old)),
        new: Some(success(new)),
        need: Need::Needed,
    };
    let bodies = bodies(new_side, new);
    if let Answer::ByStatus { ty, is_optional } = &old.answer {
        let old = OldStatuses { statuses: &old.successes, is_optional: *is_optional };
        old.read(reader, &at, variants(old_side, ty), &bodies);
        return node;
    }
    let body = Body::of_all(bodies, old);
    match &old.answer {
        Answer::Nothing => {}
        Answer::Text | Answer::Bytes => as_it_comes(reader, &at, old, new),
        Answer::Key { key, ty, presence, .. } => {
            body.must_be_json(reader, &at, true);
            let presence = match presence {
                Presence::Required | Presence::Identity => Presence::Identity,
                _ => Presence::Optional,
            };
            let known =
                ExpectedProperty { key, ty, presence, missing: WireChangeKind::ResultMissing };
            for value in &body.json {
                match value {
                    Value::Object(object) => reader.property(&at, &known, Usage::Answers, object),
                    other => changed(reader, &at, other.described(), Frequency::Sometimes),
                }
            }
        }
        Answer::Body(ty) => {
            body.must_be_json(reader, &at, true);
            body.each(reader, &at, |reader, at, value| reader.read(at, ty, value));
        }
        Answer::Optional(ty) => {
            body.must_be_json(reader, &at, false);
            body.each(reader, &at, |reader, at, value| match value {
                Value::Null => ReadOutcome::Read,
                value => reader.read(at, ty, value),
            });
        }
        Answer::Envelope { ty, .. } => {
            let at = Position { need: Need::Droppable, ..at };
            body.must_be_json(reader, &at, false);
            body.each(reader, &at, |reader, at, value| reader.definition(at, ty, value));
        }
        Answer::ByStatus { .. } => {}
    }
    node
}

impl<'a> Body<'a> {
    /// All that a client may receive that reads all statuses alike, except those that it knows to have no body.
    fn of_all(bodies: Vec<(&str, Self)>, old: &Operation) -> Self {
        let is_ignored = |status: &str| {
            matches!(old.answer, Answer::Optional(_))
                && old.statuses_without_body().any(|without| without == status)
        };
        let mut all = Body::default();
        for (status, body) in bodies {
            if is_ignored(status) {
                all.may_be_empty = true;
                continue;
            }
            all.may_be_empty |= body.may_be_empty;
            all.other = all.other.or(body.other);
            for value in body.json {
                if !all.json.contains(&value) {
                    all.json.push(value);
                }
            }
        }
        all
    }

    /// Reads each possible value of the body.
    fn each(
        &self,
        reader: &mut Reader<'a>,
        at: &Position,
        read: impl Fn(&mut Reader<'a>, &Position, &Value<'a>) -> ReadOutcome,
    ) {
        for value in &self.json {
            if let ReadOutcome::Mismatch { found, .. } = read(reader, at, value) {
                changed(reader, at, found, Frequency::Sometimes);
            }
        }
    }

    /// Reports a body that is not JSON, or one that may be empty although it is needed.
    fn must_be_json(&self, reader: &mut Reader<'_>, at: &Position, is_needed: bool) {
        if is_needed && self.may_be_empty {
            let frequency =
                if self.json.is_empty() { Frequency::Always } else { Frequency::Sometimes };
            changed(reader, at, "nothing", frequency);
        }
        if let Some(other) = self.other {
            changed(reader, at, other, Frequency::Always);
        }
    }
}

/// The statuses that the old client tells apart.
struct OldStatuses<'a> {
    statuses: &'a [SuccessStatus],
    is_optional: bool,
}

impl<'a> OldStatuses<'a> {
    /// Reads the body of each status.
    fn read(
        &self,
        reader: &mut Reader<'a>,
        at: &Position,
        variants: &'a [Variant],
        bodies: &[(&str, Body<'a>)],
    ) {
        for (status, body) in bodies {
            match self.find(status) {
                Some((SuccessContent::Json, variant)) => {
                    body.must_be_json(reader, at, !self.is_optional);
                    let Some(variant) = variants.get(variant) else { continue };
                    body.each(reader, at, |reader, at, value| match value {
                        Value::Null if self.is_optional => ReadOutcome::Read,
                        value => reader.read(at, &variant.ty, value),
                    });
                }
                Some(_) => {}
                None if body.json.is_empty() && body.may_be_empty && self.is_optional => {}
                None => {
                    body.must_be_json(reader, at, false);
                    if body.other.is_none() {
                        unknown_status(reader, at, status);
                    }
                }
            }
        }
    }

    /// What the body of a status is, and the position of its variant.
    fn find(&self, status: &str) -> Option<(SuccessContent, usize)> {
        let is_range = |one: &SuccessStatus| one.status.parse::<u16>().is_err();
        let exact = self.statuses.iter().position(|one| one.status == status);
        let index = exact.or_else(|| self.statuses.iter().position(is_range))?;
        let before = self.statuses.iter().take(index);
        let variant = before.filter(|one| one.content != SuccessContent::Nothing).count();
        Some((self.statuses.get(index)?.content, variant))
    }
}

fn unknown_status(reader: &mut Reader<'_>, at: &Position, status: &str) {
    let what = format!("`{}` may respond with the status {status}", at.item);
    let outcome = (Outcome::Keeps, Frequency::Sometimes);
    let consequence = "it is kept as an unknown variant";
    reader.add(at, outcome, WireChangeKind::UnknownVariant, what, consequence);
}

fn changed(reader: &mut Reader<'_>, at: &Position, found: &'static str, frequency: Frequency) {
    let how = match frequency {
        Frequency::Always => "returns",
        Frequency::Sometimes => "may return",
    };
    let what = format!("`{}` {how} {found}", at.item);
    reader.add(at, (Outcome::Fails, frequency), WireChangeKind::ResponseChanged, what, USELESS);
}

/// Reports a new media type. Text and bytes can always be read, but the client asks for one media type.
fn as_it_comes(reader: &mut Reader<'_>, at: &Position, old: &Operation, new: &Operation) {
    if old.accept == new.accept {
        return;
    }
    let json = "application/json";
    let [asked, given] = [old, new].map(|one| one.accept.as_deref().unwrap_or(json));
    let what = format!("`{}` requests `{asked}`, and the API now returns `{given}`", at.item);
    let consequence = "the API may reject the request or return other content";
    let outcome = (Outcome::Fails, Frequency::Sometimes);
    reader.add(at, outcome, WireChangeKind::ResponseChanged, what, consequence);
}

/// The pointer to the successful response of an operation.
fn success(operation: &Operation) -> Pointer {
    places::operation(operation).child("responses").child("2XX")
}

/// The bodies of successful responses, by status.
fn bodies<'a>(side: Side<'a>, operation: &'a Operation) -> Vec<(&'a str, Body<'a>)> {
    let mut variants = match &operation.answer {
        Answer::ByStatus { ty, .. } => variants(side, ty).iter(),
        _ => [].iter(),
    };
    let of_status = |one: &'a SuccessStatus| {
        let json = match (&operation.answer, one.content) {
            (Answer::Body(ty) | Answer::Optional(ty), SuccessContent::Json) => values(side, ty),
            (_, SuccessContent::Nothing) => Vec::new(),
            _ => variants.next().map(|one| values(side, &one.ty)).unwrap_or_default(),
        };
        let is_json = one.content == SuccessContent::Json;
        let may_be_empty = one.content == SuccessContent::Nothing;
        let json = if is_json { json } else { Vec::new() };
        let other = (one.content == SuccessContent::Text).then_some("a text");
        (one.status.as_str(), Body { json, may_be_empty, other })
    };
    match &operation.answer {
        Answer::Body(_) | Answer::Optional(_) | Answer::ByStatus { .. } => {
            operation.successes.iter().map(of_status).collect()
        }
        _ => {
            let status = operation.successes.first().map_or("", |one| one.status.as_str());
            vec![(status, body(side, operation))]
        }
    }
}

/// The variants of a response that depends on the status.
fn variants<'a>(side: Side<'a>, ty: &Place) -> &'a [Variant] {
    let definition = side.api.types.get(side.api.defined_at(ty));
    match definition.map(|definition| &definition.kind) {
        Some(Kind::Union(union)) => &union.variants,
        _ => &[],
    }
}

/// The body if it does not depend on the status.
fn body<'a>(side: Side<'a>, operation: &'a Operation) -> Body<'a> {
    let (mut may_be_empty, mut other) = (false, None);
    let json = match &operation.answer {
        Answer::Key { key, ty, presence, beside, .. } => {
            let result = (key.as_str(), Property::new(ty, *presence));
            let object = keyed(operation, result, beside);
            vec![Value::Object(Rc::new(object))]
        }
        Answer::Envelope { ty, described } => {
            let object = envelope(side, operation, ty, |key| described.get(key).copied());
            vec![Value::Object(Rc::new(object))]
        }
        Answer::Text => {
            other = Some("a text");
            Vec::new()
        }
        Answer::Bytes => {
            other = Some("bytes");
            Vec::new()
        }
        Answer::Body(_) | Answer::Optional(_) | Answer::ByStatus { .. } | Answer::Nothing => {
            may_be_empty = true;
            Vec::new()
        }
    };
    Body { json, may_be_empty, other }
}

/// The body if the result is one of its properties. The other properties matter if the old client's result is one of them.
fn keyed<'a>(
    operation: &Operation,
    (key, result): (&'a str, Property<'a>),
    beside: &'a BTreeMap<String, Beside>,
) -> Object<'a> {
    let mut object = Object::new(Origin::Body(operation.place(), 0), Some(success(operation)));
    for (key, Beside { presence, ty }) in beside {
        let ty = ty.as_ref();
        let unknown = || Property::unknown(*presence);
        object.add(key, ty.map_or_else(unknown, |ty| Property::new(ty, *presence)));
    }
    object.add(key, result);
    object
}

/// The body of an operation without a result, with the presence of its properties as the document describes it.
fn envelope<'a>(
    side: Side<'a>,
    operation: &Operation,
    ty: &'a Place,
    presence: impl Fn(&str) -> Option<Presence>,
) -> Object<'a> {
    let mut object = Object::new(Origin::Body(operation.place(), 0), Some(success(operation)));
    let definition = side.api.types.get(side.api.defined_at(ty));
    if let Some(Kind::Struct(known)) = definition.map(|definition| &definition.kind) {
        for field in &known.fields {
            let presence = presence(&field.key).unwrap_or(field.presence);
            object.add(&field.key, Property::new(&field.ty, presence));
        }
    }
    object
}
