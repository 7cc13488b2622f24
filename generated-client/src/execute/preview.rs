//! What a request would send.

use std::fmt;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde_json::Value;

use super::raw::{PreparedRequest, outgoing_request};
use crate::error::Error;
use crate::redact::REDACTED;
use crate::transport::TransportRequest;

/// What a request would send, without the credentials that are added when it is sent.
#[derive(Clone, PartialEq)]
pub struct Preview {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl PreparedRequest {
    /// Returns what would be sent, or why the request cannot be sent.
    pub(crate) fn preview(self) -> Result<Preview, Error> {
        self.context.options.check()?;
        let encoded = self.encoded?;
        let request = outgoing_request(&self.context, self.operation, &self.method, &encoded);
        let TransportRequest { method, url, mut headers, body, .. } = request;
        for value in headers.values_mut().filter(|value| value.is_sensitive()) {
            *value = HeaderValue::from_static(REDACTED);
        }
        Ok(Preview { method, url, headers, body: body.unwrap_or_default() })
    }
}

impl Preview {
    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the path, with that of the endpoint before it.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Returns the query, percent-encoded.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.url.query()
    }

    /// Returns the headers, in which secrets are redacted.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body, which is empty if there is none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Parses the body as JSON. Null if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Leaves out the query, the values of headers and the body, which may be private.
impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
