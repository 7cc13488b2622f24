//! Decodes null, booleans, numbers and texts into places.

use serde_json::Value;

use super::entries::DecodeOutcome;
use super::numbers::integer_of;
use super::repair::Report;
use super::{Json, Slot, TextOutcome};

/// What a message calls null.
pub(super) const NULL: &str = "null";

/// What a message calls an integer that does not fit.
const LARGER: &str = "an integer out of its range";

pub(super) fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Boolean(_) => "a boolean",
        Slot::Integer(_) => "an integer",
        Slot::Numeric(number) => number.expected(),
        Slot::Number(_) => "a number",
        Slot::String(_) => "a string",
        Slot::Text(text) => text.expected(),
        Slot::Scalar(_) => "a boolean, a number or a string",
        Slot::List(_) => "an array",
        Slot::Map(_) | Slot::Object(_) | Slot::Union(_) => "an object",
        Slot::Nullable(_) | Slot::Inner(_) | Slot::OneOf(_) | Slot::Any(_) | Slot::Ignored => {
            "a value"
        }
    }
}

pub(super) fn refused(slot: &Slot<'_>, found: &'static str, report: &mut Report) -> DecodeOutcome {
    report.refuse(expected(slot), found)
}

pub(super) fn decode_null(place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
    match place.slot() {
        Slot::Nullable(nullable) => nullable.set_none(),
        Slot::Any(any) => *any = Value::Null,
        Slot::Inner(inner) => return decode_null(inner, report),
        Slot::Ignored => {}
        slot => return refused(&slot, NULL, report),
    }
    DecodeOutcome::Decoded
}

pub(super) fn decode_boolean(
    place: &mut dyn Json,
    value: bool,
    report: &mut Report,
) -> DecodeOutcome {
    match place.filled() {
        Slot::OneOf(one) => return one.take(value.into(), report),
        Slot::Boolean(boolean) => *boolean = value,
        Slot::Scalar(scalar) => *scalar = value.into(),
        Slot::Any(any) => *any = value.into(),
        Slot::Ignored => {}
        slot => return refused(&slot, "a boolean", report),
    }
    DecodeOutcome::Decoded
}

pub(super) fn decode_number(
    place: &mut dyn Json,
    whole: impl FnOnce() -> Option<i128>,
    value: f64,
    as_any: impl FnOnce() -> Value,
    report: &mut Report,
) -> DecodeOutcome {
    match place.filled() {
        Slot::OneOf(one) => return one.take(as_any(), report),
        Slot::Integer(integer) => match whole() {
            Some(whole) => match whole.try_into() {
                Ok(whole) => *integer = whole,
                Err(_) => return refused(&Slot::Integer(integer), LARGER, report),
            },
            None => return refused(&Slot::Integer(integer), "a number", report),
        },
        Slot::Numeric(number) => {
            let whole = whole();
            let outcome = match whole {
                Some(whole) => number.set(whole),
                None => number.set_number(value),
            };
            let found = if whole.is_some() { LARGER } else { "a number" };
            return took(outcome, number.expected(), found, report);
        }
        Slot::Number(number) => *number = value,
        Slot::Scalar(scalar) => *scalar = value.into(),
        Slot::Any(any) => *any = as_any(),
        Slot::Ignored => {}
        slot => return refused(&slot, "a number", report),
    }
    DecodeOutcome::Decoded
}

/// Fills a place with the number of this text.
pub(super) fn decode_digits(
    place: &mut dyn Json,
    text: &str,
    report: &mut Report,
) -> DecodeOutcome {
    if let Slot::OneOf(one) = place.filled() {
        return one.take_digits(text, report);
    }
    if let Slot::Numeric(number) = place.filled() {
        let outcome = number.set_digits(text);
        let found = if integer_of(text).is_some() { LARGER } else { "a number" };
        return took(outcome, number.expected(), found, report);
    }
    let value = text.parse().unwrap_or(f64::INFINITY);
    decode_number(place, || integer_of(text), value, || any_of(text), report)
}

/// The number of this text as any JSON holds it.
pub(super) fn any_of(text: &str) -> Value {
    text.parse().map_or(Value::Null, Value::Number)
}

/// The integer that a number is, where a number of this kind tells.
pub(super) fn whole(value: f64) -> Option<i128> {
    (value.fract() == 0.0 && value.abs() < 2_f64.powi(53)).then_some(value as i128)
}

pub(super) fn decode_text(place: &mut dyn Json, text: &str, report: &mut Report) -> DecodeOutcome {
    match place.filled() {
        // The place is empty, so there is no allocation to use again.
        Slot::String(string) => *string = text.to_owned(),
        Slot::Scalar(scalar) => *scalar = text.into(),
        Slot::Any(any) => *any = text.into(),
        Slot::OneOf(one) => return one.take(text.into(), report),
        Slot::Text(place) => {
            return took(place.set(text), place.expected(), "another text", report);
        }
        Slot::Ignored => {}
        slot => return refused(&slot, "a string", report),
    }
    DecodeOutcome::Decoded
}

/// What the report says of how a text or a number was taken.
fn took(
    outcome: TextOutcome,
    expected: &'static str,
    found: &'static str,
    report: &mut Report,
) -> DecodeOutcome {
    match outcome {
        TextOutcome::Known => {}
        TextOutcome::Unknown => report.unknown(),
        TextOutcome::Unlike if report.is_strict() => return report.refuse(expected, found),
        TextOutcome::Other | TextOutcome::Unlike => {
            report.unknown();
            report.contradict();
        }
        TextOutcome::Refused => return report.refuse(expected, found),
    }
    DecodeOutcome::Decoded
}
