//! Reading and writing JSON: the policy of both, once, for every generated type.
//!
//! serde is the parser and the interface; its derive is not used. A type only says what it is made of ([`Json::slot`] to
//! be filled, [`Json::view`] to be shown), and code that is not generic over the type does the rest. That keeps what is
//! generated small and cheap to compile, and puts the rules for a changed API in one place:
//!
//! - an unknown property is passed over, an unknown enum value and an unknown union variant are kept;
//! - what is optional and null counts as absent, and absent lists and maps are empty;
//! - what is required and missing, null, or of another type takes its neutral value, and a [`Repair`] says so;
//! - what cannot be represented (text that is not Unicode, a number that is out of range, a value that is nested too deep)
//!   counts as a value of another type;
//! - what identifies an object is never invented: without it, the object is left out of its list or its optional property,
//!   and a [`Repair`] has its JSON; only the object that the whole body is about fails;
//! - an object of a union that does not say which variant it is counts as an unknown variant;
//! - where nothing says which of several types a value is, it is one that it does not contradict.
//!
//! The common case, in which nothing is odd, is one pass over the text that allocates nothing but the values. Only types
//! that nothing tells apart are tried on a copy.
//!
//! Code belongs to the program that has a use for it. What is made for a type and is not generic is `#[inline]`: else it
//! would be compiled with this crate, whoever uses it. What is generic is not, where it is more than a few words: a
//! program compiles it once for each type, but what is `#[inline]` in each of its codegen units that meets the type.

// Which of the pieces are used depends on the document that the client was generated from.
#![allow(dead_code, unused_imports, unused_macros)]

mod buffered;
mod date_time;
mod decimal;
mod decode;
mod decode_scalars;
mod entries;
mod lenient;
mod limits;
mod locate;
mod numbers;
mod object;
#[cfg(test)]
mod one_broken;
mod one_of;
#[cfg(test)]
mod open_objects;
mod read;
mod repair;
mod scalar;
mod scan;
#[cfg(test)]
mod several_types;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod union;
mod values;
#[cfg(test)]
mod wide_objects;
mod write;

use std::borrow::Cow;

pub use self::date_time::{DateTime, DateTimeError};
pub use self::decimal::Decimal;
pub(crate) use self::numbers::{Numeric, open_integers, open_numbers};
pub(crate) use self::object::Object;
pub(crate) use self::one_of::{OneOf, OneOfSlot, ReadOneOf, has_exact, one_of};
pub(crate) use self::read::{Policy, ReadError, deserialize, fill_at, from_value, read, read_at};
pub use self::repair::{Repair, RepairKind};
pub use self::scalar::Scalar;
pub(crate) use self::table::{Field, Presence, Table, nowhere, object, presume, serde_impls};
pub(crate) use self::text::{Text, TextOutcome, id, open_enum};
pub(crate) use self::union::{Key, Tag, Union, UnionSlot, Variant, union};
pub(crate) use self::values::{List, Map, Nullable};
pub(crate) use self::write::{Body, Fields, serialize};

/// A value in a body: it can be filled from JSON, and it can show itself as JSON.
pub(crate) trait Json {
    /// The value that stands where nothing was said: empty, zero, none.
    ///
    /// Reading starts from it, and what is required but missing keeps it.
    fn neutral() -> Self
    where
        Self: Sized;

    /// The place to write what is read.
    fn slot(&mut self) -> Slot<'_>;

    /// The same for something that is not null: the place behind whatever may be null or is boxed.
    fn filled(&mut self) -> Slot<'_> {
        self.slot()
    }

    /// What there is to write.
    fn view(&self) -> View<'_>;

    /// Whether values of this type are taken by the text of a number.
    fn exact() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// The same for a place.
    fn is_exact(&self) -> bool {
        false
    }

    /// The position of the variant, if it is a union whose variants are told apart by something else than the value.
    #[cfg(feature = "testing")]
    fn variant(&self) -> Option<usize> {
        None
    }

    /// Whether there is nothing to write where nothing has to be.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The neutral value of whatever type is asked for.
pub(crate) fn neutral<T: Json>() -> T {
    T::neutral()
}

/// Creates a value with nothing in it: empty, zero, `None`. Set the fields that matter.
///
/// Other crates cannot write all fields of an object, as objects gain fields.
#[must_use]
#[allow(private_bounds, reason = "all types of the API have it")]
pub fn blank<T: Json>() -> T {
    T::neutral()
}

/// What a value accepts from JSON.
pub(crate) enum Slot<'a> {
    Boolean(&'a mut bool),
    Integer(&'a mut i64),
    /// A number of another type.
    Numeric(&'a mut dyn Numeric),
    Number(&'a mut f64),
    String(&'a mut String),
    /// A string that means something: an id, an enum, a date-time.
    Text(&'a mut dyn Text),
    List(&'a mut dyn List),
    Map(&'a mut dyn Map),
    Object(&'a mut dyn Object),
    Union(&'a mut dyn UnionSlot),
    /// One of several types.
    OneOf(&'a mut dyn ReadOneOf),
    Nullable(&'a mut dyn Nullable),
    /// Another value behind a pointer.
    Inner(&'a mut dyn Json),
    /// A boolean, a number or a string.
    Scalar(&'a mut Scalar),
    /// Any JSON, kept as it is.
    Any(&'a mut serde_json::Value),
    /// Whatever it is, nobody asked for it.
    Ignored,
}

/// What a value shows as JSON.
pub(crate) enum View<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Whole(i128),
    Number(f64),
    /// The text of a number.
    Digits(&'a str),
    String(Cow<'a, str>),
    List(&'a dyn List),
    Map(&'a dyn Map),
    Object(&'a dyn Object),
    /// A variant of a union: its object, with the key that names it.
    Variant {
        key: &'static str,
        tag: Tag,
        value: &'a dyn Json,
    },
    Any(&'a serde_json::Value),
}
