//! Responses that cannot be decoded.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;

use super::meta::{HiddenBody, RequestTrace, ResponseMeta};
use crate::json::ReadError;

/// A response of a request that the server accepted, but that lacks its result or what identifies it.
#[derive(Clone, Debug)]
pub struct DecodeError {
    meta: ResponseMeta,
    path: String,
    message: String,
    body: HiddenBody,
}

impl DecodeError {
    pub(crate) fn new(meta: ResponseMeta, error: ReadError, body: Bytes) -> Self {
        Self { meta, path: error.path, message: error.message, body: HiddenBody(body) }
    }

    /// Returns the path of the operation as the document writes it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.meta.operation
    }

    /// Returns the status of the response, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the request ID, by which the API's support finds the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// Returns how often the request was sent, including the first attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// Returns the place in the body, such as `device.warnings[0]`; empty for the body as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the body, with credentials redacted; empty if it was too long.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body.0
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ResponseMeta { operation, status, .. } = &self.meta;
        write!(
            f,
            "the server had accepted {operation} ({status}), but its response cannot be read: "
        )?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}{}", self.message, RequestTrace(self.request_id(), self.attempts()))
    }
}

impl std::error::Error for DecodeError {}
