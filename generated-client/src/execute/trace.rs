//! Reports to `tracing`: a span for each request and an event for each attempt, without secrets and bodies.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use super::attempt::CompleteResponse;
use super::raw::PreparedRequest;
use crate::error::Error;
use crate::retry::Attempts;

/// The span of a request. Its fields have OpenTelemetry's names for HTTP, where there is one.
pub(super) fn span(request: &PreparedRequest) -> Span {
    tracing::info_span!(
        "api.call",
        otel.kind = "client",
        operation = request.operation.path,
        http.request.method = request.method.as_str(),
        server.address = request.context.endpoint.host(),
        http.response.status_code = Empty,
        request_id = Empty,
        attempts = Empty,
        repairs = Empty,
        error.type = Empty,
    )
}

/// Reports the outcome of an attempt, and the wait before the next one.
pub(super) fn attempt(
    span: &Span,
    attempts: &Attempts<'_>,
    outcome: &Result<CompleteResponse, Error>,
    wait: Option<Duration>,
) {
    let (status, request_id, error) = match outcome {
        Ok(response) => (Some(response.meta.status), response.meta.request_id.as_deref(), None),
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
