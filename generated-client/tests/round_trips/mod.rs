//! Reading answers, and writing what that gave, for those who compare the two.
//!
//! This is part of the crate's unit tests, as it looks at what is inside, and of the fuzz target `answers`. It stands here
//! as the crates that are made from other documents do not have it.

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
use crate::error::{Error, ResponseMeta};
use crate::execute::RawResponse;
use crate::json::{self, Json, Repair};
use crate::operation::{ResponseShape, Effect, Operation};

/// A schema by itself, as if something answered with it.
pub(crate) static SCHEMA: Operation = Operation {
    path: "a schema",
    methods: &[],
    effect: Effect::Read,
    response: ResponseShape::Body,
    security: &[],
};

/// Reads an answer, and gives what that wrote and what had to be put right.
pub(crate) type RoundTrip = fn(&RawResponse) -> Result<(Value, Vec<Repair>), Error>;

/// Reads an answer as a `T`, and writes that.
pub(super) fn round_trip<T: Json>(exchange: &RawResponse) -> Result<(Value, Vec<Repair>), Error> {
    let (value, repairs) = exchange.read::<T>()?;
    let written = json::serialize(&value, serde_json::value::Serializer);
    Ok((written.unwrap(), repairs))
}

/// An answer as it has arrived.
fn exchange(client: &Seam, operation: &'static Operation, body: Bytes) -> RawResponse {
    let (headers, status) = (HeaderMap::new(), StatusCode::OK);
    let meta = ResponseMeta { operation: operation.path, status, request_id: None, attempts: 1 };
    let context = client.context().clone();
    RawResponse { context, operation, meta, headers, body, span: Span::none() }
}
