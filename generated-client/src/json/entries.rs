//! What an object or an array holds, without the type of what reads it: from serde, or from what was kept aside.

use std::borrow::Cow;
use std::{fmt, vec};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::Json;
use super::buffered::{Buffered, BufferedSeed, Entry};
use super::read::Seed;
use super::repair::Report;
use super::table::Field;
use super::values::List;

/// How a value took what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecodeOutcome {
    /// It is there.
    Decoded,
    /// It is of another type, and was passed over; the report knows what was expected.
    Refused,
    /// The text itself is broken; whoever reads it knows the error.
    Broken,
}

/// The next entry of an object.
pub(crate) enum Next {
    Field(usize),
    Other,
    End,
    Broken,
}

/// The entries of an object, without its type.
pub(crate) trait Entries<'de> {
    /// Reads the next key and finds its field, which is probably `expected`.
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next;

    /// Reads the next entry, to be kept aside.
    fn next_entry(&mut self, report: &mut Report) -> Result<Option<Entry<'de>>, DecodeOutcome>;

    /// Reads the next key as it is.
    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, DecodeOutcome>;

    /// Reads the value of the last key.
    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome;

    /// Reads the value of the last key as it is.
    fn any(&mut self, report: &mut Report) -> Result<Value, DecodeOutcome>;

    /// Passes over the value of the last key.
    fn skip(&mut self) -> DecodeOutcome;
}

/// The elements of an array, without their type.
pub(super) trait Elements {
    /// Reads the next one into a new place of the list; nothing at the end.
    fn next(&mut self, list: &mut dyn List, report: &mut Report) -> Option<DecodeOutcome>;

    /// Reads the next one as it is.
    fn any(&mut self, report: &mut Report) -> Result<Option<Value>, DecodeOutcome>;

    /// Passes over all that are left.
    fn skip(&mut self) -> DecodeOutcome;
}

/// serde's view of an array, with its error kept aside so that what uses it need not be generic.
pub(super) struct Sequence<A, E> {
    access: A,
    error: Option<E>,
}

impl<A, E> Sequence<A, E> {
    pub(super) fn new(access: A) -> Self {
        Self { access, error: None }
    }

    /// The outcome, with the error that was kept aside.
    pub(super) fn finish(self, outcome: DecodeOutcome) -> Result<DecodeOutcome, E> {
        self.error.map_or(Ok(outcome), Err)
    }

    #[cold]
    fn broken(&mut self, error: E) -> DecodeOutcome {
        self.error = Some(error);
        DecodeOutcome::Broken
    }
}

impl<'de, A: SeqAccess<'de>> Elements for Sequence<A, A::Error> {
    fn next(&mut self, list: &mut dyn List, report: &mut Report) -> Option<DecodeOutcome> {
        self.access
            .next_element_seed(ElementSeed { list, report })
            .unwrap_or_else(|error| Some(self.broken(error)))
    }

    fn any(&mut self, report: &mut Report) -> Result<Option<Value>, DecodeOutcome> {
        let next = self.access.next_element_seed(BufferedSeed(report));
        let next = next.map_err(|error| self.broken(error))?;
        Ok(next.map(|value| value.into_value(report)))
    }

    fn skip(&mut self) -> DecodeOutcome {
        loop {
            match self.access.next_element::<IgnoredAny>() {
                Ok(Some(_)) => {}
                Ok(None) => return DecodeOutcome::Decoded,
                Err(error) => return self.broken(error),
            }
        }
    }
}

/// Adds a place to a list.
#[inline]
pub(super) fn push<'l>(list: &'l mut dyn List, report: &mut Report) -> &'l mut dyn Json {
    let place = list.push();
    report.budget.take(size_of_val(place));
    report.budget.enter_counted(place);
    place
}

/// Makes the place of an element when there is one: an empty list allocates nothing.
struct ElementSeed<'a> {
    list: &'a mut dyn List,
    report: &'a mut Report,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_> {
    type Value = DecodeOutcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<DecodeOutcome, D::Error> {
        Seed::new(push(self.list, self.report), self.report).deserialize(deserializer)
    }
}

/// An object, read through serde's `MapAccess`.
pub(super) struct Mapping<A, E> {
    access: A,
    error: Option<E>,
}

impl<A, E> Mapping<A, E> {
    pub(super) fn new(access: A) -> Self {
        Self { access, error: None }
    }

