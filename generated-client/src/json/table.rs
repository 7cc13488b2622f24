//! Objects by a table of their properties: what generated code says of a struct.

use super::object::Object;
use super::{Json, Map, Slot};

/// An object by a table of its properties.
pub(crate) trait Table: Sized {
    /// See [`Object::fields`].
    const FIELDS: &'static [Field];

    /// See [`Object::is_closed`].
    const IS_CLOSED: bool = false;

    /// See [`Object::get`].
    fn field(&self, index: usize) -> &dyn Json;

    /// See [`Object::get_mut`].
    fn field_mut(&mut self, index: usize) -> &mut dyn Json;

    /// See [`Object::others`].
    fn rest(&self) -> Option<&dyn Map> {
        None
    }

    /// See [`Object::others_mut`].
    fn rest_mut(&mut self) -> Option<&mut dyn Map> {
        None
    }
}

impl<T: Table> Object for T {
    fn fields(&self) -> &'static [Field] {
        T::FIELDS
    }

    fn get(&self, index: usize) -> &dyn Json {
        self.field(index)
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Json {
        self.field_mut(index)
    }

    fn is_closed(&self) -> bool {
        T::IS_CLOSED
    }

    fn others(&self) -> Option<&dyn Map> {
        self.rest()
    }

    fn others_mut(&mut self) -> Option<&mut dyn Map> {
        self.rest_mut()
    }
}

/// A declared property.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) presence: Presence,
    /// The only value of a boolean, as far as the API is described.
    pub(super) always: Option<bool>,
}

impl Field {
    const fn new(key: &'static str, presence: Presence) -> Self {
        Self { key, presence, always: None }
    }

    /// A boolean that is always the same as far as the API is described.
    pub(crate) const fn always(self, value: bool) -> Self {
        Self { always: Some(value), ..self }
    }

    pub(crate) const fn required(key: &'static str) -> Self {
        Self::new(key, Presence::Required)
    }

    pub(crate) const fn essential(key: &'static str) -> Self {
        Self::new(key, Presence::Essential)
    }

    pub(crate) const fn optional(key: &'static str) -> Self {
        Self::new(key, Presence::Optional)
    }

    pub(crate) const fn droppable(key: &'static str) -> Self {
        Self::new(key, Presence::Droppable)
    }
}

/// Whether a property has to be there, and what its absence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Repaired when it is missing.
    Required,
    /// Never invented, as it identifies the object: without it, reading fails.
    Essential,
    /// May be absent, and null means the same.
    Optional,
    /// Like optional, and left out rather than failing when it cannot be read.
    Droppable,
}

/// Where nothing can be put: what there is for an index that no property has.
pub(crate) fn nowhere() -> &'static mut dyn Json {
    // Nothing is allocated for `()`, so nothing leaks.
    Box::leak(Box::new(()))
}

/// Gives a boolean that has to be there the only value that it has as far as the API is described.
pub(crate) fn presume(neutral: &mut dyn Json, always: bool) {
    if let Slot::Boolean(value) = neutral.slot() {
        *value = always;
    }
}

/// Implements [`Table`] by rows of properties, sorted by key, and gives it what it needs to be a value. A row says
/// which index leads to which field, and how reading knows it: by one of the constructors of [`Field`]. After the last
/// row comes the field that keeps what the API does not name, if there is one.
macro_rules! object {
    ($(#[$closed:ident])? $name:ident {
        $($index:literal => $field:ident: $presence:ident($key:literal) $(.always($always:literal))?,)*
        $(..$others:ident)?
    }) => {
        impl $crate::json::Table for $name {
            const FIELDS: &'static [$crate::json::Field] =
                &[$($crate::json::Field::$presence($key)$(.always($always))?),*];
            $(
                const IS_CLOSED: bool = {
                    // What is printed for a mark has to name the mark.
                    let $closed = true;
                    $closed
                };
            )?

            #[inline]
            fn field(&self, index: usize) -> &dyn $crate::json::Json {
                match index {
                    $($index => &self.$field,)*
                    _ => &(),
                }
            }

            #[inline]
            fn field_mut(&mut self, index: usize) -> &mut dyn $crate::json::Json {
                match index {
                    $($index => &mut self.$field,)*
                    _ => $crate::json::nowhere(),
                }
            }
            $(
                #[inline]
                fn rest(&self) -> Option<&dyn $crate::json::Map> {
                    Some(&self.$others)
                }

                #[inline]
                fn rest_mut(&mut self) -> Option<&mut dyn $crate::json::Map> {
                    Some(&mut self.$others)
                }
            )?
        }
        impl $crate::json::Json for $name {
            #[inline]
            fn neutral() -> Self {
                #[allow(unused_mut, reason = "few tables have a property that is always the same")]
                let mut neutral = Self {
                    $($field: $crate::json::neutral(),)*
                    $($others: $crate::json::neutral())?
                };
                $($($crate::json::presume(&mut neutral.$field, $always);)?)*
                neutral
            }

            #[inline]
            fn slot(&mut self) -> $crate::json::Slot<'_> {
                $crate::json::Slot::Object(self)
            }

            #[inline]
            fn view(&self) -> $crate::json::View<'_> {
                $crate::json::View::Object(self)
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use object;

/// Implements serde's traits for a type that implements [`Json`].
macro_rules! serde_impls {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::json::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use serde_impls;
