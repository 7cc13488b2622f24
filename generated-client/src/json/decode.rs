//! What a place makes of a value, by what it accepts.

use std::borrow::Cow;

use serde_json::Value;

use super::entries::{DecodeOutcome, Elements, Entries, Next};
use super::numbers::integer_of;
use super::object::read_object;
use super::one_of::Kind;
use super::repair::{RepairKind, Report, Step};
use super::union::read_union;
use super::values::{List, Map};
use super::{Json, Slot, TextOutcome};

/// What a message calls null.
pub(super) const NULL: &str = "null";

/// What a message calls an integer that does not fit.
const LARGER: &str = "an integer out of its range";

pub(super) fn decode_elements(
    place: &mut dyn Json,
    elements: &mut impl Elements,
    report: &mut Report,
) -> DecodeOutcome {
    let expected = match place.filled() {
        Slot::Any(any) => match collect(elements, report) {
            Ok(value) => {
                *any = value;
                return DecodeOutcome::Decoded;
            }
            Err(outcome) => return outcome,
        },
        Slot::OneOf(one) => {
            if let Some(place) = one.only(Kind::Array) {
                return decode_elements(place, elements, report);
            }
            return match collect(elements, report) {
                Ok(value) => one.take(value, report),
                Err(outcome) => outcome,
            };
        }
        Slot::List(list) => return read_list(list, elements, report),
        Slot::Ignored => None,
        other => Some(expected(&other)),
    };
    match (elements.skip(), expected) {
        (DecodeOutcome::Decoded, Some(expected)) => report.refuse(expected, "an array"),
        (outcome, _) => outcome,
    }
}

fn collect(elements: &mut dyn Elements, report: &mut Report) -> Result<Value, DecodeOutcome> {
    let mut values = Vec::new();
    loop {
        let mark = report.mark();
        let Some(value) = elements.any(report)? else { return Ok(Value::Array(values)) };
        report.locate(mark, || Step::Index(values.len()));
        report.budget.take_element();
        if report.budget.is_exhausted() {
            return Err(DecodeOutcome::Broken);
        }
        values.push(value);
    }
}

fn expected(slot: &Slot<'_>) -> &'static str {
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
        TextOutcome::Other => {
            report.unknown();
            report.contradict();
        }
        TextOutcome::Unlike if report.is_strict() => return report.refuse(expected, found),
        TextOutcome::Unlike => {
            report.unknown();
            report.contradict();
        }
        TextOutcome::Refused => return report.refuse(expected, found),
    }
    DecodeOutcome::Decoded
}

pub(super) fn decode_entries<'de>(
    place: &mut dyn Json,
    entries: &mut impl Entries<'de>,
    report: &mut Report,
) -> DecodeOutcome {
    let expected = match place.filled() {
        Slot::Object(object) => return read_object(object, entries, report),
        Slot::Union(union) => return read_union(union, entries, report),
        Slot::OneOf(one) => return one.read(entries, report),
        Slot::Map(map) => return read_map(map, entries, report),
        Slot::Any(_) | Slot::Integer(_) | Slot::Numeric(_) | Slot::Number(_) => {
            return read_any(place, entries, report);
        }
        Slot::Ignored => None,
        slot => Some(expected(&slot)),
    };
    loop {
        match entries.next_field(&[], 0) {
            Next::Field(_) | Next::Other => {
                if entries.skip() == DecodeOutcome::Broken {
                    return DecodeOutcome::Broken;
                }
            }
            Next::End => break,
            Next::Broken => return DecodeOutcome::Broken,
        }
    }
    expected.map_or(DecodeOutcome::Decoded, |expected| report.refuse(expected, "an object"))
}

/// Keeps an object as it is, unless it is how serde_json shows a number: it does so for every crate as soon as one of
/// them switches its `arbitrary_precision` on.
fn read_any(
    place: &mut dyn Json,
    entries: &mut dyn Entries<'_>,
    report: &mut Report,
) -> DecodeOutcome {
    let object = match collect_entries(serde_json::Map::new(), entries, report) {
        Ok(object) => object,
        Err(outcome) => return outcome,
    };
    let number = object.iter().next().and_then(|(key, value)| shown_number(key, value.as_str()));
    if let Some(number) = number {
        return decode_shown(place, number, report);
    }
    match place.filled() {
        Slot::Any(any) => *any = Value::Object(object),
        slot => return refused(&slot, "an object", report),
    }
    DecodeOutcome::Decoded
}

