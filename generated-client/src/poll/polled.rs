//! What a call began, as it was last seen.

use std::time::Duration;

use serde_json::Value;

use super::interval::{End, Subject, watch};
use super::{PollInterval, Polling};
use crate::clock::Instant;
use crate::error::{ActionAttemptError, Error, Reason};
use crate::execute::ResponseFuture;
use crate::json::ReadError;
use crate::response::RawResponse;

/// Sends a call and waits until what it began is over. Gives the last answer, if that is a good end.
pub(super) async fn poll_until_done(
    call: ResponseFuture<RawResponse>,
    polling: &'static Polling,
    pace: PollInterval,
) -> Result<RawResponse, Error> {
    pace.check()?;
    let (begun, deadline) = (Instant::now(), pace.deadline());
    let exchange = call.await?;
    let begun_by = exchange.operation.path;
    let value = exchange.peek(&exchange.operation.response.path());
    let mut attempt = PolledObject { exchange, value, polling };
    let end = if attempt.stage() == Stage::Open {
        attempt.id()?;
        watch(&mut attempt, pace.interval, deadline).await
    } else {
        End::Over
    };
    let (reason, trouble) = match end {
        End::Over if attempt.stage() == Stage::Success => return Ok(attempt.exchange),
        End::Over => (Reason::Failed, None),
        End::Late(trouble) => (Reason::Timeout, trouble),
        End::Lost(trouble) => (Reason::Lost, Some(trouble)),
    };
    let mut error = attempt.error(begun_by, reason);
    error.waited = begun.elapsed();
    error.source = trouble;
    Err(error.into())
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Under way, or something that this version of the client does not know.
    Open,
    Success,
    Failure,
}

struct PolledObject {
    /// The last answer that had it.
    exchange: RawResponse,
    /// It, as it stands there.
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

    /// What to ask for it by.
    fn id(&self) -> Result<&Value, Error> {
        let id = self.value.get(self.polling.id).filter(|id| !id.is_null());
        id.ok_or_else(|| self.cannot_ask(&self.exchange, "required, but missing"))
    }

    /// That an answer does not say what to ask for.
    fn cannot_ask(&self, exchange: &RawResponse, message: &str) -> Error {
        let keys = exchange.operation.response.path().into_iter().map(|field| field.key);
        let path: Vec<&str> = keys.chain([self.polling.id]).collect();
        exchange.decode_error(&ReadError { path: path.join("."), message: message.to_owned() })
    }

    fn error(&self, begun_by: &'static str, reason: Reason) -> ActionAttemptError {
        let RawResponse { client, head, .. } = &self.exchange;
        let mut attempt = self.value.clone();
        client.inner().credentials.scrub_json(&mut attempt);
        let part = |key: &str| attempt.get(key).cloned().unwrap_or_default();
        ActionAttemptError {
            operation: begun_by,
            head: head.clone(),
            id: text(&part(self.polling.id)),
            status: text(&part(self.polling.status)),
            error: self.polling.error.map(part).unwrap_or_default(),
            attempt,
            waited: Duration::ZERO,
            reason,
            source: None,
        }
    }
}

impl Subject for PolledObject {
    async fn look(&mut self) -> Result<bool, Error> {
        let look = (self.polling.look)(&self.exchange.client, self.id()?);
        let look = look.map_err(|error| self.cannot_ask(&self.exchange, &error.message))?;
        let exchange = look.await?;
        let value = exchange.peek(&exchange.operation.response.path());
        if !value.is_object() {
            return Err(self.cannot_ask(&exchange, "required, but missing"));
        }
        (self.exchange, self.value) = (exchange, value);
        Ok(self.stage() != Stage::Open)
    }
}

/// A text, also if it is a number.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
