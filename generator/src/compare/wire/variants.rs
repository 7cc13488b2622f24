//! How the old client reads unions: by a discriminator, by the JSON type, or by trying the variants.

use std::rc::Rc;

use super::graph::{Difference, Need, Position};
use super::read::{DEEPEST_TRIAL, ReadOutcome, Reader, mismatch};
use super::value::{Object, Text, Value};
use super::{Frequency, Outcome, WireChangeKind};
use crate::api::{Discriminator, Dispatch, EnumOf, Kind, TagHolder, Type, Union, Variant};

const KEPT: &str = "it is kept as `Unrecognized`";

/// Says in words how often an object lacks its discriminator.
fn how(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Always => "has no",
        Frequency::Sometimes => "may have no readable",
    }
}

/// Whether a variant accepts a kind of JSON values, as the runtime decides it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Acceptance {
    All,
    /// Only some of them, depending on the value.
    Some,
    None,
}

impl<'a> Reader<'a> {
    /// Reads a value of a union.
    pub(super) fn union(
        &mut self,
        at: &Position,
        union: &'a Union,
        value: &Value<'a>,
    ) -> ReadOutcome {
        match (&union.dispatch, value) {
            (Dispatch::Discriminator(discriminator), Value::Object(object)) => {
                self.discriminated(at, union, discriminator, object)
            }
            (Dispatch::Presence, Value::Object(object)) => self.by_presence(at, union, object),
            (Dispatch::Discriminator(_) | Dispatch::Presence, _) => mismatch("an object", value),
            (Dispatch::JsonType | Dispatch::Order | Dispatch::Status, _) => {
                self.untagged(at, union, value)
            }
        }
    }

    fn discriminated(
        &mut self,
        at: &Position,
        union: &'a Union,
        discriminator: &'a Discriminator,
        object: &Rc<Object<'a>>,
    ) -> ReadOutcome {
        let key = discriminator.property.as_str();
        let Some(property) = object.get(key) else {
            self.key_missing(at, key, Frequency::Always);
            return ReadOutcome::Unknown;
        };
        if property.may_be_absent {
            self.key_missing(at, key, Frequency::Sometimes);
        }
        let (mut unknown, mut is_open) = (Vec::new(), false);
        for value in property.values(self.sides.new) {
            for tag in tags(&value, union) {
                match tag {
                    Some(tag) => unknown.extend(self.tagged(at, union, key, &tag, object)),
                    None => self.key_missing(at, key, Frequency::Sometimes),
                }
            }
            is_open |= matches!(value, Value::Text(Text::Any | Text::DateTime | Text::Civil(_)));
        }
        if unknown.is_empty() && !is_open {
            return ReadOutcome::Read;
        }
        let words = format!("the `{key}` of `{}` may be", at.item);
        let what = match is_open {
            true => Difference::from(format!("{words} any text")),
            false => Difference::of_values(words, unknown),
        };
        let outcome = (Outcome::Keeps, Frequency::Sometimes);
        self.add(at, outcome, WireChangeKind::UnknownVariant, what, KEPT);
        ReadOutcome::Unknown
    }

