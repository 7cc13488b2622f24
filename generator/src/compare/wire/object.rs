//! How the old client reads objects, property by property.

use super::graph::{Need, Position};
use super::read::{ReadOutcome, Reader};
use super::value::{Object, Property, Value, inner, values};
use super::{Frequency, Outcome, WireChangeKind};
use crate::api::{Field, Openness, Presence, Struct, Type, Usage};
use crate::index::places;

/// A property as the old client expects it.
pub(super) struct ExpectedProperty<'a> {
    pub(super) key: &'a str,
    pub(super) ty: &'a Type,
    pub(super) presence: Presence,
    /// The kind of finding if the property is missing.
    pub(super) missing: WireChangeKind,
}

impl<'a> ExpectedProperty<'a> {
    fn of(field: &'a Field) -> Self {
        let Field { key, ty, presence, .. } = field;
        Self { key, ty, presence: *presence, missing: WireChangeKind::Missing }
    }

    fn is_needed(&self) -> bool {
        self.presence == Presence::Identity
    }
}

const NEUTRAL: &str = "it becomes its neutral value, and a repair reports it";
const NONE: &str = "it counts as absent, and a repair reports it";
const NEEDED: &str = "it cannot be repaired, so the response cannot be read";

impl<'a> Reader<'a> {
    pub(super) fn structure(
        &mut self,
        at: &Position,
        known: &'a Struct,
        usage: Usage,
        object: &Object<'a>,
    ) {
        for field in &known.fields {
            self.property(at, &ExpectedProperty::of(field), usage, object);
        }
        let named = |key: &str| known.fields.iter().any(|field| field.key == key);
        let others = known.others.as_ref().map(|others| inner(&others.ty));
        for (key, property) in object.properties().filter(|(key, _)| !named(key)) {
            self.is_contradicted |= known.openness == Openness::Closed;
            match others {
                Some(ty) => {
                    let what = format!("the property `{key}`");
                    self.each(at, ty, property.values(self.sides.new), &what);
                }
                None => self.new_property(at, key),
            }
        }
        if let (Some(ty), Some(new)) = (others, object.others) {
            self.each(at, ty, values(self.sides.new, new), "a property");
        }
    }

    fn new_property(&mut self, at: &Position, key: &str) {
        let new = at.new.as_ref().map(|above| places::property(above, key));
        let what = format!("`{}` has the new property `{key}`", at.item);
        let consequence = "it is ignored, and only the raw body has it";
        let at = Position { new, ..at.clone() };
        let outcome = (Outcome::Works, Frequency::Always);
        self.add(&at, outcome, WireChangeKind::NewProperty, what, consequence);
    }

    /// Reads an expected property, whether the object has it or not.
    pub(super) fn property(
        &mut self,
        above: &Position,
        known: &ExpectedProperty<'a>,
        usage: Usage,
        object: &Object<'a>,
    ) {
        let at = self.at_property(above, known);
        let found = object.get(known.key);
        match found {
            Some(property) if !property.may_be_absent => {}
            Some(_) => self.missing(&at, known, Frequency::Sometimes),
            None => self.missing(
                &Position { new: above.new.clone(), ..at.clone() },
                known,
                Frequency::Always,
            ),
        }
        if let Some(property) = found {
            self.present(&at, known, usage, property);
        }
    }

    fn at_property(&self, above: &Position, known: &ExpectedProperty<'a>) -> Position {
        let names = self.sides.old.names;
        let old = above.old.as_ref().map(|above| places::property(above, known.key));
        let item = match &above.old {
            Some(place) if known.missing == WireChangeKind::Missing => {
                names.property(place, &above.item, known.key)
            }
            _ => above.item.clone(),
        };
        let new = above.new.as_ref().map(|above| places::property(above, known.key));
        let need = match known.presence {
            Presence::Droppable => Need::Droppable,
            _ => above.need,
        };
        Position { node: above.node, item, old, new, need }
    }

    fn missing(&mut self, at: &Position, known: &ExpectedProperty<'a>, frequency: Frequency) {
        let (outcome, consequence) = match known.presence {
            Presence::Identity => (Outcome::Fails, NEEDED),
            Presence::Required | Presence::RequiredNullable => (Outcome::Repairs, NEUTRAL),
            Presence::Optional | Presence::OptionalNullable | Presence::Droppable => return,
        };
        let how = match frequency {
            Frequency::Always => "is no longer returned",
            Frequency::Sometimes => "may be missing",
        };
        let what = format!("{} {how}", named(at, known));
        self.add(at, (outcome, frequency), known.missing, what, consequence);
    }

    fn present(
        &mut self,
        at: &Position,
        known: &ExpectedProperty<'a>,
        usage: Usage,
        property: &Property<'a>,
    ) {
        for value in property.values(self.sides.new) {
            let is_null = value == Value::Null;
            if is_null && may_be_null(known, usage) {
                continue;
            }
            let ReadOutcome::Mismatch { expected, found, frequency } =
                self.read(at, known.ty, &value)
            else {
                continue;
            };
            let what = match (is_null, frequency) {
                (true, _) => format!("{} may be null", named(at, known)),
                (false, Frequency::Always) => {
                    format!("{} may be {found} instead of {expected}", named(at, known))
                }
                (false, Frequency::Sometimes) => {
                    format!("{} may be {found} that is not {expected}", named(at, known))
                }
            };
            let kind = if is_null { WireChangeKind::Null } else { WireChangeKind::OtherType };
            let (outcome, consequence) = match known.presence {
                _ if known.is_needed() => (Outcome::Fails, NEEDED),
                Presence::Required => (Outcome::Repairs, NEUTRAL),
                _ => (Outcome::Repairs, NONE),
            };
            self.add(at, (outcome, Frequency::Sometimes), kind, what, consequence);
        }
    }
}

/// How a sentence names a property: by its item, or by its key if it is the result of an operation.
fn named(at: &Position, known: &ExpectedProperty<'_>) -> String {
    match known.missing {
        WireChangeKind::ResultMissing => format!("`{}`, the result of `{}`,", known.key, at.item),
        _ => format!("`{}`", at.item),
    }
}

/// Whether a null property is read without a repair. For an optional property, null counts as absent.
fn may_be_null(known: &ExpectedProperty<'_>, usage: Usage) -> bool {
    match known.presence {
        Presence::Required | Presence::Identity => false,
        Presence::RequiredNullable => usage == Usage::Requests || *known.ty != Type::Any,
        Presence::Optional | Presence::OptionalNullable | Presence::Droppable => true,
    }
}
