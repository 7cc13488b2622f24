//! Decoding of responses whose type the caller names.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::{self, Policy, ReadError};

/// Decodes the property `key` of the body, or the whole body.
pub(super) fn decode<T: DeserializeOwned>(
    response: &RawResponse,
    key: Option<&str>,
) -> Result<T, Error> {
    let mut body = body(response)?;
    let Some(key) = key else { return typed(response, body, "") };
    match body.get_mut(key) {
        Some(value) => typed(response, value.take(), key),
        None => Err(error(response, key, "required, but missing")),
    }
}

/// Decodes what is at a JSON pointer in the body.
pub(super) fn decode_at<T: DeserializeOwned>(
    response: &RawResponse,
    pointer: &str,
) -> Result<T, Error> {
    match body(response)?.pointer_mut(pointer) {
        Some(value) => typed(response, value.take(), pointer),
        None => Err(error(response, pointer, "required, but missing")),
    }
}

/// The body as JSON. An empty one is null.
pub(super) fn body(response: &RawResponse) -> Result<Value, Error> {
    if response.body.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    match json::read(&response.body, Policy::Strict) {
        Ok((body, _)) => Ok(body),
        Err(problem) => Err(response.decode_error(&problem)),
    }
}

fn typed<T: DeserializeOwned>(
    response: &RawResponse,
    value: Value,
    place: &str,
) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|problem| error(response, place, problem))
}

pub(super) fn error(response: &RawResponse, place: &str, problem: impl ToString) -> Error {
    let (path, message) = (place.to_owned(), problem.to_string());
    response.decode_error(&ReadError { path, message })
}
