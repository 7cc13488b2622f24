//! Properties that hold for all bytes that a server may send.
//!
//! Counterexamples that were found are in `found/`. The first line of each file is the name of the response, or `failure`
//! with a status; the body follows.

use std::panic;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::{RoundTrip, exchange};
use crate::Seam;
use crate::error::{Error, ResponseMeta};
use crate::json::{Repair, RepairKind};
use crate::operation::{ResponseShape, Operation};

/// A part of the credentials that no output may contain.
pub(crate) const MARK: &str = "notforanylog";

/// Two clients: a tolerant one, which repairs responses, and a strict one.
pub(crate) struct Readers {
    open: Seam,
    strict: Seam,
}

impl Readers {
    /// Creates the clients, which send no requests.
    pub(crate) fn new() -> Self {
        let builder = || Seam::builder().api_key(format!("seam_k1_{MARK}"));
        Self { open: builder().build().unwrap(), strict: builder().strict().build().unwrap() }
    }

    /// Checks a response: encoding and decoding a decoded value changes nothing, and if the strict client decodes the
    /// response, the tolerant one decodes the same value.
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
                let repairs: Vec<_> = repairs.iter().filter(|repair| !is_kept(repair)).collect();
                assert!(repairs.is_empty(), "what was written needs {repairs:?}: {written}");
            }
            Err(error) => is_discreet(&error),
        }
    }

    /// Checks an error response.
    pub(crate) fn failure(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) {
        let meta = ResponseMeta { operation: "/failure", status, request_id: None, attempts: 1 };
        let body = Bytes::copy_from_slice(body);
        let error = self.open.context().error_response(meta, headers.clone(), body);
        assert_eq!(error.status(), Some(status));
        let _ = (error.retry_after(), error.is_retryable(), error.decode::<Value>());
        is_discreet(&error);
    }
}

/// Whether the value is reported and kept as it is: a boolean that is not the only one that the API describes.
fn is_kept(repair: &Repair) -> bool {
    let kind = repair.kind();
    matches!(kind, RepairKind::Mismatch { expected: "true" | "false", found: "true" | "false" })
}

/// The body of a response with this value.
fn body_of(operation: &Operation, value: &Value) -> Value {
    match &operation.response {
        ResponseShape::Key(field) => json!({ field.key: value }),
        _ => value.clone(),
    }
}

/// Checks that an error does not show the secret.
fn is_discreet(error: &Error) {
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(MARK), "a secret shows: {error}");
}
