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
pub use crate::json::blank;
