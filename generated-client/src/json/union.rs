//! Unions: objects of several shapes, told apart by the value of one property.

use serde_json::{Map, Value};

use super::object::{Object, read_object};
use super::read::{Entries, Fit, Replay};
use super::repair::{Problem, Report};

/// An enum of objects as JSON sees it. Its last variant, `Unrecognized`, keeps what this version does not know.
pub(crate) trait Union {
    /// The property whose value names the variant.
    fn key(&self) -> &'static str;

    /// The empty variant of that name; nothing if the name is not known.
    fn select(tag: &str) -> Option<Self>
    where
        Self: Sized;

    /// Which variant it is, and what is in it.
    fn variant(&self) -> Variant<'_>;

    /// The place of the object, if the variant is known.
    fn object(&mut self) -> Option<&mut dyn Object>;

    /// The value of the key.
    fn tag(&self) -> Option<&str> {
        match self.variant() {
            Variant::Known(tag, _) => Some(tag),
            Variant::Unrecognized(value) => value.get(self.key())?.as_str(),
        }
    }
}

/// A variant of a union.
pub(crate) enum Variant<'a> {
    Known(&'static str, &'a dyn Object),
    Unrecognized(&'a Value),
}

/// A union while it is read, when its type does not matter any more.
pub(crate) trait UnionSlot {
    /// See [`Union::key`].
    fn key(&self) -> &'static str;

    /// Becomes the empty variant of that name, and gives its place; nothing if the name is not known.
    fn select(&mut self, tag: &str) -> Option<&mut dyn Object>;

    /// Becomes the variant for what is not known.
    fn set_unrecognized(&mut self, value: Value);
}

/// Fills `union` from `entries`. What stands before the key is kept aside until the variant is known.
pub(super) fn read_union(
    union: &mut dyn UnionSlot,
    entries: &mut dyn Entries,
    report: &mut Report,
) -> Fit {
    let key = union.key();
    let mut before = Vec::new();
    let tag = loop {
        match entries.next_entry() {
            Ok(Some((name, Value::String(tag)))) if name == key => break Some(tag),
            Ok(Some(entry)) => before.push(entry),
            Ok(None) => break None,
            Err(fit) => return fit,
        }
    };
    let Some(tag) = tag else {
        union.set_unrecognized(Value::Object(before.into_iter().collect()));
        report.add(Problem::Essential(key));
        return Fit::Taken;
    };
    if let Some(object) = union.select(&tag) {
        return read_object(object, &mut Replay::new(before, entries), report);
    }
    let mut all: Map<String, Value> = before.into_iter().collect();
    all.insert(key.to_owned(), Value::String(tag));
    loop {
        match entries.next_entry() {
            Ok(Some((name, value))) => all.insert(name, value),
            Ok(None) => break,
            Err(fit) => return fit,
        };
    }
    union.set_unrecognized(Value::Object(all));
    report.unknown();
    Fit::Taken
}

/// Gives a [`Union`] what it needs to be a value.
macro_rules! union {
    ($name:ident) => {
        impl $crate::json::UnionSlot for $name {
            #[inline]
            fn key(&self) -> &'static str {
                $crate::json::Union::key(self)
            }

            #[inline]
            fn select(&mut self, tag: &str) -> Option<&mut dyn $crate::json::Object> {
                *self = <Self as $crate::json::Union>::select(tag)?;
                $crate::json::Union::object(self)
            }

            #[inline]
            fn set_unrecognized(&mut self, value: ::serde_json::Value) {
                *self = Self::Unrecognized(value);
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
                let key = $crate::json::Union::key(self);
                match $crate::json::Union::variant(self) {
                    $crate::json::Variant::Known(tag, object) => {
                        $crate::json::View::Variant { key, tag, object }
                    }
                    $crate::json::Variant::Unrecognized(value) => $crate::json::View::Any(value),
                }
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use union;
