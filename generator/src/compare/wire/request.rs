//! Checks what the old client sends against what the new API expects.

use std::rc::Rc;

use super::accept::Checker;
use super::graph::{Need, Position};
use super::names::Side;
use super::object::ExpectedProperty;
use super::value::{Object, Origin, Property, Text, Value, values};
use super::{Frequency, WireChangeKind};
use crate::api::{
    Arm, Body, Choice, Kind, Operation, Parameter, ParameterLocation, Payload, Place, Presence,
    Type, Whole,
};
use crate::document::Pointer;
use crate::index::{Role, places};

/// Checks the requests of `old` against what `new` expects. Returns the node with the findings.
pub(super) fn check<'a>(
    checker: &mut Checker<'a>,
    old: &'a Operation,
    new: &'a Operation,
) -> usize {
    let node = checker.graph.node();
    let at = Position {
        node,
        item: checker.sides.old.names.method(old),
        old: Some(places::operation(old)),
        new: Some(places::operation(new)),
        need: Need::Needed,
    };
    outside(checker, &at, old, new);
    body(checker, &at, old, new);
    at_least_one(checker, &at, old, new);
    node
}

/// Reports groups of parameters of which one is required, if the old client may send none.
fn at_least_one(checker: &mut Checker<'_>, at: &Position, old: &Operation, new: &Operation) {
    for keys in &new.at_least_one {
        let is_among = |key: &String| keys.contains(key);
        let is_needed = |list: &Vec<String>| list.iter().all(is_among);
        let is_argument =
            |one: &Parameter| is_among(&one.field.key) && one.field.presence.is_argument();
        if !old.at_least_one.iter().any(is_needed) && !old.parameters.iter().any(is_argument) {
            let what =
                format!("`{}` now requires at least one of `{}`", at.item, keys.join("`, `"));
            checker.refused(at, Frequency::Sometimes, WireChangeKind::RequiredInRequest, what);
        }
    }
}

/// Compares the parameters outside of the body.
fn outside<'a>(checker: &mut Checker<'a>, at: &Position, old: &'a Operation, new: &'a Operation) {
    for (index, parameter) in parameters(new).enumerate() {
        let found = parameters(old)
            .enumerate()
            .find(|(other, sent)| is_same(parameter, index, sent, *other));
        match found {
            Some((_, sent)) => one(checker, at, (old, sent), (new, parameter)),
            None => {
                let known = known(parameter);
                let at = Position { new: Some(places::parameter(new, parameter)), ..at.clone() };
                checker.present(&at, &known, None);
            }
        }
    }
    for (index, sent) in parameters(old).enumerate() {
        let mut expected = parameters(new).enumerate();
        if !expected.any(|(other, parameter)| is_same(parameter, other, sent, index)) {
            let at = at_parameter(checker, at, old, sent);
            let what = format!("`{}` was removed", at.item);
            let frequency = if sent.field.presence.is_argument() {
                Frequency::Always
            } else {
                Frequency::Sometimes
            };
            let consequence = "it no longer has an effect";
            let outcome = (super::Outcome::Works, frequency);
            checker.add(&at, outcome, WireChangeKind::UnknownInRequest, what, consequence);
        }
    }
}

fn one<'a>(
    checker: &mut Checker<'a>,
    at: &Position,
    (old, sent): (&'a Operation, &'a Parameter),
    (new, parameter): (&'a Operation, &'a Parameter),
) {
    let at = Position {
        new: Some(places::parameter(new, parameter)),
        ..at_parameter(checker, at, old, sent)
    };
    if (sent.location, sent.encoding) != (parameter.location, parameter.encoding) {
        let what = format!("`{}` is encoded differently", at.item);
        checker.refused(&at, Frequency::Sometimes, WireChangeKind::RequestType, what);
    }
    let (given, expected) = (&sent.field, &parameter.field);
    if expected.presence.is_argument() && !given.presence.is_argument() {
        let what = format!("`{}` is now required, and was optional", at.item);
        checker.refused(&at, Frequency::Sometimes, WireChangeKind::RequiredInRequest, what);
    }
    for value in values(checker.sides.old, &given.ty) {
        checker.typed(&at, &expected.ty, &value);
    }
}

fn at_parameter(
    checker: &Checker<'_>,
    at: &Position,
    of: &Operation,
    parameter: &Parameter,
) -> Position {
    let place = places::parameter(of, parameter);
    let item = checker.sides.old.names.item(&place, Role::Parameter);
    let item = item.map_or_else(|| format!("{}.{}", at.item, parameter.word), str::to_owned);
    Position { item, old: Some(place), ..at.clone() }
}

