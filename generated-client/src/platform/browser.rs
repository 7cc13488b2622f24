//! Programs in a browser, or another place that has `fetch`: it sends what there is to send.

use std::pin::Pin;

use bytes::Bytes;
use reqwest::{Client, Response};
pub(crate) use wasmtimer::std::Instant;
pub(crate) use wasmtimer::tokio::{sleep, sleep_until, timeout_at};

#[cfg(feature = "blocking")]
compile_error!("the feature `blocking` needs threads that can wait, and a browser has none");

/// A future that is compiled once, whoever waits for it. It stays where the values of JavaScript are that it holds.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// A client; how connections are made, and whether redirects are followed, is the browser's business.
pub(crate) fn client() -> reqwest::Result<Client> {
    Client::builder().build()
}

/// Whether nothing of a request that failed can have left this machine. `fetch` does not say so.
pub(crate) fn was_not_sent(_: &reqwest::Error) -> bool {
    false
}

/// A body that arrives as a whole.
pub(crate) struct Incoming(Option<Response>);

impl Incoming {
    pub(crate) fn new(response: Response) -> Self {
        Self(Some(response))
    }

    /// What arrives next; nothing at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        match self.0.take() {
            Some(response) => response.bytes().await.map(Some),
            None => Ok(None),
        }
    }
}