    /// Likewise.
    pub(super) fn finish(self, outcome: DecodeOutcome) -> Result<DecodeOutcome, E> {
        self.error.map_or(Ok(outcome), Err)
    }

    #[cold]
    fn broken(&mut self, error: E) -> DecodeOutcome {
        self.error = Some(error);
        DecodeOutcome::Broken
    }
}

impl<'de, A: MapAccess<'de>> Entries<'de> for Mapping<A, A::Error> {
    #[inline]
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next {
        match self.access.next_key_seed(FieldSeed { fields, expected }) {
            Ok(Some(Some(index))) => Next::Field(index),
            Ok(Some(None)) => Next::Other,
            Ok(None) => Next::End,
            Err(error) => {
                self.broken(error);
                Next::Broken
            }
        }
    }

    fn next_entry(&mut self, report: &mut Report) -> Result<Option<Entry<'de>>, DecodeOutcome> {
        let Some(key) = self.next_key()? else { return Ok(None) };
        let value = self.access.next_value_seed(BufferedSeed(report));
        let value = value.map_err(|error| self.broken(error))?;
        Ok(Some((key, value)))
    }

    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, DecodeOutcome> {
        self.access.next_key_seed(KeySeed).map_err(|error| self.broken(error))
    }

    #[inline]
    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
        self.access
            .next_value_seed(Seed::new(place, report))
            .unwrap_or_else(|error| self.broken(error))
    }

    fn any(&mut self, report: &mut Report) -> Result<Value, DecodeOutcome> {
        let value = self.access.next_value_seed(BufferedSeed(report));
        value.map(|value| value.into_value(report)).map_err(|error| self.broken(error))
    }

    fn skip(&mut self) -> DecodeOutcome {
        match self.access.next_value::<IgnoredAny>() {
            Ok(_) => DecodeOutcome::Decoded,
            Err(error) => self.broken(error),
        }
    }
}

/// Finds the field of a key without copying the key.
struct FieldSeed {
    fields: &'static [Field],
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for FieldSeed {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldSeed {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(find(self.fields, self.expected, key))
    }
}

/// Takes a key as it is, without copying it where it can be borrowed.
pub(super) struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_string<E>(self, key: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key))
    }
}

/// So many fields are looked at one by one, as those between may just be absent.
const NEAR: usize = 4;

#[inline]
pub(super) fn find(fields: &[Field], expected: usize, key: &str) -> Option<usize> {
    let end = fields.len().min(expected + NEAR);
    let near = fields.get(expected..end)?.iter().position(|field| field.key == key);
    if let Some(offset) = near {
        return Some(expected + offset);
    }
    fields.binary_search_by(|field| field.key.cmp(key)).ok()
}

/// Entries that were kept aside, and then those that had not been read yet.
pub(super) struct Replay<'a, 'de> {
    kept: vec::IntoIter<Entry<'de>>,
    value: Option<Buffered<'de>>,
    rest: &'a mut dyn Entries<'de>,
}

impl<'a, 'de> Replay<'a, 'de> {
    pub(super) fn new(kept: Vec<Entry<'de>>, rest: &'a mut dyn Entries<'de>) -> Self {
        Self { kept: kept.into_iter(), value: None, rest }
    }
}

impl<'de> Entries<'de> for Replay<'_, 'de> {
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next {
        match self.kept.next() {
            None => self.rest.next_field(fields, expected),
            Some((key, value)) => {
                self.value = Some(value);
                find(fields, expected, &key).map_or(Next::Other, Next::Field)
            }
        }
    }

    fn next_entry(&mut self, report: &mut Report) -> Result<Option<Entry<'de>>, DecodeOutcome> {
        self.kept.next().map_or_else(|| self.rest.next_entry(report), |entry| Ok(Some(entry)))
    }

    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, DecodeOutcome> {
        match self.kept.next() {
            None => self.rest.next_key(),
            Some((key, value)) => {
                self.value = Some(value);
                Ok(Some(key))
            }
        }
    }

    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
        match self.value.take() {
            None => self.rest.value(place, report),
            Some(value) => value.fill(place, report),
        }
    }

    fn any(&mut self, report: &mut Report) -> Result<Value, DecodeOutcome> {
        match self.value.take() {
            None => self.rest.any(report),
            Some(value) => Ok(value.into_value(report)),
        }
    }

    fn skip(&mut self) -> DecodeOutcome {
        if self.value.take().is_some() { DecodeOutcome::Decoded } else { self.rest.skip() }
    }
}
