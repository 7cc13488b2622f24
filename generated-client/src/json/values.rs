//! What values are made of: scalars, lists, maps, and what may be null.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil;
use serde_json::Value;

use super::{Json, Slot, Text, TextOutcome, View};

/// A value that may be null.
pub(crate) trait Nullable {
    /// Becomes nothing.
    fn set_none(&mut self);
}

/// A sequence of values.
pub(crate) trait List {
    /// Adds a neutral value at the end, and gives its place.
    fn push(&mut self) -> &mut dyn Json;

    /// Takes the last one away.
    fn pop(&mut self);

    /// How many there are.
    fn len(&self) -> usize;

    /// One of them.
    fn get(&self, index: usize) -> &dyn Json;
}

/// Values by names that the API does not fix.
pub(crate) trait Map {
    /// Adds a neutral value, and gives its place; nothing if the key has a value.
    fn insert(&mut self, key: &str) -> Option<&mut dyn Json>;

    /// How many there are.
    fn len(&self) -> usize;

    /// Takes a value away.
    fn remove(&mut self, key: &str);

    /// Takes all of them away.
    fn clear(&mut self);

    /// Every entry, in the order of the keys.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Json)> + '_>;
}

macro_rules! scalar {
    ($type:ty, $neutral:expr, $slot:ident, $value:ident => $view:expr) => {
        impl Json for $type {
            #[inline]
            fn neutral() -> Self {
                $neutral
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                let $value = self;
                $view
            }
        }
    };
}

scalar!(bool, false, Boolean, value => View::Boolean(*value));
scalar!(i64, 0, Integer, value => View::Integer(*value));
scalar!(f64, 0.0, Number, value => View::Number(*value));
scalar!(String, Self::new(), String, value => View::String(Cow::Borrowed(value)));

impl Json for Value {
    #[inline]
    fn neutral() -> Self {
        Self::Null
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Any(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Any(self)
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_null()
    }
}

macro_rules! civil {
    ($($type:ty: $neutral:expr, $expected:literal, $is_one:expr;)*) => {$(
        scalar!($type, $neutral, Text, value => View::String(value.text()));

        impl Text for $type {
            fn expected(&self) -> &'static str {
                $expected
            }

            fn set(&mut self, text: &str) -> TextOutcome {
                let is_one: fn(&str) -> bool = $is_one;
                match text.parse() {
                    Ok(value) if is_one(text) => {
                        *self = value;
                        TextOutcome::Known
                    }
                    _ => TextOutcome::Refused,
                }
            }

            fn text(&self) -> Cow<'_, str> {
                self.to_string().into()
            }
        }
    )*};
}

// The parser passes over what the type does not have: a date with a time is no date.
civil! {
    civil::Date: Self::ZERO, "a date", |text| !text.contains(['T', 't', ' ', ':']);
    civil::Time: Self::MIN, "a time without an offset", |text| !text.contains(['T', 't', ' ']);
    civil::DateTime: Self::ZERO, "a date-time without an offset", |text| text.contains(':');
}

impl Json for () {
    #[inline]
    fn neutral() -> Self {}

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Ignored
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Null
    }
}

/// A constant, which is only ever written.
impl Json for &'static str {
    fn neutral() -> Self {
        ""
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Ignored
    }

    fn view(&self) -> View<'_> {
        View::String(Cow::Borrowed(self))
    }
}

impl<T: Json> Json for Option<T> {
    #[inline]
    fn neutral() -> Self {
        None
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Nullable(self)
    }

    fn filled(&mut self) -> Slot<'_> {
        self.insert(T::neutral()).filled()
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, Json::view)
    }

    #[cfg(feature = "testing")]
    fn variant(&self) -> Option<usize> {
        self.as_ref()?.variant()
    }

    fn exact() -> bool {
        T::exact()
    }

    fn is_exact(&self) -> bool {
        T::exact()
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Nullable for Option<T> {
    fn set_none(&mut self) {
        *self = None;
    }
}

impl<T: Json> Json for Box<T> {
    #[inline]
    fn neutral() -> Self {
        Self::new(T::neutral())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Inner(&mut **self)
    }

    fn filled(&mut self) -> Slot<'_> {
        (**self).filled()
    }

    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn is_exact(&self) -> bool {
        (**self).is_exact()
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Json> Json for Vec<T> {
    #[inline]
    fn neutral() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Json> List for Vec<T> {
    fn push(&mut self) -> &mut dyn Json {
        self.push(T::neutral());
        let last = self.len() - 1;
        &mut self[last]
    }

    fn pop(&mut self) {
        self.pop();
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> &dyn Json {
        &self[index]
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    #[inline]
    fn neutral() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Json> Map for BTreeMap<String, T> {
    fn insert(&mut self, key: &str) -> Option<&mut dyn Json> {
        match self.entry(key.to_owned()) {
            Entry::Vacant(place) => Some(place.insert(T::neutral())),
            Entry::Occupied(_) => None,
        }
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn remove(&mut self, key: &str) {
        self.remove(key);
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Json)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_str(), value as &dyn Json)))
    }
}
