//! From any serde format to values: the one visitor that serves every type.

use std::borrow::Cow;
use std::{fmt, slice};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::{decode_elements, decode_entries};
use super::decode_scalars::{
    decode_boolean, decode_digits, decode_null, decode_number, decode_text, whole,
};
use super::entries::{DecodeOutcome, Mapping, Sequence};
use super::lenient;
use super::limits::Budget;
use super::numbers::deserialize_exactly;
use super::object::Object;
use super::repair::{Repair, RepairKind, Report};
use super::table::{Field, nowhere};
use super::{Json, Slot, View};

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
    read_at(body, &[], policy)
}

/// Reads one value of a body, behind these properties, passing over the others.
pub(crate) fn read_at<T: Json>(
    body: &[u8],
    path: &[&'static Field],
    policy: Policy,
) -> Result<(T, Vec<Repair>), ReadError> {
    let mut value = T::neutral();
    let repairs = fill_at(&mut value, body, path, policy)?;
    Ok((value, repairs))
}

/// The same for a value that is neutral yet. It is compiled once, for all types.
pub(crate) fn fill_at(
    place: &mut dyn Json,
    body: &[u8],
    path: &[&'static Field],
    policy: Policy,
) -> Result<Vec<Repair>, ReadError> {
    let new_report = || {
        let budget = Budget::of_body(body.len());
        Report::new(policy == Policy::Strict, path.last().copied(), budget)
    };
    let mut report = new_report();
    let text = text_of(body);
    let outcome = match behind(path, place, |place| decode(&text, place, &mut report)) {
        Ok(outcome) => outcome,
        // Then the text was left in its midst, for which it is not to blame.
        Err(_) if report.is_full() => DecodeOutcome::Broken,
        Err(_) if lenient::is_json(&text) => {
            report = new_report();
            behind(path, place, |place| lenient::decode(&text, place, &mut report))
        }
        Err(error) => {
            let message = match text {
                Cow::Borrowed(_) => error.to_string(),
                Cow::Owned(_) => format!("{error}, in a body that is no UTF-8"),
            };
            return Err(ReadError { path: report.broken_path(), message });
        }
    };
    if outcome == DecodeOutcome::Refused {
        let message = RepairKind::from(report.refused()).to_string();
        return Err(ReadError { path: String::new(), message });
    }
    report.finish(&text).map_err(|(path, message)| ReadError { path, message })
}

/// Gives the place of the whole body, of which a value is wanted that is behind these properties.
fn behind<R>(
    path: &[&'static Field],
    place: &mut dyn Json,
    read: impl FnOnce(&mut dyn Json) -> R,
) -> R {
    if path.is_empty() { read(place) } else { read(&mut Envelope { path, place }) }
}

fn decode(
    text: &str,
    place: &mut dyn Json,
    report: &mut Report,
) -> Result<DecodeOutcome, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let outcome = Seed { place, report }.deserialize(&mut deserializer)?;
    deserializer.end().map(|()| outcome)
}

/// A body as a text. To look at all of it at once is cheaper than at each string.
///
/// What is no UTF-8 becomes an escape that is of no character either, and that is read like one.
fn text_of(body: &[u8]) -> Cow<'_, str> {
    // A byte order mark is not JSON, and RFC 8259 lets readers pass over it.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if let Ok(text) = str::from_utf8(body) {
        return text.into();
    }
    // The space keeps a backslash in front of it from making it a text.
    const ESCAPE: &str = " \\udc00";
    // One escape stands for all bytes without text between them: else it would take many times the memory of the body.
    let escapes = body.utf8_chunks().filter(|chunk| !chunk.valid().is_empty()).count() + 1;
    let mut text = String::with_capacity(body.len() + escapes * ESCAPE.len());
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() && !text.ends_with(ESCAPE) {
            text.push_str(ESCAPE);
        }
    }
    text.into()
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
        DecodeOutcome::Refused => Err(D::Error::custom(RepairKind::from(report.refused()))),
        DecodeOutcome::Decoded | DecodeOutcome::Broken => match report.finish("") {
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
struct Envelope<'p> {
    /// What is left of the way to the value.
    path: &'p [&'static Field],
    /// Where the value belongs.
    place: &'p mut dyn Json,
}

impl Json for Envelope<'_> {
    fn neutral() -> Self {
        Self { path: &[], place: nowhere() }
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl Object for Envelope<'_> {
    fn fields(&self) -> &'static [Field] {
        self.path.first().map_or(&[], |field| slice::from_ref(*field))
    }

    fn get(&self, _: usize) -> &dyn Json {
        self.place
    }

    /// One step on: the next object stands in for itself.
    fn get_mut(&mut self, _: usize) -> &mut dyn Json {
        self.path = self.path.get(1..).unwrap_or_default();
        if self.path.is_empty() { self.place } else { self }
    }
}

/// The one visitor: it asks the place what it accepts.
pub(super) struct Seed<'a> {
    pub(super) place: &'a mut dyn Json,
    pub(super) report: &'a mut Report,
}

impl<'a> Seed<'a> {
    pub(super) fn new(place: &'a mut dyn Json, report: &'a mut Report) -> Self {
        Self { place, report }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = DecodeOutcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<DecodeOutcome, D::Error> {
        if self.place.is_exact() {
            return deserialize_exactly(self, deserializer);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = DecodeOutcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<DecodeOutcome, E> {
        Ok(decode_null(self.place, self.report))
    }

    fn visit_none<E>(self) -> Result<DecodeOutcome, E> {
        Ok(decode_null(self.place, self.report))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<DecodeOutcome, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<DecodeOutcome, E> {
        Ok(decode_boolean(self.place, value, self.report))
    }

    fn visit_i64<E>(self, value: i64) -> Result<DecodeOutcome, E> {
        Ok(decode_number(
            self.place,
            || Some(value.into()),
            value as f64,
            || value.into(),
            self.report,
        ))
    }

    fn visit_u64<E>(self, value: u64) -> Result<DecodeOutcome, E> {
        Ok(decode_number(
            self.place,
            || Some(value.into()),
            value as f64,
            || value.into(),
            self.report,
        ))
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<DecodeOutcome, E> {
        Ok(decode_digits(self.place, &value.to_string(), self.report))
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<DecodeOutcome, E> {
        Ok(decode_digits(self.place, &value.to_string(), self.report))
    }

    fn visit_f64<E>(self, value: f64) -> Result<DecodeOutcome, E> {
        Ok(decode_number(self.place, || whole(value), value, || value.into(), self.report))
    }

    fn visit_str<E>(self, text: &str) -> Result<DecodeOutcome, E> {
        Ok(decode_text(self.place, text, self.report))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<DecodeOutcome, A::Error> {
        let mut elements = Sequence::new(access);
        let outcome = decode_elements(self.place, &mut elements, self.report);
        elements.finish(outcome)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<DecodeOutcome, A::Error> {
        let mut entries = Mapping::new(access);
        let outcome = decode_entries(self.place, &mut entries, self.report);
        entries.finish(outcome)
    }
}
