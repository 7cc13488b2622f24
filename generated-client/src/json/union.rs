//! Unions: objects of several shapes, told apart by the value of one property.

use std::borrow::Cow;

use serde_json::Value;

use super::buffered::{Buffered, Entry, object_of};
use super::decode::{collect_entries, decode_entries};
use super::entries::{DecodeOutcome, Entries, Replay};
use super::repair::Report;
use super::{Json, Slot, View};

/// An enum of objects as JSON sees it. Its last variant, `Unrecognized`, keeps what this version does not know.
pub(crate) trait Union {
    /// What tells the variants apart.
    fn key(&self) -> Key;

    /// The empty variant of that name; nothing if the name is not known. The names of booleans are `true` and `false`.
    fn select(tag: &str) -> Option<Self>
    where
        Self: Sized;

    /// The variant for what is not known.
    fn unrecognized(value: Value) -> Self
    where
        Self: Sized;

    /// Which variant it is, and what is in it.
    fn variant(&self) -> Variant<'_>;

    /// The place of what is in it, if the variant is known.
    fn value(&mut self) -> Option<&mut dyn Json>;

    /// What there is to write.
    fn view(&self) -> View<'_> {
        match (self.key(), self.variant()) {
            (Key::Value(key), Variant::Known(tag, value)) => View::Variant { key, tag, value },
            (_, Variant::Known(_, value) | Variant::Whole(value)) => value.view(),
            (_, Variant::Unrecognized(value)) => View::Any(value),
        }
    }

    /// The value of the key.
    fn tag(&self) -> Option<&str> {
        let Key::Value(key) = self.key() else { return None };
        match self.variant() {
            Variant::Known(Tag::Text(text), _) => Some(text),
            Variant::Known(Tag::Boolean(value), _) => Some(name_of(value)),
            Variant::Whole(value) => text_of(value, key),
            Variant::Unrecognized(value) => match value.get(key)? {
                Value::String(text) => Some(text),
                Value::Bool(value) => Some(name_of(*value)),
                _ => None,
            },
        }
    }
}

/// What tells the variants of a union apart.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    /// The value of this property names the variant.
    Value(&'static str),
    /// The variant is named by which of these properties is there.
    Presence(&'static [&'static str]),
}

impl Key {
    /// The name of the variant, if this entry is what tells.
    fn tag<'v>(self, name: &'v str, value: &'v Buffered<'_>) -> Option<&'v str> {
        match self {
            Self::Value(key) if name == key => match value {
                Buffered::Text(text) => Some(text),
                Buffered::Boolean(value) => Some(name_of(*value)),
                _ => None,
            },
            Self::Presence(names) if names.contains(&name) => Some(name),
            _ => None,
        }
    }
}

