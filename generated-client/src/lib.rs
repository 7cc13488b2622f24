//! A typed client, generated from an OpenAPI document.
//!
//! A call is built from a [`Seam`], and does nothing until it is sent: `send` gives the value that was asked for,
//! `response` gives a [`Response`] with all that came along with it. What goes wrong is an [`Error`].
//!
//! The API moves faster than its clients, so reading is tolerant: what is unknown is kept, what is missing is put right,
//! and [`Response::repairs`] says so. [`SeamBuilder::strict`] is for tests that shall notice instead.
//!
//! A call needs a Tokio runtime, as [`reqwest`] does, and in a browser nothing but that.
// The code of the README stands in examples, which are compiled, and not in documentation tests.
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
mod platform;
mod poll;
mod request;
mod response;
mod retry;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "webhooks")]
pub mod webhooks;

/// For bodies and files.
pub use bytes;
/// For dates and times.
pub use jiff;
/// For HTTP clients of your own, statuses and headers.
pub use reqwest;

pub use crate::auth::Scheme;
pub use crate::client::{Seam, SeamBuilder};
pub use crate::error::{
    ActionAttemptError, ApiError, DecodeError, Error, InvalidInputError, InvalidOptionsError,
    TimeoutError, TransportError, ValidationErrors,
};
pub use crate::execute::ResponseFuture;
pub use crate::generated::{api, ids, models, security};
pub use crate::json::{Repair, RepairKind, Scalar};
pub use crate::options::CallOptions;
pub use crate::page::{Items, Page, Pages};
pub use crate::poll::Poller;
pub use crate::request::{File, IntoInteger};
pub use crate::response::Response;
pub use crate::retry::RetryPolicy;
