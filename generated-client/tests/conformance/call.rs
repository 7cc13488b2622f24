//! What the generated calls are made of, and what came of one.

use std::pin::Pin;

use serde::Serialize;
use serde_json::Value;

use crate::generated::client::bytes::Bytes;
use crate::generated::client::jiff::Timestamp;
use crate::generated::client::{Error, Response, ResponseFuture};

/// What comes of a call.
pub(crate) type Call = Pin<Box<dyn Future<Output = Result<Came, Error>>>>;

/// What came of a call that succeeded.
pub(crate) struct Came {
    /// The value that it was made for, as JSON; none if that is not for reading.
    pub(crate) value: Option<Value>,
    /// What had to be put right.
    pub(crate) repairs: Vec<String>,
}

impl Came {
    fn of<T>(value: Option<Value>, response: &Response<T>) -> Self {
        assert!(response.status().is_success(), "{}", response.status());
        Self { value, repairs: response.repairs().iter().map(ToString::to_string).collect() }
    }
}

/// A call whose answer is JSON, a text or nothing.
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) fn called<T: Serialize + 'static>(sending: ResponseFuture<Response<T>>) -> Call {
    Box::pin(async move {
        let response = sending.await?;
        let value = serde_json::to_value(response.value()).expect("what was read can be written");
        Ok(Came::of(Some(value), &response))
    })
}

/// A call whose answer is bytes.
#[allow(dead_code, reason = "not every document has files")]
pub(crate) fn called_bytes(sending: ResponseFuture<Response<Bytes>>) -> Call {
    Box::pin(async move {
        let response = sending.await?;
        assert_eq!(response.value(), response.body());
        Ok(Came::of(None, &response))
    })
}

/// A moment, as RFC 3339 writes it.
#[allow(dead_code, reason = "not every document has date-times")]
pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// A value that may be anything.
#[allow(dead_code, reason = "not every document has such values")]
pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}
