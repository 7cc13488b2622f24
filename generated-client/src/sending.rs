//! The one executor: it sends a call and takes in the answer, without knowing any type.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::client::Seam;
use crate::error::{Error, Head, InvalidOptionsError};
use crate::exchange::Exchange;
use crate::operation::Operation;
use crate::request::Wire;

/// A call that is being sent, as a future of its outcome.
///
/// Nothing is sent before it is polled. To drop it is to stop waiting, not to undo: the server may have carried the call
/// out.
#[must_use = "a call is sent by `.await`"]
pub struct Sending<T> {
    operation: &'static Operation,
    exchange: Pin<Box<dyn Future<Output = Result<Exchange, Error>> + Send>>,
    finish: fn(Exchange) -> Result<T, Error>,
}

impl<T> Sending<T> {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn new(prepared: Prepared, finish: fn(Exchange) -> Result<T, Error>) -> Self {
        Self { operation: prepared.operation, exchange: execute(prepared), finish }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = self.exchange.as_mut().poll(context);
        exchange.map(|exchange| (self.finish)(exchange?))
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("path", &self.operation.path).finish_non_exhaustive()
    }
}

/// Everything that sending needs.
pub(crate) struct Prepared {
    pub(crate) client: Seam,
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    /// What is sent, or why it cannot be written.
    pub(crate) wire: Result<Wire, InvalidOptionsError>,
}

/// Sends a call and takes in the whole answer. It is boxed here, so that it is compiled once and here.
fn execute(
    prepared: Prepared,
) -> Pin<Box<dyn Future<Output = Result<Exchange, Error>> + Send + 'static>> {
    Box::pin(async move {
        let Prepared { client, operation, method, wire } = prepared;
        let inner = client.inner();
        let mut wire = wire?;
        inner.credentials.add_to(operation, &mut wire)?;
        let started = Instant::now();
        let mut address = inner.endpoint.join(&wire.path);
        address.set_query(wire.query.as_deref());
        let mut request = inner
            .http
            .request(method, address)
            .headers(inner.headers.clone())
            .headers(wire.headers)
            .timeout(inner.timeout);
        if let Some((media, body)) = wire.body {
            request = request.header(CONTENT_TYPE, media).body(body);
        }
        let mut response = request.send().await.map_err(|error| {
            Error::from_transport(operation.path, None, started.elapsed(), error)
        })?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let head = Head::new(operation.path, status, &headers, &inner.credentials);
        let (body, broken) = take_body(&mut response).await;
        if !status.is_success() {
            // The status stands, and says more than that the rest of the body is missing.
            return Err(Error::from_answer(head, &headers, body, &inner.credentials));
        }
        if let Some(error) = broken {
            let waited = started.elapsed();
            return Err(Error::from_transport(operation.path, Some(head), waited, error));
        }
        Ok(Exchange { client, operation, head, headers, body })
    })
}

/// The body, or as much of it as arrived before something went wrong.
async fn take_body(response: &mut reqwest::Response) -> (Bytes, Option<reqwest::Error>) {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body.into(), None),
            Err(error) => return (body.into(), Some(error)),
        }
    }
}
