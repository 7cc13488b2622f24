//! A fake transport, for the tests of crates that use this one.
//!
//! [`Fake`] takes the place of the network. Everything else is as usual: encoding, decoding, errors, retries. The responses
//! of an operation are checked by their type, and the requests can be inspected.

mod answerable;
mod credential;
mod fake;
mod reply;
mod sent;

pub use self::answerable::{Answerable, Fakeable, Faked, Written};
pub use self::fake::{Fake, On};
pub use self::reply::Reply;
pub use self::sent::Sent;
use crate::json::Json;

/// Creates a value with nothing in it: empty, zero, `None`. Set the fields that a test is about.
///
/// Other crates cannot write all fields of an object, as objects gain fields. [`serde_json::from_value`] makes them from JSON.
#[must_use]
#[allow(private_bounds, reason = "all types of the API have it")]
pub fn blank<T: Json>() -> T {
    T::neutral()
}
