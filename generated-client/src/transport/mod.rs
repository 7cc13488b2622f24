//! Transports: what sends requests and receives responses.
//!
//! A [`Transport`] is given each attempt of a request. [`HttpTransport`] is the one that clients have by default; a
//! transport of your own can wrap it, or use another HTTP stack. It is the place for what concerns all requests: signing,
//! counting, caching, recording.
//!
//! # Counting requests
//!
//! ```
//! use std::sync::atomic::{AtomicUsize, Ordering};
//!
//! use seam_client::transport::*;
//!
//! struct Counting {
//!     inner: HttpTransport,
//!     requests: AtomicUsize,
//! }
//!
//! impl Transport for Counting {
//!     fn send(
//!         &self,
//!         request: TransportRequest,
//!     ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
//!         self.requests.fetch_add(1, Ordering::Relaxed);
//!         self.inner.send(request)
//!     }
//! }
//!
//! # fn main() -> Result<(), seam_client::Error> {
//! let transport = Counting { inner: HttpTransport::new()?, requests: AtomicUsize::new(0) };
//! // `.transport(transport)` gives it to the client's builder.
//! # drop(transport);
//! # Ok(())
//! # }
//! ```
//!
//! # Signing the body of each request
//!
//! ```
//! use std::hash::{DefaultHasher, Hash, Hasher};
//!
//! use seam_client::transport::*;
//!
//! struct Signing<T> {
//!     inner: T,
//!     key: u64,
//! }
//!
//! impl<T: Transport> Transport for Signing<T> {
//!     fn send(
//!         &self,
//!         mut request: TransportRequest,
//!     ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
//!         // Stands for an HMAC.
//!         let mut hasher = DefaultHasher::new();
//!         (self.key, request.body.as_deref().unwrap_or_default()).hash(&mut hasher);
//!         request.headers.insert("x-signature", hasher.finish().into());
//!         self.inner.send(request)
//!     }
//! }
//! ```

mod http;
mod message;

use std::sync::Arc;

pub use self::http::HttpTransport;
pub(crate) use self::http::is_loopback;
pub use self::message::{ResponseBody, TransportRequest, TransportResponse};
pub use crate::error::TransportFailure;
pub use crate::platform::BoxFuture;

/// Sends requests and receives responses.
///
/// The client calls [`send`](Self::send) for each attempt of a request. It limits the time of the attempt, reads the body,
/// and decides whether to retry.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a transport",
    note = "implement `transport::Transport` for it, or pass a `reqwest::Client` to the builder's `http_client`"
)]
pub trait Transport: Send + Sync {
    /// Sends a request. The future ends when the status and the headers of the response have arrived.
    ///
    /// It must not follow redirects: they could carry the credentials to another host.
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
        (**self).send(request)
    }
}
