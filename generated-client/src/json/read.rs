//! From any serde format to values: the one visitor that serves every type.

use std::borrow::Cow;
use std::{fmt, slice};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::entries::{Elements, Entries, Fit, Mapping, Next, Sequence};
use super::object::{Field, Object, read_object};
use super::one_of::{self, Kind, read_one_of};
use super::repair::{Repair, RepairKind, Report, Step};
use super::union::read_union;
use super::values::{List, Map};
use super::{Json, Slot, TextFit, View};

/// What a message calls null.
pub(super) const NULL: &str = "null";

/// How strictly a body is held against what the API describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Repair what can be repaired, and keep what is unknown.
    Open,
    /// Fail on the first of either.
    Strict,
}

/// Why a body could not be read.
#[derive(Clone, Debug)]
pub(crate) struct ReadError {
    /// Where, as in [`Repair::path`].
    pub(crate) path: String,
    /// What is wrong there.
    pub(crate) message: String,
}

/// Reads a whole body as one value.
pub(crate) fn read<T: Json>(body: &[u8], policy: Policy) -> Result<(T, Vec<Repair>), ReadError> {
    let mut value = T::neutral();
    let repairs = read_into(body, &mut value, policy)?;
    Ok((value, repairs))
}

/// Reads one value of a body, behind these properties, passing over the others.
pub(crate) fn read_at<T: Json>(
    body: &[u8],
    path: &[&'static Field],
    policy: Policy,
) -> Result<(T, Vec<Repair>), ReadError> {
    if path.is_empty() {
        return read(body, policy);
    }
    let mut envelope = Envelope { path, value: T::neutral() };
    let repairs = read_into(body, &mut envelope, policy)?;
    Ok((envelope.value, repairs))
}

fn read_into(body: &[u8], place: &mut dyn Json, policy: Policy) -> Result<Vec<Repair>, ReadError> {
    let mut report = Report::new(policy == Policy::Strict);
    let seed = Seed { place, report: &mut report };
    // To look at all of it at once is cheaper than at each string, and only what is passed over may be no UTF-8.
    let read = match str::from_utf8(body) {
        Ok(text) => read_with(serde_json::Deserializer::from_str(text), seed),
        Err(_) => read_with(serde_json::Deserializer::from_slice(body), seed),
    };
    match read {
        Ok(Fit::Refused) => {
            let message = RepairKind::from(report.refused()).to_string();
            Err(ReadError { path: String::new(), message })
        }
        // Then the text was left in its midst, for which it is not to blame.
        Err(error) if !report.is_full() => {
            Err(ReadError { path: report.broken_path(), message: error.to_string() })
        }
        _ => report.finish().map_err(|(path, message)| ReadError { path, message }),
    }
}

fn read_with<'de, R: serde_json::de::Read<'de>>(
    mut deserializer: serde_json::Deserializer<R>,
    seed: Seed<'_>,
) -> serde_json::Result<Fit> {
    let fit = seed.deserialize(&mut deserializer)?;
    deserializer.end().map(|()| fit)
}

/// Reads a value with any deserializer that describes itself, as those of JSON, YAML, TOML and MessagePack do.
///
/// Repairs are made without a word: this is for what was stored, not for what a server answered.
pub(crate) fn deserialize<'de, T: Json, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::neutral();
    let mut report = Report::default();
    match (Seed { place: &mut value, report: &mut report }).deserialize(deserializer)? {
        Fit::Refused => Err(D::Error::custom(RepairKind::from(report.refused()))),
        Fit::Taken | Fit::Broken => match report.finish() {
            Ok(_) => Ok(value),
            Err((path, message)) if path.is_empty() => Err(D::Error::custom(message)),
            Err((path, message)) => Err(D::Error::custom(format!("{path}: {message}"))),
        },
    }
}

/// Reads a value from one that has been read as any JSON.
pub(crate) fn from_value<T: Json>(value: &Value) -> Result<T, ReadError> {
    deserialize(value)
        .map_err(|error| ReadError { path: String::new(), message: error.to_string() })
}

/// An object of which one property is of interest, or what is behind it.
struct Envelope<'p, T> {
    /// What is left of the way to the value.
    path: &'p [&'static Field],
    value: T,
}

impl<T: Json> Json for Envelope<'_, T> {
    fn neutral() -> Self {
        <Self as Object>::neutral()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Json> Object for Envelope<'_, T> {
    fn neutral() -> Self {
        Self { path: &[], value: T::neutral() }
    }

    fn fields(&self) -> &'static [Field] {
        self.path.first().map_or(&[], |field| slice::from_ref(*field))
    }

    fn get(&self, _: usize) -> &dyn Json {
        &self.value
    }

    /// One step on: the next object stands in for itself.
    fn get_mut(&mut self, _: usize) -> &mut dyn Json {
        self.path = self.path.get(1..).unwrap_or_default();
        if self.path.is_empty() { &mut self.value } else { self }
    }
}

/// The one visitor: it asks the place what it accepts.
pub(super) struct Seed<'a> {
    place: &'a mut dyn Json,
    report: &'a mut Report,
}

