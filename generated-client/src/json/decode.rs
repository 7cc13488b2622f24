//! Decodes arrays and objects into places.

use std::borrow::Cow;

use serde_json::Value;

use super::decode_scalars::{decode_digits, decode_number, expected, refused, whole};
use super::entries::{DecodeOutcome, Elements, Entries, Next};
use super::object::read_object;
use super::one_of::Kind;
use super::repair::{RepairKind, Report, Step};
use super::union::read_union;
use super::values::{List, Map};
use super::{Json, Slot};

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