/// The parameters outside of the body.
fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let all = operation.parameters.iter();
    all.filter(|parameter| !parameter.location.is_in_body())
}

/// Whether two parameters are the same in a request. Path parameters come first and are identified by their positions.
fn is_same(one: &Parameter, index: usize, other: &Parameter, other_index: usize) -> bool {
    let (key, other_key) = (&one.field.key, &other.field.key);
    match (one.location, other.location) {
        (ParameterLocation::Path, ParameterLocation::Path) => index == other_index,
        (ParameterLocation::Header, ParameterLocation::Header) => {
            key.eq_ignore_ascii_case(other_key)
        }
        (one, other) => one.word() == other.word() && key == other_key,
    }
}

fn known(parameter: &Parameter) -> ExpectedProperty<'_> {
    ExpectedProperty {
        key: &parameter.field.key,
        ty: &parameter.field.ty,
        presence: parameter.field.presence,
        missing: WireChangeKind::RequiredInRequest,
    }
}

fn body<'a>(checker: &mut Checker<'a>, at: &Position, old: &'a Operation, new: &'a Operation) {
    let at = Position {
        old: at.old.as_ref().map(|at| at.child("requestBody")),
        new: at.new.as_ref().map(|at| at.child("requestBody")),
        ..at.clone()
    };
    if let (Some(sent), Some(taken)) = (media(&old.body), media(&new.body))
        && sent != taken
    {
        let what = format!("`{}` sends `{sent}`, and the API now accepts `{taken}`", at.item);
        checker.refused(&at, Frequency::Always, WireChangeKind::BodyChanged, what);
        return;
    }
    let is_json = |body: &Body| !matches!(body, Body::Whole(Whole::Text | Whole::Bytes, _));
    if !is_json(&old.body) || !is_json(&new.body) {
        return;
    }
    let sent = sent_body(checker.sides.old, old);
    if sent.may_be_absent && needs_body(new) {
        let what = format!("`{}` can be sent without a body, which is now required", at.item);
        checker.refused(&at, Frequency::Sometimes, WireChangeKind::RequiredInRequest, what);
    }
    for value in &sent.values {
        match whole_type(new) {
            Some(ty) => checker.typed(&at, ty, value),
            None => match value {
                Value::Object(object) => expect(checker, &at, new, object),
                other => {
                    let what = format!(
                        "`{}` can send {}, which is no longer accepted",
                        at.item,
                        other.described()
                    );
                    checker.refused(&at, Frequency::Sometimes, WireChangeKind::RequestType, what);
                }
            },
        }
    }
}

/// The body that the old client sends.
struct SentBody<'a> {
    values: Vec<Value<'a>>,
    may_be_absent: bool,
}

fn sent_body<'a>(side: Side<'a>, operation: &'a Operation) -> SentBody<'a> {
    if let Some(ty) = whole_type(operation) {
        let may_be_absent = !needs_body(operation);
        return SentBody { values: values(side, ty), may_be_absent };
    }
    let at = places::operation(operation).child("requestBody");
    let objects = objects(side, operation, &at);
    let values = objects.into_iter().map(|object| Value::Object(Rc::new(object)));
    SentBody { values: values.collect(), may_be_absent: false }
}

/// Bodies in which each alternative of each choice occurs at least once.
fn objects<'a>(side: Side<'a>, operation: &'a Operation, at: &Pointer) -> Vec<Object<'a>> {
    let mut plain = Object::new(Origin::Body(operation.place(), 0), Some(at.clone()));
    for parameter in
        operation.parameters.iter().filter(|one| one.location == ParameterLocation::Property)
    {
        plain.add_field(&parameter.field);
    }
    let options = |choice: &'a Choice| {
        let nothing = (choice.presence == Presence::Optional).then_some(None);
        choice.arms.iter().map(Some).chain(nothing).collect::<Vec<_>>()
    };
    let all: Vec<Vec<Option<&Arm>>> = operation.choices.iter().map(options).collect();
    let count = all.iter().map(Vec::len).max().unwrap_or(1);
    let number = |index: usize| {
        let mut object = plain.clone();
        object.renumber(Origin::Body(operation.place(), index));
        for arm in all.iter().filter_map(|options| *options.get(index).or(options.first())?) {
            add_arm(side, &mut object, arm);
        }
        object
    };
    (0..count).map(number).collect()
}

