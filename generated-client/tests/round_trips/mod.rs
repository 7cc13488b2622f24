//! Decodes responses and encodes the values again, so that tests can compare the two.
//!
//! This is compiled into the crate's unit tests, because it uses private items, and into the fuzz target `answers`. It is
//! here because crates that are generated from other documents do not have it.

pub(crate) mod fuzzed;
#[cfg(test)]
#[path = "../conformance/same.rs"]
mod same;
#[cfg(test)]
mod samples;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;
use tracing::Span;

use crate::Seam;
use crate::clock::Instant;
use crate::error::{Error, ResponseMeta};
use crate::execute::{RawResponse, RequestTime};
use crate::json::{self, Json, Repair};
use crate::operation::{ResponseShape, Effect, Operation};

/// The operation of a component schema, as if it were the whole response.
pub(crate) static SCHEMA: Operation = Operation {
    path: "a schema",
    methods: &[],
    effect: Effect::Read,
    response: ResponseShape::Body,
    security: &[],
};

/// Decodes a response, and returns the encoded value and the repairs.
pub(crate) type RoundTrip = fn(&RawResponse) -> Result<(Value, Vec<Repair>), Error>;

/// Decodes a response as a `T`, and encodes the value.
pub(super) fn round_trip<T: Json>(exchange: &RawResponse) -> Result<(Value, Vec<Repair>), Error> {
    let (value, repairs) = exchange.read::<T>()?;
    let written = json::serialize(&value, serde_json::value::Serializer);
    Ok((written.unwrap(), repairs))
}

/// A received response.
fn exchange(client: &Seam, operation: &'static Operation, body: Bytes) -> RawResponse {
    let (headers, status) = (HeaderMap::new(), StatusCode::OK);
    let meta = ResponseMeta { operation: operation.path, status, request_id: None, attempts: 1 };
    let context = client.context().clone();
    let time = RequestTime { started: Instant::now(), end: None };
    let (operation, span) = (operation.info(), Span::none());
    RawResponse { context, operation, meta, headers, body, span, time }
}
