//! From values to any serde format.

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Field, Json, List, Map, Object, Presence, Tag, View};

/// Writes `value` with any serializer.
pub(crate) fn serialize<S: Serializer>(value: &dyn Json, serializer: S) -> Result<S::Ok, S::Error> {
    Written(value).serialize(serializer)
}

struct Written<'a>(&'a dyn Json);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.view() {
            View::Null => serializer.serialize_unit(),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Whole(value) => write_whole(value, serializer),
            View::Number(value) => write_number(value, serializer),
            View::Digits(text) => write_digits(text, serializer),
            View::String(text) => serializer.serialize_str(&text),
            View::List(list) => write_list(list, serializer),
            View::Map(map) => write_map(map, serializer),
            View::Object(_) | View::Variant { .. } => write_object(self.0, serializer),
            View::Any(value) => value.serialize(serializer),
        }
    }
}

/// Writes an integer as the smallest type that holds it, as not every format has the largest.
fn write_whole<S: Serializer>(value: i128, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = i64::try_from(value) {
        serializer.serialize_i64(value)
    } else if let Ok(value) = u64::try_from(value) {
        serializer.serialize_u64(value)
    } else {
        serializer.serialize_i128(value)
    }
}

/// Writes a number with all its digits. Formats other than JSON get the number that a float holds, if that is written
/// alike.
fn write_digits<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value.to_string() == text => {
            write_number(value, serializer)
        }
        _ => match <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(text)) {
            Ok(raw) => raw.serialize(serializer),
            Err(_) => Err(S::Error::custom("a number in JSON has to be finite")),
        },
    }
}

/// Whole numbers are written as such, as the servers on the other side do.
fn write_number<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = (1_u64 << 53) as f64;
    if !value.is_finite() {
        return Err(S::Error::custom("a number in JSON has to be finite"));
    }
    if value.fract() == 0.0 && value.abs() <= EXACT {
        serializer.serialize_i64(value as i64)
    } else {
        serializer.serialize_f64(value)
    }
}

fn write_list<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(list.len()))?;
    for index in 0..list.len() {
        sequence.serialize_element(&Written(list.get(index)))?;
    }
    sequence.end()
}

fn write_map<S: Serializer>(map: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(None)?;
    for (key, value) in map.entries() {
        entries.serialize_entry(key, &Written(value))?;
    }
    entries.end()
}

fn write_object<S: Serializer>(value: &dyn Json, serializer: S) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(None)?;
    write_entries(value, &mut entries)?;
    entries.end()
}

/// Writes the properties of an object, of a variant, or of a variant of a variant.
fn write_entries<M: SerializeMap>(value: &dyn Json, entries: &mut M) -> Result<(), M::Error> {
    match value.view() {
        View::Variant { key, tag, value } => {
            match tag {
                Tag::Text(text) => entries.serialize_entry(key, text)?,
                Tag::Boolean(value) => entries.serialize_entry(key, &value)?,
            }
            write_entries(value, entries)
        }
        View::Object(object) => {
            for (index, field) in object.fields().iter().enumerate() {
                let value = object.get(index);
                if !is_left_out(field, value) {
                    entries.serialize_entry(field.key, &Written(value))?;
                }
            }
            for (key, value) in object.others().into_iter().flat_map(Map::entries) {
                entries.serialize_entry(key, &Written(value))?;
            }
            Ok(())
        }
        View::Any(Value::Object(object)) => {
            object.iter().try_for_each(|(key, value)| entries.serialize_entry(key, value))
        }
        _ => Ok(()),
    }
}

/// Where nothing has to be, nothing is written for nothing.
fn is_left_out(field: &Field, value: &dyn Json) -> bool {
    matches!(field.presence, Presence::Optional | Presence::Droppable) && value.is_absent()
}

/// What a request sends as its JSON body.
pub(crate) trait Body {
    /// Adds the properties that are set.
    fn fields<'a>(&'a self, fields: &mut Fields<'a>);
}

/// The properties of a body, in the order in which they are written.
#[derive(Default)]
pub(crate) struct Fields<'a> {
    entries: Vec<(&'a str, &'a dyn Json)>,
    /// Properties of which at least one has to be set, and none is.
    lacking: Option<&'static [&'static str]>,
}

impl<'a> Fields<'a> {
    /// Adds a property.
    pub(crate) fn add(&mut self, key: &'a str, value: &'a dyn Json) {
        self.entries.push((key, value));
    }

    /// Adds the properties of an object that are set.
    pub(crate) fn add_all(&mut self, object: &'a dyn Object) {
        for (index, field) in object.fields().iter().enumerate() {
            let value = object.get(index);
            if !is_left_out(field, value) {
                self.add(field.key, value);
            }
        }
        for (key, value) in object.others().into_iter().flat_map(Map::entries) {
            self.add(key, value);
        }
    }

    /// Checks that at least one of these properties has been added; [`lacking`](Self::lacking) says if not.
    #[allow(dead_code, reason = "a document need not have such properties")]
    pub(crate) fn at_least_one(&mut self, keys: &'static [&'static str]) {
        if !self.entries.iter().any(|(key, _)| keys.contains(key)) {
            self.lacking.get_or_insert(keys);
        }
    }

    /// Properties of which at least one has to be set, and none is.
    pub(crate) fn lacking(&self) -> Option<&'static [&'static str]> {
        self.lacking
    }

    /// Every property.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a dyn Json)> {
        self.entries.iter().copied()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a property if it is set.
    pub(crate) fn add_set<T: Json>(&mut self, key: &'static str, value: &'a Option<T>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = serializer.serialize_map(Some(self.entries.len()))?;
        for (key, value) in &self.entries {
            entries.serialize_entry(key, &Written(*value))?;
        }
        entries.end()
    }
}
