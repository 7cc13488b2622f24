//! One attempt at a call: a request goes out, and an answer comes in as a whole.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, HeaderMap};

use super::{Body, OutgoingRequest, TransportResponse};
use crate::client::Inner;
use crate::clock;
use crate::error::{DecodeError, Error, Failure, ResponseMeta};
use crate::operation::{Operation, ResponseShape};
use crate::retry::Attempts;

/// Far more than an error has to say.
const ERROR_LIMIT: usize = 1 << 20;

/// A complete answer whose status is a success.
pub(super) struct CompleteResponse {
    pub(super) head: ResponseMeta,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

pub(super) async fn attempt(
    inner: &Inner,
    operation: &'static Operation,
    request: OutgoingRequest,
    attempts: &Attempts<'_>,
) -> Result<CompleteResponse, Error> {
    let mut arrived = None;
    let receiving = receive(inner, operation, request, &mut arrived);
    let complete = clock::until(attempts.end(), receiving).await;
    let complete = complete.unwrap_or(Err(Failure::Late(None)));
    let failed = |head: Option<ResponseMeta>, failure| {
        let elapsed = attempts.elapsed();
        Error::from_failure(operation.path, head, attempts.number, elapsed, failure)
    };
    let Some(PartialResponse { status, headers, body }) = arrived else {
        return Err(failed(None, complete.err().unwrap_or(Failure::Late(None))));
    };
    let body = body.into_bytes();
    let head =
        ResponseMeta::new(operation.path, status, &headers, attempts.number, &inner.credentials);
    if !status.is_success() {
        // The status stands, and says more than that the rest of the body is missing.
        return Err(Error::from_answer(head, &headers, body, &inner.credentials));
    }
    match complete {
        Err(failure) => Err(failed(Some(head), failure)),
        Ok(Received::TooLong) if !may_lack_body(&operation.response) => {
            Err(Error::Decode(Box::new(DecodeError::too_long(head, inner.body_limit))))
        }
        Ok(Received::Whole | Received::TooLong) => Ok(CompleteResponse { head, headers, body }),
    }
}

/// What has arrived of an answer, which is more than nothing.
struct PartialResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: BodyBuffer,
}

/// Sends a request and takes in the answer, or as much of it as arrives before something goes wrong.
async fn receive(
    inner: &Inner,
    operation: &'static Operation,
    request: OutgoingRequest,
    arrived: &mut Option<PartialResponse>,
) -> Result<Received, Failure> {
    let TransportResponse { status, headers, body } =
        inner.transport.send(operation, request).await?;
    let limit =
        if status.is_success() { inner.body_limit } else { inner.body_limit.min(ERROR_LIMIT) };
    let announced = announced(&headers);
    let arrived = arrived.insert(PartialResponse { status, headers, body: BodyBuffer::default() });
    match announced {
        // There is no need to wait for what will be left out.
        Some(length) if status.is_success() && length > limit => Ok(Received::TooLong),
        _ => take(body, &mut arrived.body, limit).await,
    }
}

/// How long the body is going to be, where the server says so.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether all of a body was buffer in.
enum Received {
    Whole,
    TooLong,
}

/// What has arrived of a body. Most bodies come in one piece, which is not copied.
#[derive(Default)]
struct BodyBuffer {
    first: Bytes,
    /// Everything, once there is more than the first piece.
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

/// Takes in a body, likewise.
async fn take(mut body: Body, buffer: &mut BodyBuffer, limit: usize) -> Result<Received, Failure> {
    while let Some(chunk) = body.chunk().await? {
        if chunk.len() > limit.saturating_sub(buffer.len()) {
            return Ok(Received::TooLong);
        }
        buffer.add(chunk);
    }
    Ok(Received::Whole)
}

/// Where nothing has to be in an answer, there can be too much in it as well.
fn may_lack_body(answer: &ResponseShape) -> bool {
    matches!(answer, ResponseShape::Envelope | ResponseShape::Nothing)
}
