//! A typed client, generated from an OpenAPI document.
//!
//! Every operation of the API is a method of the client or of one of its namespaces, and returns a request. To `.await` it
//! sends it and returns the result. Its `response` returns a [`Response`] with the result, the headers and more. Failures
//! are an [`Error`].
//!
//! APIs change faster than their clients, so decoding is tolerant: unknown values are kept, missing ones are repaired and
//! reported in [`Response::repairs`]. [`strict`](client::ClientBuilder::strict) turns that off for tests.
//!
//! Requests need a Tokio runtime, as [`reqwest`] does, except in a browser.
// The code of the README stands in examples, which are compiled, and not in documentation tests.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(all(doc, not(doctest)), doc = "", doc = include_str!("../README.md"))]

mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod clock;
mod error;
mod execute;
#[rustfmt::skip]
mod generated;
mod json;
mod macros;
mod operation;
mod options;
mod page;
mod percent;
mod platform;
mod poll;
mod raw;
mod redact;
mod request;
mod response;
mod retry;
mod seam;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;
#[cfg(feature = "webhooks")]
pub mod webhooks;

/// For bodies and files.
pub use bytes;
/// For dates and times.
pub use jiff;
/// For HTTP clients of your own, methods, statuses and headers.
pub use reqwest;

pub use crate::error::{
    ApiError, DecodeError, Error, InvalidInputError, InvalidOptionsError, PollError, TimeoutError,
    TransportError, ValidationErrors,
};
pub use crate::execute::Preview;
pub use crate::generated::*;
pub use crate::json::{DateTime, DateTimeError, Decimal, Repair, RepairKind, Scalar, blank};
pub use crate::operation::{Effect, Scheme};
pub use crate::options::CallOptions;
pub use crate::page::{All, Items, Page, Pages};
pub use crate::poll::Poller;
pub use crate::raw::{CursorPages, RawRequest};
pub use crate::request::{File, IntoInteger};
pub use crate::response::{Response, ResponseFuture};
pub use crate::retry::RetryPolicy;
