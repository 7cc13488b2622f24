//! Whether the API, as the new document describes it, accepts what the old client may send.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Difference, Finding, Graph, Need, Position};
use super::names::Sides;
use super::object::ExpectedProperty;
use super::value::{Object, Property, Text, Value, inner, simple, values};
use super::{Direction, Frequency, Outcome, WireChangeKind};
use crate::api::{
    Dispatch, EnumOf, Field, Kind, Openness, Place, Presence, Struct, Type, Union, Variant,
};
use crate::index::places;

/// Whether a type accepts a value, or how often it does not.
pub(super) type Accepted = Result<(), Frequency>;

/// Checks values that the old client sends against the types of the new API.
pub(super) struct Checker<'a> {
    pub(super) sides: Sides<'a>,
    pub(super) graph: Graph,
    known: BTreeMap<(&'a Place, Value<'a>), (usize, Accepted)>,
    /// The types and values of the unions that this trial is part of. One that contains itself is accepted.
    around: BTreeSet<(&'a Place, Value<'a>)>,
}

const REFUSED: &str = "the API rejects the request if it enforces its document";
const PASSED_OVER: &str = "it no longer has an effect";

impl<'a> Checker<'a> {
    pub(super) fn new(sides: Sides<'a>) -> Self {
        Self::within(sides, BTreeSet::new())
    }

    fn within(sides: Sides<'a>, around: BTreeSet<(&'a Place, Value<'a>)>) -> Self {
        Self { sides, graph: Graph::default(), known: BTreeMap::new(), around }
    }

    /// Whether `ty` accepts `value`. Differences inside of the value are added to the graph.
    pub(super) fn accept(&mut self, at: &Position, ty: &'a Type, value: &Value<'a>) -> Accepted {
        match (ty, value) {
            (Type::Nullable(inner) | Type::Boxed(inner), value) if *value != Value::Null => {
                self.accept(at, inner, value)
            }
            (Type::Constant(only), Value::Boolean(found)) => match found {
                Some(found) if found == only => Ok(()),
                Some(_) => Err(Frequency::Always),
                None => Err(Frequency::Sometimes),
            },
            (Type::List(inner), Value::Array(elements)) => {
                self.each(at, inner, values(self.sides.old, elements))
            }
            (Type::Map(inner), Value::Object(object)) => {
                let properties = object.properties().map(|(_, property)| property);
                let old = self.sides.old;
                let mut all: Vec<Value<'a>> =
                    properties.flat_map(|property| property.values(old)).collect();
                all.extend(object.others.into_iter().flat_map(|others| values(old, others)));
                self.each(at, inner, all)
            }
            (Type::Named(place), value) if *value != Value::Null => {
                self.definition(at, place, value)
            }
            _ => simple(ty, value),
        }
    }

    fn each(&mut self, at: &Position, ty: &'a Type, values: Vec<Value<'a>>) -> Accepted {
        let all: Vec<Accepted> = values.iter().map(|value| self.accept(at, ty, value)).collect();
        // A list or a map may be empty.
        if all.iter().any(Result::is_err) { Err(Frequency::Sometimes) } else { Ok(()) }
    }

    fn definition(&mut self, at: &Position, place: &'a Place, value: &Value<'a>) -> Accepted {
        let place = self.sides.new.api.defined_at(place);
        let key = (place, value.clone());
        if self.around.contains(&key) {
            return Ok(());
        }
        if let Some((node, accepted)) = self.known.get(&key) {
            self.graph.lead(at, *node);
            return *accepted;
        }
        let node = self.graph.node();
        self.graph.lead(at, node);
        self.known.insert(key.clone(), (node, Ok(())));
        let mut inside = Position { node, new: Some(self.sides.new.names.at(place)), ..at.clone() };
        if let Value::Object(object) = value
            && let Some(place) = object.place()
        {
            inside.item = self.sides.old.names.ty(place);
            inside.old = Some(self.sides.old.names.at(place));
        }
        let accepted = self.defined(&inside, place, value);
        self.known.insert(key, (node, accepted));
        accepted
    }

