//! WebAssembly in a browser, or anywhere else that has `fetch`, which sends the requests.

use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::{Client, Response};
pub(crate) use wasmtimer::std::Instant;
pub(crate) use wasmtimer::tokio::{sleep, sleep_until, timeout_at};

#[cfg(feature = "blocking")]
compile_error!("the feature `blocking` needs threads that can wait, and a browser has none");

/// A boxed future. It is `Send`, except on WebAssembly, where futures hold values of JavaScript.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed stream, with the same bounds as [`BoxFuture`].
pub(crate) type BoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;

/// Builds an HTTP client. The browser decides how connections are made and whether redirects are followed.
pub(crate) fn client() -> reqwest::Result<Client> {
    Client::builder().build()
}

/// The same, as the browser also decides what is sent to a proxy.
pub(crate) fn direct_client() -> reqwest::Result<Client> {
    client()
}

/// Runs a function: there is only one thread.
#[allow(clippy::unused_async, reason = "native programs wait for another thread")]
pub(crate) async fn apart<T>(run: impl FnOnce() -> T) -> T {
    run()
}

/// Whether the request was certainly not sent, which `fetch` does not report.
pub(crate) fn was_not_sent(_: &reqwest::Error) -> bool {
    false
}

/// A response body, which arrives as a whole.
pub(crate) struct HttpBody(Option<Response>);

impl HttpBody {
    pub(crate) fn new(response: Response) -> Self {
        Self(Some(response))
    }

    /// Returns the body, and `None` after that.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        match self.0.take() {
            Some(response) => response.bytes().await.map(Some),
            None => Ok(None),
        }
    }
}
