//! Answers of accepted calls that cannot be read.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;

use super::{HiddenBody, RequestTrace, ResponseMeta};
use crate::auth::Credentials;
use crate::json::ReadError;

/// The server accepted a call, and its answer lacks what it was made for, or what identifies it.
#[derive(Clone, Debug)]
pub struct DecodeError {
    head: ResponseMeta,
    path: String,
    message: String,
    body: HiddenBody,
}

impl DecodeError {
    pub(crate) fn new(
        head: ResponseMeta,
        error: &ReadError,
        body: Bytes,
        secret: &Credentials,
    ) -> Self {
        Self {
            head,
            path: secret.scrub(&error.path).into_owned(),
            message: secret.scrub(&error.message).into_owned(),
            body: HiddenBody(secret.scrub_body(body)),
        }
    }

    /// There was more of the body than is taken in.
    pub(crate) fn too_long(head: ResponseMeta, limit: usize) -> Self {
        let message =
            format!("the body is longer than {limit} bytes; `.body_limit(…)` sets the limit");
        Self { head, path: String::new(), message, body: HiddenBody(Bytes::new()) }
    }

    /// The path of the operation, such as `/acs/credentials/assign`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.head.operation
    }

    /// The status of the answer, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Seam's name for the call, which its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
    }

    /// How often the call was sent, the first attempt among them.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.head.attempts
    }

    /// Where in the body it is, such as `device.warnings[0]`; empty for the body as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The body as it came, with the credentials taken out should it have repeated them; empty if it was too long.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body.0
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ResponseMeta { operation, status, .. } = &self.head;
        write!(
            f,
            "the server had accepted {operation} ({status}), but its answer cannot be read: "
        )?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}{}", self.message, RequestTrace(self.request_id(), self.attempts()))
    }
}

impl std::error::Error for DecodeError {}
