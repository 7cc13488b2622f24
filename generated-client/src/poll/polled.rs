//! The object that a request started, in its last known state.

use std::time::Duration;

use serde_json::Value;

use super::polling::Polling;
use super::watch::{PollOutcome, Pollable, deadline, poll_until};
use crate::clock::Instant;
use crate::error::{Error, PollEnd, PollError};
use crate::execute::RawResponse;
use crate::json::ReadError;
use crate::options::PollInterval;
use crate::response::{Decoding, ResponseFuture};

/// Sends a request and polls the object that it started. Returns the last response if the object ended with a success.
pub(super) async fn poll_until_done(
    request: ResponseFuture<RawResponse>,
    polling: &'static Polling,
    interval: PollInterval,
) -> Result<RawResponse, Error> {
    interval.check()?;
    let (begun, deadline) = (Instant::now(), deadline(interval.timeout));
    let response = request.await?;
    let operation = response.operation.path;
    let (response, value) = peek(response).outcome().await?;
    let mut object = PolledObject { response, value, polling };
    let outcome = if object.stage() == Stage::Open {
        object.id()?;
        poll_until(&mut object, interval.interval, deadline).await
    } else {
        PollOutcome::Done
    };
    let (reason, source) = match outcome {
        PollOutcome::Done if object.stage() == Stage::Success => return Ok(object.response),
        PollOutcome::Done => (PollEnd::Failed, None),
        PollOutcome::Late(failure) => (PollEnd::Timeout, failure),
        PollOutcome::Lost(failure) => (PollEnd::Lost, Some(failure)),
    };
    let mut error = object.error(operation, reason);
    error.waited = begun.elapsed();
    error.source = source.map(Into::into);
    Err(error.into())
}

/// The progress of the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Under way, or of a status that this version of the client does not know.
    Open,
    Success,
    Failure,
}

struct PolledObject {
    /// The last response that held the object.
    response: RawResponse,
    /// The object.
    value: Value,
    polling: &'static Polling,
}

impl PolledObject {
    fn stage(&self) -> Stage {
        let Polling { status, success, failure, .. } = self.polling;
        match self.value.get(status).and_then(Value::as_str) {
            Some(status) if success.contains(&status) => Stage::Success,
            Some(status) if failure.contains(&status) => Stage::Failure,
            _ => Stage::Open,
        }
    }

    /// Returns the ID by which the object is fetched.
    fn id(&self) -> Result<&Value, Error> {
        let id = self.value.get(self.polling.id).filter(|id| !id.is_null());
        id.ok_or_else(|| self.id_error(&self.response, "required, but missing"))
    }

    /// The error of a response without a usable ID.
    fn id_error(&self, response: &RawResponse, message: &str) -> Error {
        let keys = response.operation.response.path().into_iter().map(|field| field.key);
        let path: Vec<&str> = keys.chain([self.polling.id]).collect();
        response.decode_error(&ReadError { path: path.join("."), message: message.to_owned() })
    }

    fn error(&self, operation: &'static str, reason: PollEnd) -> PollError {
        let RawResponse { context, meta, .. } = &self.response;
        let mut object = self.value.clone();
        context.credentials.redactor().redact_json(&mut object);
        let part = |key: &str| object.get(key).cloned().unwrap_or_default();
        PollError {
            operation,
            meta: meta.clone(),
            id: text(&part(self.polling.id)),
            status: text(&part(self.polling.status)),
            error: self.polling.error.map(part).unwrap_or_default(),
            object,
            waited: Duration::ZERO,
            reason,
            source: None,
        }
    }
}

impl Pollable for PolledObject {
    async fn fetch(&mut self) -> Result<bool, Error> {
        let request = (self.polling.fetch)(&self.response.context, self.id()?);
        let request = request.map_err(|error| self.id_error(&self.response, &error.message))?;
        let response = request.await?;
        let (response, value) = peek(response).outcome().await?;
        if !value.is_object() {
            return Err(self.id_error(&response, "required, but missing"));
        }
        (self.response, self.value) = (response, value);
        Ok(self.stage() != Stage::Open)
    }
}

/// Decodes the object that is polled, as it is.
fn peek(response: RawResponse) -> Decoding<(RawResponse, Value)> {
    Decoding::new(response, |response| {
        let value = response.peek(&response.operation.response.path());
        Ok((response, value))
    })
}

/// Returns a string or a number as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
