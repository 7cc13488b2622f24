//! JSON that is kept aside until it is known what it is of. Its texts are those of the body where that is possible.

use std::borrow::Cow;
use std::{fmt, vec};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

use super::Json;
use super::entries::{Elements, Entries, Fit, KeySeed, Next, Replay};
use super::repair::Report;
use super::take::{
    shown_number, take_boolean, take_elements, take_entries, take_null, take_shown, take_text,
};
use super::values::List;

/// A value that has been read, and that no place has taken yet.
pub(super) enum Kept<'de> {
    Null,
    Boolean(bool),
    Number(Number),
    Text(Cow<'de, str>),
    Elements(Vec<Kept<'de>>),
    Entries(Vec<Entry<'de>>),
}

/// A property that has been read likewise.
pub(super) type Entry<'de> = (Cow<'de, str>, Kept<'de>);

impl Kept<'_> {
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Puts it where it belongs.
    pub(super) fn fill(self, place: &mut dyn Json, report: &mut Report) -> Fit {
        match self {
            Self::Null => take_null(place, report),
            Self::Boolean(value) => take_boolean(place, value, report),
            Self::Number(number) => take_shown(place, number, report),
            Self::Text(text) => take_text(place, &text, report),
            Self::Elements(elements) => take_elements(place, &mut elements.into_iter(), report),
            Self::Entries(entries) => {
                take_entries(place, &mut Replay::new(entries, &mut Nothing), report)
            }
        }
    }
}

impl From<Kept<'_>> for Value {
    fn from(kept: Kept<'_>) -> Self {
        match kept {
            Kept::Null => Self::Null,
            Kept::Boolean(value) => value.into(),
            Kept::Number(number) => Self::Number(number),
            Kept::Text(text) => Self::String(text.into_owned()),
            Kept::Elements(elements) => elements.into_iter().map(Self::from).collect(),
            Kept::Entries(entries) => {
                let number =
                    entries.first().and_then(|(key, value)| shown_number(key, value.as_str()));
                let entries = entries.into_iter().map(|(key, value)| (key.into_owned(), value));
                number.map_or_else(
                    || Self::Object(entries.map(|(k, v)| (k, v.into())).collect()),
                    Self::Number,
                )
            }
        }
    }
}

impl<'de> Deserialize<'de> for Kept<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeptVisitor)
    }
}

struct KeptVisitor;

impl<'de> Visitor<'de> for KeptVisitor {
    type Value = Kept<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Kept<'de>, E> {
        Ok(Kept::Null)
    }

    fn visit_none<E>(self) -> Result<Kept<'de>, E> {
        Ok(Kept::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kept<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Kept<'de>, E> {
        Ok(Kept::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Kept<'de>, E> {
        Ok(Kept::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Kept<'de>, E> {
        Ok(Kept::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Kept<'de>, E> {
        Ok(Number::from_f64(value).map_or(Kept::Null, Kept::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Kept<'de>, E> {
        Ok(Kept::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Kept<'de>, E> {
        Ok(Kept::Text(Cow::Borrowed(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Kept<'de>, E> {
        Ok(Kept::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Kept<'de>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element()? {
            elements.push(element);
        }
        Ok(Kept::Elements(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Kept<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key_seed(KeySeed)? {
            entries.push((key, access.next_value()?));
        }
        Ok(Kept::Entries(entries))
    }
}

impl Elements for vec::IntoIter<Kept<'_>> {
    fn next(&mut self, list: &mut dyn List, report: &mut Report) -> Option<Fit> {
        Iterator::next(self).map(|element| element.fill(list.push(), report))
    }

    fn any(&mut self) -> Result<Option<Value>, Fit> {
        Ok(Iterator::next(self).map(Value::from))
    }

    fn skip(&mut self) -> Fit {
        // Nothing comes behind what was kept, so it need not be passed over.
        Fit::Taken
    }
}

/// What comes behind an object that was kept as a whole.
struct Nothing;

impl<'de> Entries<'de> for Nothing {
    fn next_field(&mut self, _: &'static [super::Field], _: usize) -> Next {
        Next::End
    }

    fn next_entry(&mut self) -> Result<Option<Entry<'de>>, Fit> {
        Ok(None)
    }

    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, Fit> {
        Ok(None)
    }

    fn value(&mut self, _: &mut dyn Json, _: &mut Report) -> Fit {
        Fit::Taken
    }

    fn any(&mut self) -> Result<Value, Fit> {
        Ok(Value::Null)
    }

    fn skip(&mut self) -> Fit {
        Fit::Taken
    }
}
