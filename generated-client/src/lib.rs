//! A typed client, generated from an OpenAPI document.
//!
//! A call is built from a [`Seam`], and does nothing until it is sent: `send` gives the value that was asked for,
//! `response` gives a [`Response`] with all that came along with it. What goes wrong is an [`Error`].
//!
//! The API moves faster than its clients, so reading is tolerant: what is unknown is kept, what is missing is put right,
//! and [`Response::repairs`] says so. [`SeamBuilder::strict`] is for tests that shall notice instead.
//!
//! A call needs a Tokio runtime, as [`reqwest`] does.

mod auth;
mod client;
mod error;
mod exchange;
#[rustfmt::skip]
mod generated;
mod json;
mod operation;
mod request;
mod response;
mod sending;
#[cfg(feature = "webhooks")]
pub mod webhooks;

pub use bytes;
pub use jiff;
pub use reqwest;

pub use crate::client::{Seam, SeamBuilder};
pub use crate::error::{
    ApiError, DecodeError, Error, InvalidInputError, InvalidOptionsError, TimeoutError,
    TransportError, ValidationErrors,
};
pub use crate::generated::{api, ids, models};
pub use crate::json::{Repair, RepairKind, Scalar};
pub use crate::request::File;
pub use crate::response::Response;
pub use crate::sending::Sending;
