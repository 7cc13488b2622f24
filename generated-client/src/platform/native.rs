//! Programs of an operating system: Tokio's clock, and `reqwest`'s own connections.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
pub(crate) use tokio::time::{Instant, sleep, sleep_until, timeout_at};

/// A connection is made long before this, or not at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A future that is compiled once, whoever waits for it. It can be waited for on any thread.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A client that follows no redirects: they could carry the credentials to another host.
pub(crate) fn client() -> reqwest::Result<Client> {
    Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_TIMEOUT).build()
}

/// Whether nothing of a request that failed can have left this machine.
pub(crate) fn was_not_sent(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// A body that arrives bit by bit.
pub(crate) struct Incoming(Response);

impl Incoming {
    pub(crate) fn new(response: Response) -> Self {
        Self(response)
    }

    /// What arrives next; nothing at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        self.0.chunk().await
    }
}