    fn defined(&mut self, at: &Position, place: &'a Place, value: &Value<'a>) -> Accepted {
        let definition = self.sides.new.api.types.get(place);
        match (definition.map(|definition| &definition.kind), value) {
            (Some(Kind::Struct(expected)), Value::Object(object)) => {
                self.structure(at, expected, object);
                Ok(())
            }
            (Some(Kind::Union(union)), _) => self.union(at, place, union, value),
            (Some(Kind::Enum(known)), Value::Numbers(numbers)) if known.of != EnumOf::Texts => {
                let known: Vec<&str> =
                    known.values.iter().map(|value| value.text.as_str()).collect();
                self.text(at, &known, &Text::These(numbers.clone()))
            }
            (Some(Kind::Enum(known)), Value::Integer(_) | Value::Number)
                if known.of != EnumOf::Texts =>
            {
                Err(Frequency::Sometimes)
            }
            (Some(Kind::Enum(known)), Value::Text(text)) if known.of == EnumOf::Texts => {
                let known: Vec<&str> =
                    known.values.iter().map(|value| value.text.as_str()).collect();
                self.text(at, &known, text)
            }
            (Some(Kind::Alias(_)) | None, _) => Ok(()),
            _ => Err(Frequency::Always),
        }
    }

    fn text(&mut self, at: &Position, known: &[&str], text: &Text<'a>) -> Accepted {
        let Text::These(texts) = text else { return Err(Frequency::Sometimes) };
        let unknown: Vec<&str> =
            texts.iter().copied().filter(|text| !known.contains(text)).collect();
        if !unknown.is_empty() {
            let frequency =
                if unknown.len() == texts.len() { Frequency::Always } else { Frequency::Sometimes };
            let words = format!("`{}` can no longer be", at.item);
            let what = Difference::of_values(words, unknown);
            self.refused(at, frequency, WireChangeKind::RequestValue, what);
        }
        Ok(())
    }

    fn structure(&mut self, at: &Position, expected: &'a Struct, object: &Object<'a>) {
        for field in &expected.fields {
            self.field(at, field, object);
        }
        let named = |key: &str| expected.fields.iter().any(|field| field.key == key);
        let others = expected.others.as_ref().map(|others| inner(&others.ty));
        for (key, property) in object.properties().filter(|(key, _)| !named(key)) {
            self.unknown(at, key, property, expected.openness, others);
        }
    }

    /// Checks a property that is sent but not described.
    pub(super) fn unknown(
        &mut self,
        at: &Position,
        key: &'a str,
        property: &Property<'a>,
        openness: Openness,
        others: Option<&'a Type>,
    ) {
        let inside = self.at_property(at, key);
        if let Some(ty) = others {
            for value in property.values(self.sides.old) {
                self.typed(&inside, ty, &value);
            }
            return;
        }
        let frequency =
            if property.may_be_absent { Frequency::Sometimes } else { Frequency::Always };
        let what = format!("`{}` was removed", inside.item);
        let kind = WireChangeKind::UnknownInRequest;
        match openness {
            Openness::Closed => self.refused(&inside, frequency, kind, what),
            Openness::Open => {
                self.add(&inside, (Outcome::Works, frequency), kind, what, PASSED_OVER);
            }
        }
    }

    /// Checks a property that is described, whether it is sent or not.
    pub(super) fn field(&mut self, at: &Position, field: &'a Field, object: &Object<'a>) {
        let found = object.get(&field.key);
        let known = ExpectedProperty {
            key: &field.key,
            ty: &field.ty,
            presence: field.presence,
            missing: WireChangeKind::RequiredInRequest,
        };
        self.present(at, &known, found);
    }

    pub(super) fn present(
        &mut self,
        at: &Position,
        known: &ExpectedProperty<'a>,
        found: Option<&Property<'a>>,
    ) {
        let key = known.key;
        let inside = self.at_property(at, key);
        let is_needed = known.presence.is_argument();
        match found {
            None if is_needed => {
                let what =
                    format!("`{}` now requires `{key}`, which the client does not know", at.item);
                let at = Position { item: at.item.clone(), old: at.old.clone(), ..inside.clone() };
                self.refused(&at, Frequency::Always, known.missing, what);
            }
            Some(property) if is_needed && property.may_be_absent => {
                let what = format!("`{}` is now required, and was optional", inside.item);
                self.refused(&inside, Frequency::Sometimes, known.missing, what);
            }
            _ => {}
        }
        let old = self.sides.old;
        for value in found.into_iter().flat_map(|property| property.values(old)) {
            let takes_null =
                matches!(known.presence, Presence::RequiredNullable | Presence::OptionalNullable);
            if !(takes_null && value == Value::Null) {
                self.typed(&inside, known.ty, &value);
            }
        }
    }

