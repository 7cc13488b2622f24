//! Native programs: Tokio's clock, and `reqwest`'s own connections.

use std::future::pending;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Response};
use tokio::runtime::Handle;
pub(crate) use tokio::time::{Instant, sleep, sleep_until, timeout_at};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A boxed future. It is `Send`, except on WebAssembly, where futures hold values of JavaScript.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed stream, with the same bounds as [`BoxFuture`].
pub(crate) type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// Builds an HTTP client that follows no redirects: they could carry the credentials to another host.
pub(crate) fn client() -> reqwest::Result<Client> {
    builder().build()
}

/// The same for this machine, which is reached without a proxy.
pub(crate) fn direct_client() -> reqwest::Result<Client> {
    builder().no_proxy().build()
}

fn builder() -> ClientBuilder {
    Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_TIMEOUT)
}

/// Runs a function on a thread for such work. Without a runtime, it runs on this thread.
pub(crate) async fn apart<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let Ok(runtime) = Handle::try_current() else { return run() };
    match runtime.spawn_blocking(run).await {
        Ok(value) => value,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime shuts down, so that nothing waits for the value any more.
            Err(_) => pending().await,
        },
    }
}

/// Whether the request was certainly not sent.
pub(crate) fn was_not_sent(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// A response body that arrives in chunks.
pub(crate) struct HttpBody(Response);

impl HttpBody {
    pub(crate) fn new(response: Response) -> Self {
        Self(response)
    }

    /// Returns the next chunk, or `None` at the end.
    pub(crate) async fn chunk(&mut self) -> reqwest::Result<Option<Bytes>> {
        self.0.chunk().await
    }
}
