//! What was sent.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::execute::OutgoingRequest;
use crate::operation::Operation;

/// A request as it would have gone over the wire. Each attempt at a call is one.
#[derive(Clone, Debug)]
pub struct Sent {
    operation: &'static str,
    method: Method,
    path: String,
    query: Option<String>,
    headers: HeaderMap,
    body: Bytes,
}

impl Sent {
    pub(super) fn new(operation: &'static Operation, request: OutgoingRequest) -> Self {
        let mut headers = request.headers;
        for value in headers.values_mut().filter(|value| value.is_sensitive()) {
            *value = HeaderValue::from_static("[redacted]");
        }
        Self {
            operation: operation.path,
            method: request.method,
            path: request.address.path().to_owned(),
            query: request.address.query().map(str::to_owned),
            headers,
            body: request.body.unwrap_or_default(),
        }
    }

    /// The path of the operation as the document writes it, with parameters as `{name}`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The verb.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, with the parameters in it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What follows the path after a `?`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers; in the place of the credentials stands `[redacted]`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as JSON; null if it is empty or something else.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as it is.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}
