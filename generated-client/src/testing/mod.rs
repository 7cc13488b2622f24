//! A fake of the transport, for the tests of crates that use this one.
//!
//! [`Fake`] answers calls in the place of the network; everything else is as it always is: how requests are written and
//! answers are read, errors, retries. What an operation answers is checked by its type, and what was sent can be looked at.

mod fake;
mod reply;
mod sent;

use bytes::Bytes;
use serde_json::Value;

pub use self::fake::{Fake, On};
pub use self::reply::Reply;
pub use self::sent::Sent;
use crate::json::{self, Json};
use crate::operation::Operation;

/// A request whose operation a [`Fake`] can answer: each operation has its own (`api::devices::GetRequest`).
pub trait Fakeable {
    /// What `send` gives.
    type Output: Answerable;

    /// What it calls.
    #[doc(hidden)]
    const OPERATION: Faked;
}

/// An operation, for nobody to look into.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Faked(&'static Operation);

impl Faked {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self(operation)
    }
}

/// What an operation can answer.
pub trait Answerable {
    /// How it is written.
    #[doc(hidden)]
    fn written(&self) -> Written;
}

/// An answer as it is written.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub enum Written {
    /// As JSON, or why there is none.
    Json(Result<Value, String>),
    /// As it is.
    Bytes(Bytes),
}

impl<T: Json> Answerable for T {
    fn written(&self) -> Written {
        let written = json::serialize(self, serde_json::value::Serializer);
        Written::Json(written.map_err(|error| error.to_string()))
    }
}

impl Answerable for Bytes {
    fn written(&self) -> Written {
        Written::Bytes(self.clone())
    }
}

/// A value with nothing in it: empty, zero, none. Objects are not to be made field by field outside of this crate, as they
/// gain fields; begin with this one, and set what a test is about. From JSON they are made by
/// [`serde_json::from_value`].
#[must_use]
#[allow(private_bounds, reason = "all types of the API have it")]
pub fn blank<T: Json>() -> T {
    T::neutral()
}
