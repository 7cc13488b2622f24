//! Values of several types: told apart by what they are in JSON, else tried one after the other.

use serde_json::Value;

use super::buffered::Buffered;
use super::decode::{collect_entries, decode_entries, shown_number};
use super::decode_scalars::{any_of, decode_digits};
use super::entries::{DecodeOutcome, Entries, Replay};
use super::repair::Report;
use super::{Json, Slot, View};

/// An enum of values of other types as JSON sees it. Its last variant, `Unrecognized`, keeps what is none of these.
pub(crate) trait OneOf {
    /// The empty variant at that position; nothing behind the last one.
    fn select(index: usize) -> Option<Self>
    where
        Self: Sized;

    /// What is in it.
    fn get(&self) -> &dyn Json;

    /// Its place.
    fn get_mut(&mut self) -> &mut dyn Json;
}

/// Such an enum while it is read, when its type does not matter any more.
pub(crate) trait OneOfSlot {
    /// Becomes the empty variant at that position, and gives its place; nothing behind the last one.
    fn select(&mut self, index: usize) -> Option<&mut dyn Json>;

    /// Becomes the variant for what is none of the others.
    fn set_unrecognized(&mut self, value: Value);
}

/// How such an enum is read. It is asked for that, so that a program which reads none need not hold the code for it.
pub(crate) trait ReadOneOf: OneOfSlot {
    /// Fills it from an object.
    fn read(&mut self, entries: &mut dyn Entries<'_>, report: &mut Report) -> DecodeOutcome;

    /// Fills it from a value that has been read.
    fn take(&mut self, value: Value, report: &mut Report) -> DecodeOutcome;

    /// Fills it from a number of this text.
    fn take_digits(&mut self, text: &str, report: &mut Report) -> DecodeOutcome;

    /// The place of the only variant that values of this kind belong to, whatever they are.
    fn only(&mut self, kind: Kind) -> Option<&mut dyn Json>;
}

impl<T: OneOfSlot> ReadOneOf for T {
    fn read(&mut self, entries: &mut dyn Entries<'_>, report: &mut Report) -> DecodeOutcome {
        read_one_of(self, entries, report)
    }

    fn take(&mut self, value: Value, report: &mut Report) -> DecodeOutcome {
        take(self, value, report)
    }

    fn take_digits(&mut self, text: &str, report: &mut Report) -> DecodeOutcome {
        take_digits(self, text, report)
    }

    fn only(&mut self, kind: Kind) -> Option<&mut dyn Json> {
        only(self, kind).and_then(|index| self.select(index))
    }
}

/// What JSON tells apart. Null is a matter of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Boolean),
            Value::Number(_) => Some(Self::Number),
            Value::String(_) => Some(Self::String),
            Value::Array(_) => Some(Self::Array),
            Value::Object(_) => Some(Self::Object),
        }
    }
}

/// Whether a place takes values of a kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    All,
    /// It depends on the value.
    Some,
    None,
}

impl Takes {
    fn of(place: &mut dyn Json, kind: Kind) -> Self {
        match (place.filled(), kind) {
            (Slot::Any(_) | Slot::Ignored, _)
            | (Slot::Boolean(_), Kind::Boolean)
            | (Slot::Number(_), Kind::Number)
            | (Slot::String(_), Kind::String)
            | (Slot::Scalar(_), Kind::Boolean | Kind::Number | Kind::String)
            | (Slot::List(_), Kind::Array)
            | (Slot::Object(_) | Slot::Union(_) | Slot::Map(_), Kind::Object) => Self::All,
            (Slot::Integer(_) | Slot::Numeric(_), Kind::Number)
            | (Slot::Text(_), Kind::String)
            | (Slot::OneOf(_), _) => Self::Some,
            _ => Self::None,
        }
    }
}

/// The position of the variant that values of this kind belong to, whatever they are.
fn only(one: &mut dyn OneOfSlot, kind: Kind) -> Option<usize> {
    let mut only = None;
    for index in 0.. {
        let Some(place) = one.select(index) else { break };
        match Takes::of(place, kind) {
            Takes::None => {}
            Takes::All if only.is_none() => only = Some(index),
            Takes::All | Takes::Some => return None,
        }
    }
    only
}

/// Whether some variant takes values of this kind.
fn takes(one: &mut dyn OneOfSlot, kind: Kind) -> bool {
    let mut kinds = (0..).map_while(|index| one.select(index).map(|place| Takes::of(place, kind)));
    kinds.any(|takes| takes != Takes::None)
}

