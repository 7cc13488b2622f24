//! How the old client reads the response of an operation.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::graph::{Need, Position};
use super::names::{Side, Sides};
use super::object::ExpectedProperty;
use super::read::{ReadOutcome, Reader};
use super::value::{Object, Origin, Property, Value, values};
use super::{Frequency, Outcome, WireChangeKind};
use crate::api::{Answer, Beside, Kind, Operation, Place, Presence, Usage};
use crate::document::Pointer;
use crate::index::places;

/// The body of a response, as the new document describes it.
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
    let body = body(new_side, new);
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
    }
    node
}

impl<'a> Body<'a> {
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

/// The body of the successful response.
fn body<'a>(side: Side<'a>, operation: &'a Operation) -> Body<'a> {
    let (mut may_be_empty, mut other) = (false, None);
    let json = match &operation.answer {
        Answer::Key { key, ty, presence, beside, .. } => {
            let result = (key.as_str(), Property::new(ty, *presence));
            let object = keyed(operation, result, beside);
            vec![Value::Object(Rc::new(object))]
        }
        Answer::Body(ty) => values(side, ty),
        Answer::Optional(ty) => {
            may_be_empty = true;
            values(side, ty)
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
        Answer::Nothing => {
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
