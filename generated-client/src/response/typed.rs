//! Results with the response that they came in.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::error::ResponseMeta;
use crate::execute::RawResponse;
use crate::json::{self, Policy, Repair};

/// A response: the result, and how it arrived.
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
    pub(crate) fn new(value: T, response: RawResponse, repairs: Vec<Repair>) -> Self {
        let RawResponse { meta, headers, body, .. } = response;
        let ResponseMeta { status, request_id, attempts, .. } = meta;
        Self { value, status, request_id, attempts, headers, body, repairs }
    }

    /// Returns the result.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Consumes the response and returns the result.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the status, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the request ID, by which the API's support finds the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns how often the request was sent; 1 if the first attempt succeeded.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the body, unchanged.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Parses the whole body as JSON, including what it contains besides the result. Null if it is not JSON.
    /// If a key appears twice, the first value wins, as in the result. Null stands for a value that cannot be represented, and
    /// for a body that would take more memory than decoding may.
    #[must_use]
    pub fn envelope(&self) -> Value {
        json::read(&self.body, Policy::Open).map_or(Value::Null, |(value, _)| value)
    }

    /// Returns the repairs: the places where the response did not conform to the API's document.
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }
}

/// Leaves out the result and the body, which may be private: an access code, for example.
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