impl<'a> Seed<'a> {
    pub(super) fn new(place: &'a mut dyn Json, report: &'a mut Report) -> Self {
        Self { place, report }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Fit;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Fit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Fit, E> {
        Ok(take_null(self.place, self.report))
    }

    fn visit_none<E>(self) -> Result<Fit, E> {
        Ok(take_null(self.place, self.report))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fit, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Fit, E> {
        Ok(take_boolean(self.place, value, self.report))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Fit, E> {
        Ok(take_number(self.place, || Some(value), value as f64, || value.into(), self.report))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Fit, E> {
        Ok(take_number(
            self.place,
            || i64::try_from(value).ok(),
            value as f64,
            || value.into(),
            self.report,
        ))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Fit, E> {
        Ok(take_number(self.place, || whole(value), value, || value.into(), self.report))
    }

    fn visit_str<E>(self, text: &str) -> Result<Fit, E> {
        Ok(take_text(self.place, text, self.report))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Fit, A::Error> {
        let mut elements = Sequence::new(access);
        let fit = take_elements(self.place, &mut elements, self.report);
        elements.finish(fit)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Fit, A::Error> {
        let mut entries = Mapping::new(access);
        let fit = take_entries(self.place, &mut entries, self.report);
        entries.finish(fit)
    }
}

pub(super) fn take_elements(
    place: &mut dyn Json,
    elements: &mut impl Elements,
    report: &mut Report,
) -> Fit {
    let expected = match place.filled() {
        Slot::Any(any) => match collect(elements) {
            Ok(value) => {
                *any = value;
                return Fit::Taken;
            }
            Err(fit) => return fit,
        },
        Slot::OneOf(one) => {
            let only = one_of::only(one, Kind::Array);
            return match only.and_then(|index| one.select(index)) {
                Some(place) => take_elements(place, elements, report),
                None => collect(elements)
                    .map_or_else(|fit| fit, |value| one_of::take(one, value, report)),
            };
        }
        Slot::List(list) => return read_list(list, elements, report),
        Slot::Ignored => None,
        other => Some(expected(&other)),
    };
    match (elements.skip(), expected) {
        (Fit::Taken, Some(expected)) => report.refuse(expected, "an array"),
        (fit, _) => fit,
    }
}

fn collect(elements: &mut dyn Elements) -> Result<Value, Fit> {
    let mut values = Vec::new();
    while let Some(value) = elements.any()? {
        values.push(value);
    }
    Ok(Value::Array(values))
}

fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Boolean(_) => "a boolean",
        Slot::Integer(_) => "an integer",
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

fn refused(slot: &Slot<'_>, found: &'static str, report: &mut Report) -> Fit {
    report.refuse(expected(slot), found)
}

pub(super) fn take_null(place: &mut dyn Json, report: &mut Report) -> Fit {
    match place.slot() {
        Slot::Nullable(nullable) => nullable.set_none(),
        Slot::Any(any) => *any = Value::Null,
        Slot::Inner(inner) => return take_null(inner, report),
        Slot::Ignored => {}
        slot => return refused(&slot, NULL, report),
    }
    Fit::Taken
}

pub(super) fn take_boolean(place: &mut dyn Json, value: bool, report: &mut Report) -> Fit {
    match place.filled() {
        Slot::OneOf(one) => return one_of::take(one, value.into(), report),
        Slot::Boolean(boolean) => *boolean = value,
        Slot::Scalar(scalar) => *scalar = value.into(),
        Slot::Any(any) => *any = value.into(),
        Slot::Ignored => {}
        slot => return refused(&slot, "a boolean", report),
    }
    Fit::Taken
}

fn take_number(
    place: &mut dyn Json,
    whole: impl FnOnce() -> Option<i64>,
    value: f64,
    as_any: impl FnOnce() -> Value,
    report: &mut Report,
) -> Fit {
    match place.filled() {
        Slot::OneOf(one) => return one_of::take(one, as_any(), report),
        Slot::Integer(integer) => match whole() {
            Some(whole) => *integer = whole,
            None => return refused(&Slot::Integer(integer), "a number", report),
        },
        Slot::Number(number) => *number = value,
        Slot::Scalar(scalar) => *scalar = value.into(),
        Slot::Any(any) => *any = as_any(),
        Slot::Ignored => {}
        slot => return refused(&slot, "a number", report),
    }
    Fit::Taken
}

/// The integer that a number is, where a number of this kind tells.
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 2_f64.powi(53)).then_some(value as i64)
}

pub(super) fn take_text(place: &mut dyn Json, text: &str, report: &mut Report) -> Fit {
    match place.filled() {
        // The place is empty, so there is no allocation to use again.
        Slot::String(string) => *string = text.to_owned(),
        Slot::Scalar(scalar) => *scalar = text.into(),
        Slot::Any(any) => *any = text.into(),
        Slot::OneOf(one) => return one_of::take(one, text.into(), report),
        Slot::Text(place) => match place.set(text) {
            TextFit::Known => {}
            TextFit::Unknown => report.unknown(),
            TextFit::Other => {
                report.unknown();
                report.contradict();
            }
            TextFit::Refused => {
                return report.refuse(place.expected(), "another text");
            }
        },
        Slot::Ignored => {}
        slot => return refused(&slot, "a string", report),
    }
    Fit::Taken
}

pub(super) fn take_entries<'de>(
    place: &mut dyn Json,
    entries: &mut impl Entries<'de>,
    report: &mut Report,
) -> Fit {
    let expected = match place.filled() {
        Slot::Object(object) => return read_object(object, entries, report),
        Slot::Union(union) => return read_union(union, entries, report),
        Slot::OneOf(one) => return read_one_of(one, entries, report),
        Slot::Map(map) => return read_map(map, entries, report),
        Slot::Any(_) | Slot::Integer(_) | Slot::Number(_) => {
            return read_any(place, entries, report);
        }
        Slot::Ignored => None,
        slot => Some(expected(&slot)),
    };
    loop {
        match entries.next_field(&[], 0) {
            Next::Field(_) | Next::Other => {
                if entries.skip() == Fit::Broken {
                    return Fit::Broken;
                }
            }
            Next::End => break,
            Next::Broken => return Fit::Broken,
        }
    }
    expected.map_or(Fit::Taken, |expected| report.refuse(expected, "an object"))
}

/// Keeps an object as it is, unless it is how serde_json shows a number: it does so for every crate as soon as one of
/// them switches its `arbitrary_precision` on.
fn read_any(place: &mut dyn Json, entries: &mut dyn Entries<'_>, report: &mut Report) -> Fit {
    let object = match collect_entries(serde_json::Map::new(), entries) {
        Ok(object) => object,
        Err(fit) => return fit,
    };
    let number = object.iter().next().and_then(|(key, value)| shown_number(key, value.as_str()));
    if let Some(number) = number {
        return take_shown(place, number, report);
    }
    match place.filled() {
        Slot::Any(any) => *any = Value::Object(object),
        slot => return refused(&slot, "an object", report),
    }
    Fit::Taken
}

/// The number that an object shows, by its only entry.
pub(super) fn shown_number(key: &str, text: Option<&str>) -> Option<serde_json::Number> {
    let text = text.filter(|_| key == "$serde_json::private::Number")?;
    text.parse().ok()
}

/// Fills a place with a number that was kept aside, or shown in another way.
pub(super) fn take_shown(
    place: &mut dyn Json,
    number: serde_json::Number,
    report: &mut Report,
) -> Fit {
    let (integer, value) = (number.as_i64(), number.as_f64().unwrap_or(f64::INFINITY));
    take_number(place, || integer.or_else(|| whole(value)), value, || number.into(), report)
}

/// Adds all entries that are left, as they are.
pub(super) fn collect_entries(
    mut object: serde_json::Map<String, Value>,
    entries: &mut dyn Entries<'_>,
) -> Result<serde_json::Map<String, Value>, Fit> {
    while let Some(key) = entries.next_key()? {
        let value = entries.any()?;
        object.insert(key.into_owned(), value);
    }
    Ok(object)
}

/// Fills a list. An element that is of another type is left out: the raw body keeps it, and nothing is invented.
fn read_list(
    list: &mut dyn List,
    elements: &mut (impl Elements + ?Sized),
    report: &mut Report,
) -> Fit {
    for index in 0.. {
        let mark = report.mark();
        match elements.next(list, report) {
            None => break,
            Some(Fit::Taken) => {}
            Some(Fit::Refused) => {
                list.pop();
                report.repair(report.refused().into());
            }
            Some(Fit::Broken) => {
                report.locate_break(Step::Index(index));
                return Fit::Broken;
            }
        }
        report.locate(mark, || Step::Index(index));
        if report.is_full() {
            return Fit::Broken;
        }
    }
    Fit::Taken
}

fn read_map(map: &mut dyn Map, entries: &mut dyn Entries<'_>, report: &mut Report) -> Fit {
    loop {
        let key = match entries.next_key() {
            Ok(Some(key)) => key,
            Ok(None) => return Fit::Taken,
            Err(fit) => return fit,
        };
        if read_entry(map, key, entries, report) == Fit::Broken || report.is_full() {
            return Fit::Broken;
        }
    }
}

/// Reads the value of the last key, `key`, into a map; one that cannot be read is left out.
pub(super) fn read_entry<'de>(
    map: &mut dyn Map,
    key: Cow<'_, str>,
    entries: &mut (impl Entries<'de> + ?Sized),
    report: &mut Report,
) -> Fit {
    let mark = report.mark();
    match entries.value(map.insert(&key), report) {
        Fit::Taken => {}
        Fit::Refused => {
            map.remove(&key);
            report.repair(report.refused().into());
        }
        Fit::Broken => {
            report.locate_break(Step::Entry(key.into_owned()));
            return Fit::Broken;
        }
    }
    report.locate(mark, || Step::Entry(key.clone().into_owned()));
    Fit::Taken
}