fn add_arm<'a>(side: Side<'a>, object: &mut Object<'a>, arm: &'a Arm) {
    if let Some((key, text)) = &arm.constant {
        object.add(key, Property::always(Value::Text(Text::These(vec![text]))));
    }
    match &arm.payload {
        Payload::None => {}
        Payload::Field(field) => object.add_field(field),
        Payload::Object(place) => {
            if let Some(Kind::Struct(inline)) = defined(side, place) {
                object.add_struct(inline);
            }
        }
    }
}

fn defined<'a>(side: Side<'a>, place: &Place) -> Option<&'a Kind> {
    let definition = side.api.types.get(side.api.defined_at(place));
    definition.map(|definition| &definition.kind)
}

/// Checks an object against the parameters of an operation.
fn expect<'a>(checker: &mut Checker<'a>, at: &Position, new: &'a Operation, object: &Object<'a>) {
    let mut named: Vec<&str> = Vec::new();
    for parameter in new.parameters.iter().filter(|one| one.location == ParameterLocation::Property)
    {
        checker.field(at, &parameter.field, object);
        named.push(&parameter.field.key);
    }
    let mut others = None;
    for choice in &new.choices {
        for arm in &choice.arms {
            let mut inline = Object::new(Origin::Body(new.place(), 0), None);
            add_arm(checker.sides.new, &mut inline, arm);
            named.extend(inline.properties().map(|(key, _)| key));
            others = others.or(inline.others);
        }
        choose(checker, at, choice, object);
    }
    for (key, property) in object.properties().filter(|(key, _)| !named.contains(key)) {
        checker.unknown(at, key, property, new.openness, others);
    }
}

/// Checks that the object matches one of the alternatives of a choice.
fn choose<'a>(checker: &mut Checker<'a>, at: &Position, choice: &'a Choice, object: &Object<'a>) {
    let mut keys = Vec::new();
    for arm in &choice.arms {
        let mut trial = Checker::new(checker.sides);
        let start = Position { node: trial.graph.node(), ..at.clone() };
        let mut inline = Object::new(Origin::Body(Place::schema(""), 0), None);
        add_arm(checker.sides.new, &mut inline, arm);
        for (key, _) in inline.properties() {
            keys.push(key);
        }
        if accepts(&mut trial, &start, arm, object) {
            return;
        }
    }
    let is_given = keys.iter().any(|key| object.get(key).is_some());
    if choice.presence == Presence::Optional && !is_given {
        return;
    }
    keys.sort_unstable();
    keys.dedup();
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let what =
        format!("`{}` can send a choice of {} that no longer exists", at.item, keys.join(", "));
    checker.refused(at, Frequency::Sometimes, WireChangeKind::RequestChoice, what);
}

/// Whether an object matches an alternative of a choice.
fn accepts<'a>(trial: &mut Checker<'a>, at: &Position, arm: &'a Arm, object: &Object<'a>) -> bool {
    if let Some((key, text)) = &arm.constant {
        let found = object.get(key).filter(|property| !property.may_be_absent);
        let is_it = |value: &Value<'a>| *value == Value::Text(Text::These(vec![text]));
        if !found.is_some_and(|property| property.values(trial.sides.old).iter().all(is_it)) {
            return false;
        }
    }
    match &arm.payload {
        Payload::None => {}
        Payload::Field(field) => trial.field(at, field, object),
        Payload::Object(place) => {
            if let Some(Kind::Struct(inline)) = defined(trial.sides.new, place) {
                inline.fields.iter().for_each(|field| trial.field(at, field, object));
            }
        }
    }
    trial.graph.all().next().is_none()
}

/// The type of a body that is a single JSON value, without parameters as its properties.
fn whole_type(operation: &Operation) -> Option<&Type> {
    let is_whole = matches!(operation.body, Body::Whole(Whole::Json, _));
    let body =
        operation.parameters.iter().find(|parameter| parameter.location == ParameterLocation::Body);
    body.filter(|_| is_whole).map(|parameter| &parameter.field.ty)
}

/// Whether the body is required.
fn needs_body(operation: &Operation) -> bool {
    let body =
        operation.parameters.iter().find(|parameter| parameter.location == ParameterLocation::Body);
    body.is_some_and(|parameter| parameter.field.presence.is_argument())
}

fn media(body: &Body) -> Option<&str> {
    match body {
        Body::Nothing => None,
        Body::Json(media) | Body::Whole(_, media) => Some(media),
        Body::Form(_) => Some("application/x-www-form-urlencoded"),
        Body::Multipart(_) => Some("multipart/form-data"),
    }
}
