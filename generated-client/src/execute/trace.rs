//! What `tracing` is told about a call: a span for the call, an event for each attempt. Neither secrets nor bodies.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use super::PreparedRequest;
use super::attempt::CompleteResponse;
use crate::error::Error;
use crate::retry::Attempts;

/// The span of a call. Its fields are called as OpenTelemetry calls them for HTTP, where it has a name for them.
pub(super) fn span(prepared: &PreparedRequest) -> Span {
    tracing::info_span!(
        "api.call",
        otel.kind = "client",
        operation = prepared.operation.path,
        http.request.method = prepared.method.as_str(),
        server.address = prepared.client.inner().endpoint.host(),
        http.response.status_code = Empty,
        request_id = Empty,
        attempts = Empty,
        repairs = Empty,
        error.type = Empty,
    )
}

/// Tells how an attempt ended, and for how long the next one is put off if there is one.
pub(super) fn attempt(
    span: &Span,
    attempts: &Attempts<'_>,
    outcome: &Result<CompleteResponse, Error>,
    wait: Option<Duration>,
) {
    let (status, request_id, error) = match outcome {
        Ok(answered) => (Some(answered.head.status), answered.head.request_id.as_deref(), None),
        Err(error) => (error.status(), error.request_id(), Some(error.kind())),
    };
    let status = status.map(|status| status.as_u16());
    let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(
        attempt = attempts.number,
        http.response.status_code = status,
        request_id,
        error.type = error,
        elapsed_ms = milliseconds(attempts.elapsed()),
        retry_in_ms = wait.map(milliseconds),
        "{}",
        if wait.is_some() { "trying again" } else { "done" }
    );
    if wait.is_none() {
        span.record("http.response.status_code", status);
        span.record("request_id", request_id);
        span.record("attempts", attempts.number);
        span.record("error.type", error);
    }
}
