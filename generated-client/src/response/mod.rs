//! The answer to a call, with all that came along with the value.

mod pending;
mod raw;
#[cfg(test)]
mod tests;

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

pub(crate) use self::pending::PendingRequest;
pub(crate) use self::raw::{RawBody, RawResponse};
use crate::error::ResponseMeta;
use crate::json::Repair;

/// The answer to a call: the value that it was made for, and how it arrived.
pub struct Response<T> {
    value: T,
    status: StatusCode,
    request_id: Option<String>,
    attempts: u32,
    headers: HeaderMap,
    body: Bytes,
    repairs: Vec<Repair>,
}

impl<T> Response<T> {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn new(value: T, exchange: RawResponse, repairs: Vec<Repair>) -> Self {
        let RawResponse {
            head: ResponseMeta { status, request_id, attempts, .. },
            headers,
            body,
            ..
        } = exchange;
        Self { value, status, request_id, attempts, headers, body, repairs }
    }

    /// What the call was made for.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// What the call was made for, by itself.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The status, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Seam's name for the call, which its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How often the call was sent until it succeeded; 1 if the first attempt did.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body, byte for byte.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON, with what stands in it beside the value; null if it is no JSON. It is parsed by each call.
    #[must_use]
    pub fn envelope(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// What was not as the API describes it and had to be put right; empty if all was well.
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }
}

/// Shows how the answer arrived, and not what it says, which may be for no log: an access code, for example.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("repairs", &self.repairs)
            .finish_non_exhaustive()
    }
}
