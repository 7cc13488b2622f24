//! The root of a test that only has to compile. It provides what the generated calls of all operations need.

#![allow(dead_code, unused_imports, reason = "nobody runs it, and not every document needs all of it")]
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "names are the document's")]

#[path = "../src/generated/conformance/mod.rs"]
#[rustfmt::skip]
mod generated;

use std::pin::Pin;

use generated::client::bytes::Bytes;
use generated::client::{Error, Response, Client, ResponseFuture};
use serde::Serialize;

pub(crate) struct Case {
    pub(crate) pointer: &'static str,
    pub(crate) name: &'static str,
    pub(crate) calls: &'static [(&'static str, Make)],
}

type Make = fn(&Client) -> Call;

pub(crate) type Call = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

pub(crate) fn called<T: Serialize + 'static>(sending: ResponseFuture<Response<T>>) -> Call {
    Box::pin(async move {
        let _ = serde_json::to_value(sending.await?.value());
        Ok(())
    })
}

pub(crate) fn called_bytes(sending: ResponseFuture<Response<Bytes>>) -> Call {
    Box::pin(async move { sending.await.map(|_| ()) })
}

pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[test]
fn there_are_calls() {
    let builder = generated::credentials(Client::builder());
    assert!(builder.endpoint("http://127.0.0.1:9").build().is_ok());
    assert!(generated::CASES.iter().all(|cases| cases.iter().all(|case| !case.calls.is_empty())));
}