/// A variant of a union.
pub(crate) enum Variant<'a> {
    /// Its name, and the value that has the other properties.
    Known(Tag, &'a dyn Json),
    /// The value that has the key among its own properties.
    Whole(&'a dyn Json),
    Unrecognized(&'a Value),
}

impl<'a> Variant<'a> {
    /// The variant whose key has this text.
    #[inline]
    pub(crate) fn text(tag: &'static str, value: &'a dyn Json) -> Self {
        Self::Known(Tag::Text(tag), value)
    }

    /// The variant whose key has the truth of this name.
    #[inline]
    pub(crate) fn boolean(tag: &'static str, value: &'a dyn Json) -> Self {
        Self::Known(Tag::Boolean(tag == name_of(true)), value)
    }

    /// The variant that has its key itself.
    #[inline]
    pub(crate) fn whole(_: &'static str, value: &'a dyn Json) -> Self {
        Self::Whole(value)
    }
}

/// The value of a key.
#[derive(Clone, Copy)]
pub(crate) enum Tag {
    Text(&'static str),
    Boolean(bool),
}

fn name_of(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The text of a property.
fn text_of<'a>(value: &'a dyn Json, key: &str) -> Option<&'a str> {
    let View::Object(object) = value.view() else { return None };
    let index = object.fields().iter().position(|field| field.key == key)?;
    match object.get(index).view() {
        View::String(Cow::Borrowed(text)) => Some(text),
        _ => None,
    }
}

/// A union while it is read, when its type does not matter any more.
pub(crate) trait UnionSlot {
    /// See [`Union::key`].
    fn key(&self) -> Key;

    /// Becomes the empty variant of that name, and gives its place; nothing if the name is not known.
    fn select(&mut self, tag: &str) -> Option<&mut dyn Json>;

    /// Becomes the variant for what is not known.
    fn set_unrecognized(&mut self, value: Value);
}

impl<T: Union> UnionSlot for T {
    fn key(&self) -> Key {
        Union::key(self)
    }

    fn select(&mut self, tag: &str) -> Option<&mut dyn Json> {
        *self = T::select(tag)?;
        self.value()
    }

    fn set_unrecognized(&mut self, value: Value) {
        *self = T::unrecognized(value);
    }
}

/// So many properties before the key are kept without the list of them being moved.
const BEFORE: usize = 12;

/// Fills `union` from `entries`. What stands before the key is kept aside until the variant is known.
pub(super) fn read_union<'de>(
    union: &mut dyn UnionSlot,
    entries: &mut dyn Entries<'de>,
    report: &mut Report,
) -> DecodeOutcome {
    let key = union.key();
    let mut kept: Vec<Entry<'de>> = Vec::new();
    loop {
        let (name, value) = match entries.next_entry(report) {
            Ok(Some(entry)) => entry,
            Ok(None) => break,
            Err(outcome) => return outcome,
        };
        let Some(tag) = key.tag(&name, &value) else {
            if kept.is_empty() {
                kept.reserve(BEFORE);
            }
            kept.push((name, value));
            continue;
        };
        let Some(place) = union.select(tag) else {
            kept.push((name, value));
            return keep_unrecognized(union, kept, entries, report);
        };
        // What the union itself knows is nothing more that the object has.
        if !matches!(key, Key::Value(key) if lacks(place, key)) {
            kept.push((name, value));
        }
        return decode_entries(place, &mut Replay::new(kept, entries), report);
    }
    union.set_unrecognized(Buffered::Entries(kept).into_value(report));
    report.unknown();
    // Another variant can have other properties, but not another key.
    if matches!(key, Key::Value(_)) {
        report.contradict();
    }
    DecodeOutcome::Decoded
}

/// Whether a place is one of an object that has no such property.
fn lacks(place: &mut dyn Json, key: &str) -> bool {
    match place.slot() {
        Slot::Inner(inner) => lacks(inner, key),
        Slot::Object(object) => object.fields().iter().all(|field| field.key != key),
        _ => false,
    }
}

fn keep_unrecognized<'de>(
    union: &mut dyn UnionSlot,
    kept: Vec<Entry<'de>>,
    entries: &mut dyn Entries<'de>,
    report: &mut Report,
) -> DecodeOutcome {
    match collect_entries(object_of(kept, report), entries, report) {
        Ok(all) => union.set_unrecognized(Value::Object(all)),
        Err(outcome) => return outcome,
    }
    report.unknown();
    DecodeOutcome::Decoded
}

/// Implements [`Union`] by a table of its variants, and gives it what it needs to be a value. A row says which names lead
/// to which variant, and how that writes the key: by one of the constructors of [`Variant`].
macro_rules! union {
    ($name:ident by value of $key:literal { $($rows:tt)* }) => {
        $crate::json::union!($name, $crate::json::Key::Value($key), $($rows)*);
    };
    ($name:ident by presence { $($($tag:literal)|+ => $variant:ident: $how:ident,)* }) => {
        $crate::json::union!(
            $name,
            $crate::json::Key::Presence(&[$($($tag),+),*]),
            $($($tag)|+ => $variant: $how,)*
        );
    };
    (
        $name:ident, $key:expr,
        $($tag:literal $(| $other:literal)* => $variant:ident: $how:ident,)*
    ) => {
        impl $crate::json::Union for $name {
            #[inline]
            fn key(&self) -> $crate::json::Key {
                $key
            }

            #[inline]
            fn select(tag: &str) -> Option<Self> {
                let empty = match tag {
                    $($tag $(| $other)* => Self::$variant($crate::json::neutral()),)*
                    _ => return None,
                };
                Some(empty)
            }

            #[inline]
            fn unrecognized(value: ::serde_json::Value) -> Self {
                Self::Unrecognized(value)
            }

            #[inline]
            fn variant(&self) -> $crate::json::Variant<'_> {
                match self {
                    $(Self::$variant(value) => $crate::json::Variant::$how($tag, value),)*
                    Self::Unrecognized(value) => $crate::json::Variant::Unrecognized(value),
                }
            }

            #[inline]
            fn value(&mut self) -> Option<&mut dyn $crate::json::Json> {
                match self {
                    $(Self::$variant(value) => Some(value),)*
                    Self::Unrecognized(_) => None,
                }
            }
        }

        impl $crate::json::Json for $name {
            #[inline]
            fn neutral() -> Self {
                Self::Unrecognized(::serde_json::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::json::Slot<'_> {
                $crate::json::Slot::Union(self)
            }

            #[inline]
            fn view(&self) -> $crate::json::View<'_> {
                $crate::json::Union::view(self)
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use union;
