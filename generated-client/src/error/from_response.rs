//! Converts a response whose status is not a success to an error.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use serde_json::Value;

use super::api::{ApiError, InvalidInputError};
use super::meta::{HiddenBody, HiddenHeaders, ResponseMeta};
use super::retry_after::retry_after;
use super::validation::ValidationErrors;
use super::variants::Error;

/// The `type` of errors that come with validation errors.
const INVALID_INPUT: &str = "invalid_input";

/// The maximum length of a plain-text body that counts as a message, and not as a page.
const LONGEST_PLAIN_MESSAGE: usize = 200;

/// A response whose status is not a success. All secrets are redacted.
pub(crate) struct ErrorResponse {
    pub(crate) meta: ResponseMeta,
    pub(crate) headers: HeaderMap,
    /// The body, if it is JSON.
    pub(crate) json: Option<Value>,
    pub(crate) body: Bytes,
}

impl Error {
    /// Finds the message and the other parts of an error in a response.
    pub(crate) fn from_response(response: ErrorResponse) -> Self {
        let ErrorResponse { meta, headers, json, body } = response;
        let is_json = json.is_some();
        let mut json = json.unwrap_or_default();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let error = json.get("error");
        let error_type = error.and_then(|error| text(error.get("type")));
        let message = error
            .and_then(|error| text(error.get("message")).or_else(|| text(Some(error))))
            .or_else(|| text(json.get("message")))
            .or_else(|| text(Some(&json)))
            .or_else(|| redirect_message(meta.status, &headers))
            .or_else(|| plain_message(&body).filter(|_| !is_json));
        let mut part = |key| {
            json.get_mut("error")
                .and_then(|error| error.get_mut(key))
                .map(Value::take)
                .unwrap_or_default()
        };
        let validation_errors = part("validation_errors");
        let invalid_input = error_type.as_deref() == Some(INVALID_INPUT);
        let unauthorized = meta.status == StatusCode::UNAUTHORIZED;
        let data = part("data");
        let retry_after = retry_after(&headers);
        let (headers, body) = (HiddenHeaders(headers), HiddenBody(body));
        let api = ApiError { meta, error_type, message, data, retry_after, headers, body };
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

fn redirect_message(status: StatusCode, headers: &HeaderMap) -> Option<String> {
    // The others that begin with 3 do not redirect: 304 says that nothing was modified.
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location =
        headers.get(LOCATION).map(|location| String::from_utf8_lossy(location.as_bytes()));
    let location = location.map(|location| format!(" to {location}")).unwrap_or_default();
    Some(format!(
        "a redirect{location} is not followed, as that could carry the credentials to another host; if the API has moved, \
         give the builder the right `.endpoint(…)`"
    ))
}

/// Returns the body if it is a short text, and not a page.
fn plain_message(body: &[u8]) -> Option<String> {
    let text = str::from_utf8(body).ok()?.trim();
    let is_message = !text.is_empty()
        && text.len() <= LONGEST_PLAIN_MESSAGE
        && !text.starts_with(['<', '{', '['])
        && !text.contains(char::is_control);
    is_message.then(|| text.to_owned())
}
