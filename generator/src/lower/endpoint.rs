//! The part of a document that describes one operation.

use openapiv3::{Operation, PathItem};

use crate::api::{Method, Place};
use crate::document::Pointer;

/// An operation in the document.
pub(super) struct Endpoint<'a> {
    pub(super) path: &'a str,
    pub(super) item: &'a PathItem,
    pub(super) method: Method,
    pub(super) operation: &'a Operation,
    /// The pointer to the operation.
    pub(super) at: Pointer,
    /// The place of its inline types.
    pub(super) place: Place,
}
