//! One attempt: sends a request and receives the whole response.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, HeaderMap};
use serde_json::Value;

use super::context::Context;
use crate::clock::{self, Instant};
use crate::error::{DecodeError, Error, ErrorResponse, ResponseMeta, TransportFailure};
use crate::json::{self, Policy, ReadError};
use crate::operation::{OperationInfo, ResponseShape};
use crate::retry::Attempts;
use crate::transport::{ResponseBody, TransportRequest, TransportResponse};

/// The limit of the body of an error response.
const ERROR_LIMIT: usize = 1 << 20;

/// A complete response whose status is a success.
pub(super) struct CompleteResponse {
    pub(super) meta: ResponseMeta,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

pub(super) async fn attempt(
    context: &Context,
    operation: OperationInfo,
    request: TransportRequest,
    attempts: &Attempts<'_>,
    end: Option<Instant>,
) -> Result<CompleteResponse, Error> {
    let mut partial = None;
    let receiving = receive(context, request, &mut partial);
    let received = clock::until(end, receiving).await;
    let received = received.unwrap_or_else(|| Err(TransportFailure::late()));
    let failed = |meta: Option<ResponseMeta>, failure| {
        let elapsed = attempts.elapsed();
        Error::from_failure(operation.path, meta, attempts.number, elapsed, failure)
    };
    let Some(PartialResponse { status, headers, body }) = partial else {
        return Err(failed(None, received.err().unwrap_or_else(TransportFailure::late)));
    };
    let body = body.into_bytes();
    let meta = meta(context, operation, status, &headers, attempts.number);
    if !status.is_success() {
        // The error status matters more than the missing rest of the body.
        return Err(context.error_response(meta, headers, body));
    }
    match received {
        Err(failure) => Err(failed(Some(meta), failure)),
        Ok(Received::TooLong) if !may_lack_body(operation.response) => {
            Err(too_long(meta, context.body_limit))
        }
        Ok(Received::Whole | Received::TooLong) => Ok(CompleteResponse { meta, headers, body }),
    }
}

fn meta(
    context: &Context,
    operation: OperationInfo,
    status: StatusCode,
    headers: &HeaderMap,
    attempts: u32,
) -> ResponseMeta {
    let request_id = headers.get(&context.request_id);
    let request_id = request_id.map(|id| redacted(context, id.as_bytes()));
    ResponseMeta { operation: operation.path, status, request_id, attempts }
}

fn redacted(context: &Context, text: &[u8]) -> String {
    context.credentials.redactor().redact(&String::from_utf8_lossy(text)).into_owned()
}

impl Context {
    /// Converts a response whose status is not a success to an error, with its secrets redacted.
    pub(crate) fn error_response(
        &self,
        meta: ResponseMeta,
        headers: HeaderMap,
        body: Bytes,
    ) -> Error {
        let redactor = self.credentials.redactor();
        // JSON is redacted after parsing, because it may contain a secret with escaped characters.
        let read = json::read::<Value>(&body, Policy::Open);
        let mut json = read.ok().map(|(json, _)| json);
        if let Some(json) = &mut json {
            redactor.redact_json(json);
        }
        let (headers, body) = (redactor.redact_headers(headers), redactor.redact_body(body));
        Error::from_response(ErrorResponse { meta, headers, json, body })
    }
}

fn too_long(meta: ResponseMeta, limit: usize) -> Error {
    let message = format!("the body is longer than {limit} bytes; `.body_limit(…)` sets the limit");
    let error = ReadError { path: String::new(), message };
    Error::Decode(Box::new(DecodeError::new(meta, error, Bytes::new())))
}

/// The part of a response that has arrived: its status, its headers, and the beginning of its body.
struct PartialResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: BodyBuffer,
}

/// Sends a request and receives the response into `partial`, as far as it arrives before something goes wrong.
async fn receive(
    context: &Context,
    request: TransportRequest,
    partial: &mut Option<PartialResponse>,
) -> Result<Received, TransportFailure> {
    let TransportResponse { status, headers, body } = context.transport.send(request).await?;
    let limit =
        if status.is_success() { context.body_limit } else { context.body_limit.min(ERROR_LIMIT) };
    let announced = announced_length(&headers);
    let partial = partial.insert(PartialResponse { status, headers, body: BodyBuffer::default() });
    match announced {
        // The body is too long and will be left out, so there is no need to wait for it.
        Some(length) if status.is_success() && length > limit => Ok(Received::TooLong),
        _ => receive_body(body, &mut partial.body, limit).await,
    }
}

/// Returns the length of the body that the server announces.
fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether a body was received completely.
enum Received {
    Whole,
    TooLong,
}

/// The chunks of a body. Most bodies have a single chunk, which is not copied.
#[derive(Default)]
struct BodyBuffer {
    first: Bytes,
    /// All chunks, if there are several.
    all: Vec<u8>,
}

impl BodyBuffer {
    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn add(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.into() }
    }
}

/// Receives a body into `buffer`, as far as it arrives before something goes wrong.
async fn receive_body(
    mut body: ResponseBody,
    buffer: &mut BodyBuffer,
    limit: usize,
) -> Result<Received, TransportFailure> {
    while let Some(chunk) = body.chunk().await? {
        if chunk.len() > limit.saturating_sub(buffer.len()) {
            return Ok(Received::TooLong);
        }
        buffer.add(chunk);
    }
    Ok(Received::Whole)
}

/// Whether the result can be decoded without the body.
fn may_lack_body(response: &ResponseShape) -> bool {
    matches!(response, ResponseShape::Envelope | ResponseShape::Nothing)
}