/// The number that an object shows, by its only entry.
pub(super) fn shown_number(key: &str, text: Option<&str>) -> Option<serde_json::Number> {
    let text = text.filter(|_| key == "$serde_json::private::Number")?;
    text.parse().ok()
}

/// Fills a place with a number that was kept aside, or shown in another way.
pub(super) fn decode_shown(
    place: &mut dyn Json,
    number: serde_json::Number,
    report: &mut Report,
) -> DecodeOutcome {
    let Some(value) = number.as_f64() else {
        // With `arbitrary_precision`, a number can be too large for a float.
        return match place.filled() {
            Slot::Any(any) => {
                *any = Value::Number(number);
                DecodeOutcome::Decoded
            }
            Slot::Numeric(_) => decode_digits(place, &number.to_string(), report),
            slot => refused(&slot, "a number that is out of range", report),
        };
    };
    let integer = || {
        let (signed, unsigned) = (number.as_i64().map(i128::from), number.as_u64().map(i128::from));
        signed.or(unsigned).or_else(|| whole(value))
    };
    decode_number(place, integer, value, || number.clone().into(), report)
}

/// Adds all entries that are left, as they are.
pub(super) fn collect_entries(
    mut object: serde_json::Map<String, Value>,
    entries: &mut dyn Entries<'_>,
    report: &mut Report,
) -> Result<serde_json::Map<String, Value>, DecodeOutcome> {
    while let Some(key) = entries.next_key()? {
        let mark = report.mark();
        let value = entries.any(report)?;
        report.locate(mark, || Step::Entry(key.clone().into_owned()));
        report.budget.take_property(&key, object.len());
        object.entry(key).or_insert(value);
        if report.budget.is_exhausted() {
            return Err(DecodeOutcome::Broken);
        }
    }
    Ok(object)
}

/// Fills a list. An element of another type is left out, and so is one that lacks what identifies it: nothing is invented.
fn read_list(
    list: &mut dyn List,
    elements: &mut (impl Elements + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    let outside = report.budget.outside();
    let outcome = read_list_elements(list, elements, report);
    report.budget.leave(outside);
    outcome
}

fn read_list_elements(
    list: &mut dyn List,
    elements: &mut (impl Elements + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    for index in 0.. {
        let (mark, budget) = (report.mark(), report.budget);
        match elements.next(list, report) {
            None => break,
            Some(DecodeOutcome::Decoded) => {
                if report.mark() > mark && report.forgive(mark) {
                    list.pop();
                    report.budget.restore(budget);
                }
            }
            Some(DecodeOutcome::Refused) => {
                list.pop();
                report.budget.restore(budget);
                report.leave_out(report.refused().into());
            }
            Some(DecodeOutcome::Broken) => {
                report.locate_break(Step::Index(index));
                return DecodeOutcome::Broken;
            }
        }
        report.locate(mark, || Step::Index(index));
        if report.is_full() {
            return DecodeOutcome::Broken;
        }
    }
    DecodeOutcome::Decoded
}

fn read_map(
    map: &mut dyn Map,
    entries: &mut dyn Entries<'_>,
    report: &mut Report,
) -> DecodeOutcome {
    loop {
        let key = match entries.next_key() {
            Ok(Some(key)) => key,
            Ok(None) => return DecodeOutcome::Decoded,
            Err(outcome) => return outcome,
        };
        if read_entry(map, key, entries, report) == DecodeOutcome::Broken || report.is_full() {
            return DecodeOutcome::Broken;
        }
    }
}

/// Reads the value of the last key, `key`, into a map; one that cannot be read is left out.
pub(super) fn read_entry<'de>(
    map: &mut dyn Map,
    key: Cow<'_, str>,
    entries: &mut (impl Entries<'de> + ?Sized),
    report: &mut Report,
) -> DecodeOutcome {
    let (mark, count) = (report.mark(), map.len());
    // If a key appears twice, the first value wins.
    let Some(place) = map.insert(&key) else { return entries.skip() };
    report.budget.take_entry(&key, size_of_val(place), count);
    let outside = report.budget.enter_counted(place);
    let outcome = entries.value(place, report);
    report.budget.leave(outside);
    match outcome {
        DecodeOutcome::Decoded => {
            if report.mark() > mark && report.forgive(mark) {
                map.remove(&key);
            }
        }
        DecodeOutcome::Refused => {
            map.remove(&key);
            report.leave_out(report.refused().into());
        }
        DecodeOutcome::Broken => {
            report.locate_break(Step::Entry(key.into_owned()));
            return DecodeOutcome::Broken;
        }
    }
    report.locate(mark, || Step::Entry(key.clone().into_owned()));
    DecodeOutcome::Decoded
}
