//! Helpers of the generated calls, and the result of a call.

use std::pin::Pin;

use serde::Serialize;
use serde_json::Value;

use crate::generated::client::bytes::Bytes;
use crate::generated::client::{Error, Response, ResponseFuture};

/// A future of the result of a call.
pub(crate) type Call = Pin<Box<dyn Future<Output = Result<Came, Error>>>>;

/// The result of a successful call.
pub(crate) struct Came {
    /// The decoded value as JSON, or `None` if it is not JSON.
    pub(crate) value: Option<Value>,
    /// The repairs of the response.
    pub(crate) repairs: Vec<String>,
}

impl Came {
    fn of<T>(value: Option<Value>, response: &Response<T>) -> Self {
        assert!(response.status().is_success(), "{}", response.status());
        Self { value, repairs: response.repairs().iter().map(ToString::to_string).collect() }
    }
}

/// A call whose response is JSON, text, or ignored.
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) fn called<T: Serialize + 'static>(sending: ResponseFuture<Response<T>>) -> Call {
    Box::pin(async move {
        let response = sending.await?;
        let value = serde_json::to_value(response.value()).expect("what was read can be written");
        Ok(Came::of(Some(value), &response))
    })
}

/// A call whose response is bytes.
#[allow(dead_code, reason = "not every document has files")]
pub(crate) fn called_bytes(sending: ResponseFuture<Response<Bytes>>) -> Call {
    Box::pin(async move {
        let response = sending.await?;
        assert_eq!(response.value(), response.body());
        Ok(Came::of(None, &response))
    })
}

/// Parses a JSON value.
#[allow(dead_code, reason = "not every document has such values")]
pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}
