//! What an object or an array holds, without the type of what reads it: from serde, or from what was kept aside.

use std::{fmt, vec};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::Json;
use super::object::Field;
use super::read::Seed;
use super::repair::Report;

/// How a value took what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is there.
    Taken,
    /// It is of another type, and was passed over.
    Refused { expected: &'static str, found: &'static str },
    /// The text itself is broken; whoever reads it knows the error.
    Broken,
}

/// The next entry of an object.
pub(super) enum Next {
    Field(usize),
    Other,
    End,
    Broken,
}

/// The entries of an object, without its type.
pub(super) trait Entries {
    /// Reads the next key and finds its field, which is probably `expected`.
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next;

    /// Reads the next entry as it is.
    fn next_entry(&mut self) -> Result<Option<(String, Value)>, Fit>;

    /// Reads the next key as it is.
    fn next_key(&mut self) -> Result<Option<String>, Fit>;

    /// Reads the value of the last key.
    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> Fit;

    /// Passes over the value of the last key.
    fn skip(&mut self) -> Fit;
}

/// The elements of an array, without their type.
pub(super) trait Elements {
    /// Reads the next one; nothing at the end.
    fn next(&mut self, place: &mut dyn Json, report: &mut Report) -> Option<Fit>;
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
    pub(super) fn finish(self, fit: Fit) -> Result<Fit, E> {
        self.error.map_or(Ok(fit), Err)
    }
}

impl<'de, A: SeqAccess<'de>> Elements for Sequence<A, A::Error> {
    fn next(&mut self, place: &mut dyn Json, report: &mut Report) -> Option<Fit> {
        match self.access.next_element_seed(Seed::new(place, report)) {
            Ok(fit) => fit,
            Err(error) => {
                self.error = Some(error);
                Some(Fit::Broken)
            }
        }
    }
}

/// serde's view of an object, likewise.
pub(super) struct Mapping<A, E> {
    access: A,
    error: Option<E>,
}

impl<A, E> Mapping<A, E> {
    pub(super) fn new(access: A) -> Self {
        Self { access, error: None }
    }

    /// Likewise.
    pub(super) fn finish(self, fit: Fit) -> Result<Fit, E> {
        self.error.map_or(Ok(fit), Err)
    }

    fn broken(&mut self, error: E) -> Fit {
        self.error = Some(error);
        Fit::Broken
    }
}

impl<'de, A: MapAccess<'de>> Entries for Mapping<A, A::Error> {
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next {
        match self.access.next_key_seed(FieldSeed { fields, expected }) {
            Ok(Some(Some(index))) => Next::Field(index),
            Ok(Some(None)) => Next::Other,
            Ok(None) => Next::End,
            Err(error) => {
                self.error = Some(error);
                Next::Broken
            }
        }
    }

    fn next_entry(&mut self) -> Result<Option<(String, Value)>, Fit> {
        self.access.next_entry().map_err(|error| self.broken(error))
    }

    fn next_key(&mut self) -> Result<Option<String>, Fit> {
        self.access.next_key().map_err(|error| self.broken(error))
    }

    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> Fit {
        self.access
            .next_value_seed(Seed::new(place, report))
            .unwrap_or_else(|error| self.broken(error))
    }

    fn skip(&mut self) -> Fit {
        match self.access.next_value::<IgnoredAny>() {
            Ok(_) => Fit::Taken,
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

fn find(fields: &[Field], expected: usize, key: &str) -> Option<usize> {
    if fields.get(expected).is_some_and(|field| field.key == key) {
        return Some(expected);
    }
    fields.binary_search_by(|field| field.key.cmp(key)).ok()
}

/// Entries that were kept aside, and then those that had not been read yet.
pub(super) struct Replay<'a> {
    kept: vec::IntoIter<(String, Value)>,
    value: Option<Value>,
    rest: &'a mut dyn Entries,
}

impl<'a> Replay<'a> {
    pub(super) fn new(kept: Vec<(String, Value)>, rest: &'a mut dyn Entries) -> Self {
        Self { kept: kept.into_iter(), value: None, rest }
    }
}

impl Entries for Replay<'_> {
    fn next_field(&mut self, fields: &'static [Field], expected: usize) -> Next {
        match self.kept.next() {
            None => self.rest.next_field(fields, expected),
            Some((key, value)) => {
                self.value = Some(value);
                find(fields, expected, &key).map_or(Next::Other, Next::Field)
            }
        }
    }

    fn next_entry(&mut self) -> Result<Option<(String, Value)>, Fit> {
        self.kept.next().map_or_else(|| self.rest.next_entry(), |entry| Ok(Some(entry)))
    }

    fn next_key(&mut self) -> Result<Option<String>, Fit> {
        match self.kept.next() {
            None => self.rest.next_key(),
            Some((key, value)) => {
                self.value = Some(value);
                Ok(Some(key))
            }
        }
    }

    fn value(&mut self, place: &mut dyn Json, report: &mut Report) -> Fit {
        match self.value.take() {
            None => self.rest.value(place, report),
            // A value that has been parsed has no error of its own left.
            Some(value) => Seed::new(place, report).deserialize(value).unwrap_or(Fit::Broken),
        }
    }

    fn skip(&mut self) -> Fit {
        if self.value.take().is_some() { Fit::Taken } else { self.rest.skip() }
    }
}