/// Fills `one` from an object: at once if objects are one of the variants, else when all of it is known.
fn read_one_of(
    one: &mut dyn OneOfSlot,
    entries: &mut dyn Entries<'_>,
    report: &mut Report,
) -> DecodeOutcome {
    // An object can be how a number is shown; the first entry says so.
    let mut kept = Vec::new();
    if takes(one, Kind::Number) {
        match entries.next_entry(report) {
            Ok(entry) => kept.extend(entry),
            Err(outcome) => return outcome,
        }
        if let Some(number) =
            kept.first().and_then(|(key, value)| shown_number(key, value.as_str()))
        {
            return take(one, Value::Number(number), report);
        }
    }
    let mut entries = Replay::new(kept, entries);
    if let Some(index) = only(one, Kind::Object)
        && let Some(place) = one.select(index)
    {
        return decode_entries(place, &mut entries, report);
    }
    match collect_entries(serde_json::Map::new(), &mut entries, report) {
        Ok(object) => take(one, Value::Object(object), report),
        Err(outcome) => outcome,
    }
}

/// Fills `one` from a value that has been read.
fn take(one: &mut dyn OneOfSlot, value: Value, report: &mut Report) -> DecodeOutcome {
    let only = Kind::of(&value).and_then(|kind| only(one, kind));
    if only.is_none() && report.is_deep() {
        // What this would be is settled when it is read; the question here is what it is a part of.
        return DecodeOutcome::Decoded;
    }
    let chosen = only.or_else(|| best(one, &value, report));
    match chosen.and_then(|index| one.select(index)) {
        Some(place) => Buffered::from(&value).fill(place, report),
        None => {
            one.set_unrecognized(value);
            report.unknown();
            DecodeOutcome::Decoded
        }
    }
}

/// Fills `one` from a number of this text: the variant that takes it by its text, if there is one.
fn take_digits(one: &mut dyn OneOfSlot, text: &str, report: &mut Report) -> DecodeOutcome {
    for index in 0.. {
        let Some(place) = one.select(index) else { break };
        if place.is_exact()
            && decode_digits(place, text, &mut report.trial()) == DecodeOutcome::Decoded
        {
            return DecodeOutcome::Decoded;
        }
    }
    take(one, any_of(text), report)
}

/// Whether one of the variants is taken by the text of a number.
pub(crate) fn has_exact<T: OneOf>() -> bool {
    let mut variants = (0..).map_while(T::select);
    // What is behind a pointer or in another union is none: it could be the union itself.
    variants.any(|mut one| matches!(one.get_mut().slot(), Slot::Numeric(_)) && one.get().is_exact())
}

/// The variant that `value` does not contradict, and that leaves least of it unknown; the first of several.
fn best(one: &mut dyn OneOfSlot, value: &Value, report: &mut Report) -> Option<usize> {
    let mut best = None;
    for index in 0.. {
        let Some(place) = one.select(index) else { break };
        let Some(unknown) = unknown(place, value, report) else { continue };
        if best.is_none_or(|(least, _)| unknown < least) {
            best = Some((unknown, index));
        }
        if unknown == 0 {
            break;
        }
    }
    best.map(|(_, index)| index)
}

/// How much of `value` is unknown to a place; nothing if it contradicts what is described there.
fn unknown(place: &mut dyn Json, value: &Value, report: &mut Report) -> Option<usize> {
    let mut trial = report.trial();
    let outcome = Buffered::from(value).fill(&mut *place, &mut trial);
    report.budget.join(trial.budget);
    let is_there = outcome == DecodeOutcome::Decoded && !is_unrecognized(place);
    trial.unknowns().filter(|_| is_there)
}

/// Whether a place has a value that is none of its variants.
fn is_unrecognized(place: &mut dyn Json) -> bool {
    let has_variants = match place.slot() {
        Slot::Inner(inner) => return is_unrecognized(inner),
        slot => matches!(slot, Slot::Union(_) | Slot::OneOf(_)),
    };
    has_variants && matches!(place.view(), View::Any(_))
}

/// Gives a [`OneOf`] what it needs to be a value.
macro_rules! one_of {
    ($name:ident) => {
        impl $crate::json::OneOfSlot for $name {
            #[inline]
            fn select(&mut self, index: usize) -> Option<&mut dyn $crate::json::Json> {
                *self = <Self as $crate::json::OneOf>::select(index)?;
                Some($crate::json::OneOf::get_mut(self))
            }

            #[inline]
            fn set_unrecognized(&mut self, value: ::serde_json::Value) {
                *self = Self::Unrecognized(value);
            }
        }

        impl $crate::json::Json for $name {
            #[inline]
            fn neutral() -> Self {
                Self::Unrecognized(::serde_json::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::json::Slot<'_> {
                $crate::json::Slot::OneOf(self)
            }

            #[inline]
            fn view(&self) -> $crate::json::View<'_> {
                $crate::json::OneOf::get(self).view()
            }

            #[cfg(feature = "testing")]
            fn variant(&self) -> Option<usize> {
                let mut variants = (0..).map_while(<Self as $crate::json::OneOf>::select);
                let kind = ::std::mem::discriminant(self);
                variants.position(|one| ::std::mem::discriminant(&one) == kind)
            }

            fn exact() -> bool {
                $crate::json::has_exact::<Self>()
            }

            fn is_exact(&self) -> bool {
                $crate::json::has_exact::<Self>()
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use one_of;