    /// Reports a value that the type does not accept.
    pub(super) fn typed(&mut self, at: &Position, ty: &'a Type, value: &Value<'a>) {
        let Err(frequency) = self.accept(at, ty, value) else { return };
        let how = match frequency {
            Frequency::Always => "which is no longer accepted",
            Frequency::Sometimes => "which is no longer always accepted",
        };
        let what = format!("`{}` can be {}, {how}", at.item, value.described());
        // The item may also have values of other types, which are accepted.
        self.refused(at, Frequency::Sometimes, WireChangeKind::RequestType, what);
    }

    fn at_property(&self, above: &Position, key: &str) -> Position {
        let below = |above: &crate::document::Pointer| places::property(above, key);
        let item = match &above.old {
            Some(place) => self.sides.old.names.property(place, &above.item, key),
            None => format!("{}.{key}", above.item),
        };
        Position {
            item,
            old: above.old.as_ref().map(below),
            new: above.new.as_ref().map(below),
            ..above.clone()
        }
    }

    fn union(
        &mut self,
        at: &Position,
        place: &'a Place,
        union: &'a Union,
        value: &Value<'a>,
    ) -> Accepted {
        match (&union.dispatch, value) {
            (Dispatch::JsonType | Dispatch::Order | Dispatch::Status, _) => {
                self.untagged(at, place, union, value)
            }
            (dispatch, Value::Object(object)) => {
                let may_have = |tag: &String| self.may_have(object, dispatch, tag);
                let is_possible = |one: &&Variant| one.tag.values.iter().any(may_have);
                let variants: Vec<_> = union.variants.iter().filter(is_possible).collect();
                for variant in &variants {
                    self.accept(at, &variant.ty, value)?;
                }
                if variants.is_empty() {
                    let what = format!("`{}` matches none of the accepted variants", at.item);
                    self.refused(at, Frequency::Always, WireChangeKind::RequestValue, what);
                }
                Ok(())
            }
            _ => Err(Frequency::Always),
        }
    }

    /// Whether the object may be the variant with this tag.
    fn may_have(&self, object: &Object<'a>, dispatch: &Dispatch, tag: &str) -> bool {
        let Dispatch::Discriminator(discriminator) = dispatch else {
            return object.get(tag).is_some();
        };
        let property = object.get(&discriminator.property).into_iter();
        property.flat_map(|one| one.values(self.sides.old)).any(|value| match value {
            Value::Text(Text::These(texts)) => texts.contains(&tag),
            Value::Text(_) | Value::Boolean(None) => true,
            Value::Boolean(Some(value)) => (tag == "true") == value,
            _ => false,
        })
    }

    /// One of the variants has to accept the value. If only one is a candidate, its differences are reported.
    fn untagged(
        &mut self,
        at: &Position,
        place: &'a Place,
        union: &'a Union,
        value: &Value<'a>,
    ) -> Accepted {
        let mut around = self.around.clone();
        around.insert((place, value.clone()));
        let mut candidates = Vec::new();
        for variant in &union.variants {
            let mut trial = Checker::within(self.sides, around.clone());
            let start = Position { node: trial.graph.node(), ..at.clone() };
            let accepted = trial.accept(&start, &variant.ty, value);
            if accepted.is_ok() && trial.graph.all().all(|found| found.outcome < Outcome::Fails) {
                return Ok(());
            }
            if accepted != Err(Frequency::Always) {
                candidates.push(&variant.ty);
            }
        }
        match candidates[..] {
            [only] => self.accept(at, only, value),
            [] => Err(Frequency::Always),
            _ => Err(Frequency::Sometimes),
        }
    }

    pub(super) fn refused(
        &mut self,
        at: &Position,
        frequency: Frequency,
        kind: WireChangeKind,
        what: impl Into<Difference>,
    ) {
        self.add(at, (Outcome::Fails, frequency), kind, what, REFUSED);
    }

    pub(super) fn add(
        &mut self,
        at: &Position,
        (outcome, frequency): (Outcome, Frequency),
        kind: WireChangeKind,
        what: impl Into<Difference>,
        consequence: &'static str,
    ) {
        let (Position { item, old, new, .. }, difference) = (at.clone(), what.into());
        let direction = Direction::Request;
        let found = Finding {
            outcome,
            frequency,
            direction,
            kind,
            item,
            old,
            new,
            difference,
            consequence,
        };
        self.graph.add(&Position { need: Need::Needed, ..at.clone() }, found);
    }
}
