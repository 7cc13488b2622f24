//! What a fake can respond with.

use bytes::Bytes;
use serde_json::Value;

use crate::json::{self, Json};
use crate::operation::Operation;

/// A request to which a [`Fake`](super::Fake) can respond: the type that the method of an operation returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request of this client",
    note = "name the type that the method of the operation returns; it is beside the struct of its namespace in `api`"
)]
pub trait Fakeable {
    /// The result of `send`.
    type Output: Answerable;

    /// The operation.
    #[doc(hidden)]
    const OPERATION: Faked;
}

/// An operation, which is opaque.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Faked(pub(super) &'static Operation);

impl Faked {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self(operation)
    }
}

/// A result of an operation.
pub trait Answerable {
    /// Encodes the result.
    #[doc(hidden)]
    fn written(&self) -> Written;
}

/// An encoded result.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub enum Written {
    /// JSON, or why it cannot be encoded, and the position of the variant if the result is a union.
    Json(Result<Value, String>, Option<usize>),
    /// Bytes.
    Bytes(Bytes),
}

impl<T: Json> Answerable for T {
    fn written(&self) -> Written {
        let written = json::serialize(self, serde_json::value::Serializer);
        Written::Json(written.map_err(|error| error.to_string()), self.variant())
    }
}

impl Answerable for Bytes {
    fn written(&self) -> Written {
        Written::Bytes(self.clone())
    }
}
