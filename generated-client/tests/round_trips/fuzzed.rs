//! What holds of any bytes that a server may send.
//!
//! Inputs that once broke it stand in `fuzzed/`. Each begins with a line that says what it is: the name of what it answers,
//! or `failure` with a status; the body follows.

use std::panic;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::{RoundTrip, exchange};
use crate::Seam;
use crate::error::{Error, ResponseMeta};
use crate::operation::{ResponseShape, Operation};

/// What the credentials have in them, and nothing that is shown.
pub(crate) const MARK: &str = "notforanylog";

/// Two clients: one that puts right what it can, and one that does not.
pub(crate) struct Readers {
    open: Seam,
    strict: Seam,
}

impl Readers {
    /// They call nobody.
    pub(crate) fn new() -> Self {
        let builder = || Seam::builder().api_key(format!("seam_k1_{MARK}"));
        Self { open: builder().build().unwrap(), strict: builder().strict().build().unwrap() }
    }

    /// Reads an answer: with a value there is another round that changes nothing, and what a strict client takes, the other
    /// one reads as the same.
    pub(crate) fn answer(&self, operation: &'static Operation, read: RoundTrip, body: &[u8]) {
        let body = Bytes::copy_from_slice(body);
        let strict = read(&exchange(&self.strict, operation, body.clone()));
        let open = read(&exchange(&self.open, operation, body));
        if let Ok((written, repairs)) = &strict {
            assert_eq!(*repairs, [], "a strict client repairs nothing");
            let (same, repairs) = open.as_ref().expect("a strict client has read it");
            assert_eq!((same, repairs.len()), (written, 0), "a strict client reads it otherwise");
        }
        strict.as_ref().err().into_iter().for_each(is_discreet);
        match open {
            Ok((written, _)) => {
                let again = body_of(operation, &written).to_string().into();
                let (same, repairs) = read(&exchange(&self.open, operation, again))
                    .unwrap_or_else(|error| panic!("{written} was written: {error}"));
                assert_eq!(same, written, "it is read otherwise than it was written");
                assert_eq!(repairs, [], "what was written has to be put right: {written}");
            }
            Err(error) => is_discreet(&error),
        }
    }

    /// Reads an answer that says that a call failed.
    pub(crate) fn failure(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) {
        let meta = ResponseMeta { operation: "/failure", status, request_id: None, attempts: 1 };
        let body = Bytes::copy_from_slice(body);
        let error = self.open.context().error_response(meta, headers, body);
        assert_eq!(error.status(), Some(status));
        let _ = (error.retry_after(), error.is_retryable(), error.decode::<Value>());
        is_discreet(&error);
    }
}

/// The body that has this value where it belongs.
fn body_of(operation: &Operation, value: &Value) -> Value {
    match &operation.response {
        ResponseShape::Key(field) => json!({ field.key: value }),
        _ => value.clone(),
    }
}

/// An error can be shown to anybody.
fn is_discreet(error: &Error) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(MARK), "a secret shows: {error}");
}
