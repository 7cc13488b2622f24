//! Decodes large bodies on another thread, so that time limits count it and other tasks go on meanwhile.

use crate::clock;
use crate::error::{Error, TransportFailure};
use crate::execute::RawResponse;
use crate::platform::{self, BoxFuture};

/// The size from which on a body is decoded on another thread. Decoding so much takes about a millisecond, which is many
/// times what it takes to hand it to another thread.
const LARGE: usize = 256 << 10;

/// The decoding of a response.
pub(crate) enum Decoding<T> {
    /// A small body, decoded at once.
    Done(Result<T, Error>),
    /// A large one.
    Running(BoxFuture<'static, Result<T, Error>>),
}

impl<T> Decoding<T> {
    /// Decodes a response with `read`.
    pub(crate) fn new(
        response: RawResponse,
        read: impl FnOnce(RawResponse) -> Result<T, Error> + Send + 'static,
    ) -> Self
    where
        T: Send + 'static,
    {
        if response.body.len() < LARGE {
            return Self::Done(read(response));
        }
        Self::Running(Box::pin(decode_apart(response, read)))
    }

    /// Waits for the outcome.
    pub(crate) async fn outcome(self) -> Result<T, Error> {
        match self {
            Self::Done(outcome) => outcome,
            Self::Running(running) => running.await,
        }
    }
}

/// Decodes a response on another thread, until the time limit of the request passes.
async fn decode_apart<T: Send + 'static>(
    response: RawResponse,
    read: impl FnOnce(RawResponse) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (path, meta, time) = (response.operation.path, response.meta.clone(), response.time);
    // Events go to the subscriber of this thread, which need not be that of all threads.
    let dispatch = tracing::dispatcher::get_default(Clone::clone);
    let decode = move || tracing::dispatcher::with_default(&dispatch, || read(response));
    match clock::until(time.end, platform::apart(decode)).await {
        Some(outcome) => outcome,
        None => {
            let (attempts, elapsed) = (meta.attempts, time.started.elapsed());
            let late = TransportFailure::late();
            Err(Error::from_failure(path, Some(meta), attempts, elapsed, late))
        }
    }
}
