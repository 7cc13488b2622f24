//! Responses whose status is not a success.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::meta::{HiddenBody, HiddenHeaders, RequestTrace, ResponseMeta};
use super::validation::ValidationErrors;

/// A response whose status is not a success.
#[derive(Clone, Debug)]
pub struct ApiError {
    pub(super) meta: ResponseMeta,
    pub(super) error_type: Option<String>,
    pub(super) message: Option<String>,
    pub(super) data: Value,
    pub(super) retry_after: Option<Duration>,
    pub(super) headers: HiddenHeaders,
    pub(super) body: HiddenBody,
}

impl ApiError {
    /// Returns the path of the operation as the document writes it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.meta.operation
    }

    /// Returns the status of the response.
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

    /// Returns the type of the error, such as `device_not_found`, or `None` if the response has none. It may come from a
    /// proxy.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// Returns the server's message, or the name of the status if there is no readable message.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().or_else(|| self.status().canonical_reason()).unwrap_or("no message")
    }

    /// Returns the data that came with the message, or null.
    #[must_use]
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// Returns how long the server asks to wait before the next request, counted from its response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the headers. Credentials in them are redacted.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers.0
    }

    /// Decodes the body as `T`. The documentation of an operation lists the types of its error responses.
    ///
    /// # Errors
    ///
    /// If the body is of another type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.body())
    }

    /// Returns the body as far as it arrived, at most 1 MiB. Credentials in it are redacted.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body.0
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}", self.meta.operation, self.meta.status)?;
        if let Some(error_type) = &self.error_type {
            write!(f, ": {error_type}")?;
        }
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        RequestTrace(self.request_id(), self.attempts()).fmt(f)
    }
}

impl std::error::Error for ApiError {}

/// A response that rejects parameters of the request.
#[derive(Clone, Debug)]
pub struct InvalidInputError {
    pub(super) api: ApiError,
    pub(super) validation_errors: ValidationErrors,
}

impl InvalidInputError {
    /// Returns the whole response: status, message, request ID.
    #[must_use]
    pub fn api(&self) -> &ApiError {
        &self.api
    }

    /// Returns the messages by parameter.
    #[must_use]
    pub fn validation_errors(&self) -> &ValidationErrors {
        &self.validation_errors
    }
}

impl fmt::Display for InvalidInputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.api.fmt(f)?;
        if !self.validation_errors.is_empty() {
            write!(f, ": {}", self.validation_errors)?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidInputError {}
