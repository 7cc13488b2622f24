//! Answers that say that a call failed.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::retry_after::retry_after;
use super::validation::ValidationErrors;
use super::{Error, HiddenBody, RequestTrace, ResponseMeta};
use crate::auth::Credentials;

/// The `type` of errors that come with validation errors.
const INVALID_INPUT: &str = "invalid_input";

/// A plain text longer than this is a page and no message.
const LONGEST_PLAIN_MESSAGE: usize = 200;

/// What the server said about a call that it refused or failed at.
#[derive(Clone, Debug)]
pub struct ApiError {
    head: ResponseMeta,
    error_type: Option<String>,
    message: Option<String>,
    data: Value,
    retry_after: Option<Duration>,
    body: HiddenBody,
}

impl ApiError {
    /// The path of the operation, such as `/acs/credentials/assign`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.head.operation
    }

    /// The status of the answer.
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

    /// The kind of error, such as `device_not_found`; none where the answer did not come from the API itself.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// What the server said, in words; the name of the status where it said nothing readable.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().or_else(|| self.status().canonical_reason()).unwrap_or("no message")
    }

    /// What the server added to its message; null if there is nothing.
    #[must_use]
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// How long the server asks to wait before the next call, counted from the moment when it answered.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// What the server said as a type: one of those that the operation lists, or any other.
    ///
    /// # Errors
    ///
    /// Where it said something else.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.body())
    }

    /// The body as it came, or as much of it as did, up to a mebibyte. The credentials are taken out should it have repeated
    /// them.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body.0
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}", self.head.operation, self.head.status)?;
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

/// What the server said about parameters that it cannot accept.
#[derive(Clone, Debug)]
pub struct InvalidInputError {
    api: ApiError,
    validation_errors: ValidationErrors,
}

impl InvalidInputError {
    /// The answer as a whole: status, message, request id.
    #[must_use]
    pub fn api(&self) -> &ApiError {
        &self.api
    }

    /// What is wrong, by parameter.
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

impl Error {
    /// Reads an answer whose status is no success.
    pub(crate) fn from_answer(
        head: ResponseMeta,
        headers: &HeaderMap,
        body: Bytes,
        credentials: &Credentials,
    ) -> Self {
        let text = str::from_utf8(&body);
        let parsed: Option<Value> = text.ok().and_then(|text| serde_json::from_str(text).ok());
        let is_json = parsed.is_some();
        let mut json = parsed.unwrap_or_default();
        credentials.scrub_json(&mut json);
        let body = credentials.scrub_body(body);
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let error = json.get("error");
        let error_type = error.and_then(|error| text(error.get("type")));
        let message = error
            .and_then(|error| text(error.get("message")).or_else(|| text(Some(error))))
            .or_else(|| text(json.get("message")))
            .or_else(|| text(Some(&json)))
            .or_else(|| redirect_message(&head, headers, credentials))
            .or_else(|| plain_message(&body).filter(|_| !is_json));
        let mut part = |key| {
            json.get_mut("error")
                .and_then(|error| error.get_mut(key))
                .map(Value::take)
                .unwrap_or_default()
        };
        let validation_errors = part("validation_errors");
        let invalid_input = error_type.as_deref() == Some(INVALID_INPUT);
        let unauthorized = head.status == StatusCode::UNAUTHORIZED;
        let api = ApiError {
            error_type,
            message,
            data: part("data"),
            retry_after: retry_after(headers),
            body: HiddenBody(body),
            head,
        };
        if unauthorized {
            Self::Unauthorized(Box::new(api))
        } else if invalid_input {
            let validation_errors = ValidationErrors::from_json(&validation_errors);
            Self::InvalidInput(Box::new(InvalidInputError { api, validation_errors }))
        } else {
            Self::Api(Box::new(api))
        }
    }
}

fn redirect_message(
    head: &ResponseMeta,
    headers: &HeaderMap,
    credentials: &Credentials,
) -> Option<String> {
    if !head.status.is_redirection() {
        return None;
    }
    let location = headers.get(LOCATION).map(|location| {
        let location = String::from_utf8_lossy(location.as_bytes());
        format!(" to {}", credentials.scrub(&location))
    });
    Some(format!(
        "the API has moved{}; redirects are not followed, as that could carry the credentials to another host, so \
         give the builder the right `.endpoint(…)`",
        location.unwrap_or_default()
    ))
}

/// A short text is a message; a page is not.
fn plain_message(body: &[u8]) -> Option<String> {
    let text = str::from_utf8(body).ok()?.trim();
    let is_message = !text.is_empty()
        && text.len() <= LONGEST_PLAIN_MESSAGE
        && !text.starts_with(['<', '{', '['])
        && !text.contains(char::is_control);
    is_message.then(|| text.to_owned())
}
