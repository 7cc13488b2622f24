//! JSON that is kept aside until it is known what it is of. Its texts are those of the body where that is possible.

use std::borrow::Cow;
use std::{fmt, vec};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::decode::{decode_elements, decode_entries, decode_shown, shown_number};
use super::decode_scalars::{decode_boolean, decode_null, decode_text, refused};
use super::entries::{DecodeOutcome, Elements, Entries, KeySeed, Next, Replay, push};
use super::repair::{RepairKind, Report, Step};
use super::values::List;
use super::{Json, Slot};

/// A value that has been read, and that no place has taken yet.
pub(crate) enum Buffered<'de> {
    Null,
    Boolean(bool),
    Number(Number),
    Text(Cow<'de, str>),
    Elements(Vec<Buffered<'de>>),
    Entries(Vec<Entry<'de>>),
    /// A value that cannot be represented: what it is, for messages.
    Unreadable(&'static str),
}

/// A property with its buffered value.
pub(crate) type Entry<'de> = (Cow<'de, str>, Buffered<'de>);

impl Buffered<'_> {
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Puts it where it belongs.
    pub(super) fn fill(self, place: &mut dyn Json, report: &mut Report) -> DecodeOutcome {
        match self {
            Self::Null => decode_null(place, report),
            Self::Boolean(value) => decode_boolean(place, value, report),
            Self::Number(number) => decode_shown(place, number, report),
            Self::Text(text) => decode_text(place, &text, report),
            Self::Elements(elements) => decode_elements(place, &mut elements.into_iter(), report),
            Self::Entries(entries) => {
                decode_entries(place, &mut Replay::new(entries, &mut Nothing), report)
            }
            Self::Unreadable(found) => match place.filled() {
                Slot::Ignored => DecodeOutcome::Decoded,
                slot => refused(&slot, found, report),
            },
        }
    }

    /// Keeps it as it is. Null stands for what cannot be represented.
    pub(super) fn into_value(self, report: &mut Report) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => value.into(),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::Elements(elements) => {
                let elements = elements.into_iter().enumerate();
                let mut kept = |(index, element): (usize, Self)| {
                    let mark = report.mark();
                    let value = element.into_value(report);
                    report.locate(mark, || Step::Index(index));
                    value
                };
                elements.map(&mut kept).collect()
            }
            Self::Entries(entries) => {
                let number =
                    entries.first().and_then(|(key, value)| shown_number(key, value.as_str()));
                number.map_or_else(|| Value::Object(object_of(entries, report)), Value::Number)
            }
            Self::Unreadable(found) => {
                report.repair(RepairKind::Mismatch { expected: "a value", found });
                Value::Null
            }
        }
    }
}

/// An object of these properties.
pub(super) fn object_of(entries: Vec<Entry<'_>>, report: &mut Report) -> Map<String, Value> {
    let mut object = Map::new();
    // To collect them would sort them first, for which there is much code.
    for (key, value) in entries {
        let mark = report.mark();
        let value = value.into_value(report);
        report.locate(mark, || Step::Entry(key.clone().into_owned()));
        object.entry(key).or_insert(value);
    }
    object
}

/// What has been read as any JSON, once more.
impl<'a> From<&'a Value> for Buffered<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(elements) => Self::Elements(elements.iter().map(Self::from).collect()),
            Value::Object(entries) => Self::Entries(
                entries.iter().map(|(key, value)| (key.into(), value.into())).collect(),
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Buffered<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BufferedSeed(&mut Report::default()).deserialize(deserializer)
    }
}

/// Buffers a value, as long as the report has memory for it.
pub(super) struct BufferedSeed<'r>(pub(super) &'r mut Report);

impl BufferedSeed<'_> {
    /// The report has the message that is shown.
    fn check<E: serde::de::Error>(&self) -> Result<(), E> {
        if self.0.budget.is_exhausted() { Err(E::custom("too large")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for BufferedSeed<'_> {
    type Value = Buffered<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Buffered<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BufferedSeed<'_> {
    type Value = Buffered<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Null)
    }

    fn visit_none<E>(self) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Buffered<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Buffered<'de>, E> {
        Ok(Number::from_f64(value).map_or(Buffered::Null, Buffered::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Text(Cow::Borrowed(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Buffered<'de>, E> {
        Ok(Buffered::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Buffered<'de>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element_seed(BufferedSeed(self.0))? {
            self.0.budget.take_element();
            self.check()?;
            elements.push(element);
        }
        Ok(Buffered::Elements(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Buffered<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key_seed(KeySeed)? {
            self.0.budget.take_property(&key, entries.len());
            self.check()?;
            entries.push((key, access.next_value_seed(BufferedSeed(self.0))?));
        }
        Ok(Buffered::Entries(entries))
    }
}

impl Elements for vec::IntoIter<Buffered<'_>> {
    fn next(&mut self, list: &mut dyn List, report: &mut Report) -> Option<DecodeOutcome> {
        Iterator::next(self).map(|element| element.fill(push(list, report), report))
    }

    fn any(&mut self, report: &mut Report) -> Result<Option<Value>, DecodeOutcome> {
        Ok(Iterator::next(self).map(|element| element.into_value(report)))
    }

    fn skip(&mut self) -> DecodeOutcome {
        // Nothing comes behind what was kept, so it need not be passed over.
        DecodeOutcome::Decoded
    }
}

/// What comes behind an object that was kept as a whole.
struct Nothing;

impl<'de> Entries<'de> for Nothing {
    fn next_field(&mut self, _: &'static [super::Field], _: usize) -> Next {
        Next::End
    }

    fn next_entry(&mut self, _: &mut Report) -> Result<Option<Entry<'de>>, DecodeOutcome> {
        Ok(None)
    }

    fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, DecodeOutcome> {
        Ok(None)
    }

    fn value(&mut self, _: &mut dyn Json, _: &mut Report) -> DecodeOutcome {
        DecodeOutcome::Decoded
    }

    fn any(&mut self, _: &mut Report) -> Result<Value, DecodeOutcome> {
        Ok(Value::Null)
    }

    fn skip(&mut self) -> DecodeOutcome {
        DecodeOutcome::Decoded
    }
}
