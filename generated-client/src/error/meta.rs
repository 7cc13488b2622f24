//! The facts that errors keep of a response, and how they are shown.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// The status of a response, and the request that it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct ResponseMeta {
    /// The path of the operation.
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    /// How often the request had been sent when the response arrived.
    pub(crate) attempts: u32,
}

/// Adds the request ID to a message, and the number of attempts if there were several.
pub(super) struct RequestTrace<'a>(pub(super) Option<&'a str>, pub(super) u32);

impl fmt::Display for RequestTrace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self(Some(id), 0 | 1) => write!(f, " (request id {id})"),
            Self(Some(id), attempts) => write!(f, " (request id {id}, {attempts} attempts)"),
            Self(None, 0 | 1) => Ok(()),
            Self(None, attempts) => write!(f, " ({attempts} attempts)"),
        }
    }
}

/// Headers whose `Debug` output has only their names.
#[derive(Clone)]
pub(super) struct HiddenHeaders(pub(super) HeaderMap);

impl fmt::Debug for HiddenHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// A body whose `Debug` output is only its length.
#[derive(Clone)]
pub(super) struct HiddenBody(pub(super) Bytes);

impl fmt::Debug for HiddenBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0.len())
    }
}