    /// Reads an object as the variant with this tag. Returns the tag if there is no such variant.
    fn tagged(
        &mut self,
        at: &Position,
        union: &'a Union,
        key: &'a str,
        tag: &Tag<'a>,
        object: &Object<'a>,
    ) -> Option<&'a str> {
        let is_it = |variant: &&Variant| variant.tag.values.iter().any(|one| one == tag.text);
        let Some(variant) = union.variants.iter().find(is_it) else { return Some(tag.text) };
        // If the union holds the tag, the variant has no field for it. Removing it keeps it from being a new property.
        let object = match variant.tag.holder {
            TagHolder::Object => object.with(key, tag.value.clone()),
            TagHolder::Union => object.without(key),
        };
        self.read(at, &variant.ty, &Value::Object(Rc::new(object)));
        None
    }

    /// Reads an object of a union whose variants differ in which property is present.
    fn by_presence(
        &mut self,
        at: &Position,
        union: &'a Union,
        object: &Rc<Object<'a>>,
    ) -> ReadOutcome {
        let mut found = None;
        for variant in &union.variants {
            let here = variant.tag.values.iter().filter_map(|tag| object.get(tag));
            let Some(is_sure) = here.map(|property| !property.may_be_absent).max() else {
                continue;
            };
            found = found.max(Some(is_sure));
            self.read(at, &variant.ty, &Value::Object(Rc::clone(object)));
        }
        if found != Some(true) {
            let tags = union.variants.iter().flat_map(|variant| &variant.tag.values);
            let keys: Vec<&str> = tags.map(String::as_str).collect();
            let frequency = if found.is_none() { Frequency::Always } else { Frequency::Sometimes };
            let keys = keys.join("` or `");
            let what = format!("an object of `{}` {} `{keys}`", at.item, how(frequency));
            self.add(at, (Outcome::Keeps, frequency), WireChangeKind::UnknownVariant, what, KEPT);
        }
        if found.is_none() { ReadOutcome::Unknown } else { ReadOutcome::Read }
    }

    fn key_missing(&mut self, at: &Position, key: &str, frequency: Frequency) {
        let what = format!("an object of `{}` {} `{key}`", at.item, how(frequency));
        self.add(at, (Outcome::Keeps, frequency), WireChangeKind::KeyMissing, what, KEPT);
    }

    /// Reads a value of a union without a discriminator.
    fn untagged(&mut self, at: &Position, union: &'a Union, value: &Value<'a>) -> ReadOutcome {
        if let Some(only) = self.only(union, value) {
            return self.read(at, only, value);
        }
        if self.trials >= DEEPEST_TRIAL {
            return ReadOutcome::Read;
        }
        let mut fit = ReadOutcome::Read;
        for value in singly(value) {
            match self.best(union, &value) {
                Some(best) => {
                    self.read(at, best, &value);
                }
                None => {
                    let what = format!(
                        "`{}` may be {} that matches none of its variants",
                        at.item,
                        value.described()
                    );
                    let outcome = (Outcome::Keeps, Frequency::Sometimes);
                    self.add(at, outcome, WireChangeKind::UnknownVariant, what, KEPT);
                    fit = ReadOutcome::Unknown;
                }
            }
        }
        fit
    }

    /// The only variant that accepts this kind of value, if it accepts all of them.
    fn only(&self, union: &'a Union, value: &Value<'a>) -> Option<&'a Type> {
        let mut only = None;
        for variant in &union.variants {
            match self.acceptance(&variant.ty, value) {
                Acceptance::None => {}
                Acceptance::All if only.is_none() => only = Some(&variant.ty),
                Acceptance::All | Acceptance::Some => return None,
            }
        }
        only
    }

    /// The first variant that reads the value without any finding, or else the first that reads it without a repair.
    fn best(&self, union: &'a Union, value: &Value<'a>) -> Option<&'a Type> {
        let mut best = None;
        for variant in &union.variants {
            let mut trial = Reader::new(self.sides, self.trials + 1);
            let node = trial.graph.node();
            let (item, need) = (String::new(), Need::Needed);
            let at = Position { node, item, old: None, new: None, need };
            let fit = trial.read(&at, &variant.ty, value);
            let is_odd = trial.graph.all().any(|found| found.outcome > Outcome::Keeps);
            if fit != ReadOutcome::Read || is_odd || trial.is_contradicted {
                continue;
            }
            if trial.graph.all().next().is_none() {
                return Some(&variant.ty);
            }
            best = best.or(Some(&variant.ty));
        }
        best
    }

    fn acceptance(&self, ty: &Type, value: &Value<'a>) -> Acceptance {
        match (ty, value) {
            (Type::Boxed(inner) | Type::Nullable(inner), _) => self.acceptance(inner, value),
            (Type::Named(place), _) => {
                let api = self.sides.old.api;
                let definition = api.types.get(api.defined_at(place));
                match (definition.map(|definition| &definition.kind), value) {
                    (Some(Kind::Struct(_)), Value::Object(_)) => Acceptance::All,
                    (Some(Kind::Enum(known)), _) => match (known.of, value) {
                        (EnumOf::Texts, Value::Text(_))
                        | (
                            EnumOf::Integers(_) | EnumOf::Numbers,
                            Value::Integer(_) | Value::Number | Value::Numbers(_),
                        ) => Acceptance::Some,
                        _ => Acceptance::None,
                    },
                    (Some(Kind::Union(union)), _) => match (&union.dispatch, value) {
                        (Dispatch::JsonType | Dispatch::Order | Dispatch::Status, _) => {
                            Acceptance::Some
                        }
                        (_, Value::Object(_)) => Acceptance::All,
                        _ => Acceptance::None,
                    },
                    _ => Acceptance::None,
                }
            }
            (Type::Any, _)
            | (Type::Boolean | Type::Constant(_), Value::Boolean(_))
            | (Type::Number, Value::Integer(_) | Value::Number | Value::Numbers(_))
            | (Type::Decimal, Value::Integer(_) | Value::Number | Value::Numbers(_))
            | (Type::String | Type::Uuid | Type::Id(_), Value::Text(_))
            | (
                Type::Scalar,
                Value::Boolean(_)
                | Value::Integer(_)
                | Value::Number
                | Value::Numbers(_)
                | Value::Text(_),
            )
            | (Type::List(_), Value::Array(_))
            | (Type::Map(_), Value::Object(_)) => Acceptance::All,
            (Type::Integer(_), Value::Integer(_) | Value::Number | Value::Numbers(_))
            | (Type::DateTime | Type::Civil(_), Value::Text(_)) => Acceptance::Some,
            _ => Acceptance::None,
        }
    }
}

/// A discriminator value as a tag and as JSON.
struct Tag<'a> {
    text: &'a str,
    value: Value<'a>,
}

/// The tags that a discriminator value can be; `None` for a value that cannot be a tag.
fn tags<'a>(value: &Value<'a>, union: &'a Union) -> Vec<Option<Tag<'a>>> {
    let text = |text: &'a str| Some(Tag { text, value: Value::Text(Text::These(vec![text])) });
    let boolean = |value: bool| {
        let text = if value { "true" } else { "false" };
        Some(Tag { text, value: Value::Boolean(Some(value)) })
    };
    match value {
        Value::Text(Text::These(texts)) => texts.iter().map(|one| text(one)).collect(),
        Value::Text(_) => {
            let tags = union.variants.iter().flat_map(|variant| &variant.tag.values);
            tags.map(|tag| text(tag)).collect()
        }
        Value::Boolean(Some(value)) => vec![boolean(*value)],
        Value::Boolean(None) => vec![boolean(true), boolean(false)],
        _ => vec![None],
    }
}

/// Splits a set of strings into single ones, because each may match another variant.
fn singly<'a>(value: &Value<'a>) -> Vec<Value<'a>> {
    match value {
        Value::Text(Text::These(texts)) => {
            texts.iter().map(|text| Value::Text(Text::These(vec![text]))).collect()
        }
        other => vec![other.clone()],
    }
}
