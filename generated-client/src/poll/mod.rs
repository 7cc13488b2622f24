//! Waiting for what a call began: the answer names it, and it is looked at until it is over.

// A document need not have such operations.
#![allow(dead_code, unused_imports)]

mod interval;
mod polled;
mod polling;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

pub(crate) use self::interval::PollInterval;
pub(crate) use self::polling::Polling;
use crate::error::Error;
use crate::execute::ResponseFuture;
use crate::json::{Field, Json};
use crate::platform::BoxFuture;
use crate::request::Input;
use crate::response::PendingRequest;
use crate::response::RawResponse;

/// A call, and the wait for what it begins, as a future of how that ends.
///
/// The call is sent when the future is polled. Its answer is looked at first, so that nothing else is sent where it is
/// over at once. To drop the future is to stop waiting, not to undo.
///
/// # Errors
///
/// Those of the call itself, and once the server has accepted it:
///
/// - [`Error::ActionAttemptFailed`] if what it begins fails;
/// - [`Error::ActionAttemptTimeout`] if that is not over when the time limit has passed;
/// - [`Error::ActionAttemptLost`] if the server would not say how it goes.
///
/// Each of these has what was begun as it was last seen, with the id by which to wait for it once more. A connection
/// that breaks while it is looked at, 429 and 5xx are no reason to give up before the time has passed.
///
/// Before anything is sent: [`Error::InvalidOptions`] if the interval is zero or the time limit not longer.
#[must_use = "a call is sent by `.await`"]
pub struct Poller<T> {
    call: PendingRequest,
    pace: PollInterval,
    polling: &'static Polling,
    /// The property with the result, where that is what is asked for.
    result: Option<&'static Field>,
    state: State,
    read: fn(&RawResponse, &[&'static Field]) -> Result<T, Error>,
}

impl PendingRequest {
    /// Sends the request, and polls the object that the response has until it is at its end.
    pub(crate) fn poll<T: Json>(&self, input: &dyn Input, polling: &'static Polling) -> Poller<T> {
        Poller::new(self, input, polling, None)
    }

    /// The same, for the property of the object that has the result.
    pub(crate) fn poll_for<T: Json>(
        &self,
        input: &dyn Input,
        polling: &'static Polling,
        result: &'static Field,
    ) -> Poller<T> {
        Poller::new(self, input, polling, Some(result))
    }
}

/// How far it is.
enum State {
    Begun(Option<ResponseFuture<RawResponse>>),
    Running(BoxFuture<Result<RawResponse, Error>>),
}

impl<T> Poller<T> {
    /// Waits for the result, where it has a property of its own, and otherwise for the object as it is at the end.
    fn new(
        call: &PendingRequest,
        input: &dyn Input,
        polling: &'static Polling,
        result: Option<&'static Field>,
    ) -> Self
    where
        T: Json,
    {
        Self {
            pace: call.client().inner().pace,
            state: State::Begun(Some(call.exchange(input))),
            call: call.clone(),
            polling,
            result,
            read: |exchange, path| Ok(exchange.read_at(path)?.0),
        }
    }

    /// How long to wait, from the moment when the call is sent; as the client is set up unless said here, and not zero.
    ///
    /// All that is sent counts. The call itself is not cut short by it, but by its own time limit: it would be carried
    /// out all the same.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.pace.timeout = timeout;
        self
    }

    /// How long to pause before looking again; as the client is set up unless said here, not zero, and shorter than the
    /// time limit. A server that asks for more with `retry-after` is given it.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.pace.interval = interval;
        self
    }
}

impl<T> Future for Poller<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (pace, polling) = (self.pace, self.polling);
        if let State::Begun(call) = &mut self.state
            && let Some(call) = call.take()
        {
            self.state = State::Running(Box::pin(polled::poll_until_done(call, polling, pace)));
        }
        let State::Running(running) = &mut self.state else { return Poll::Pending };
        running.as_mut().poll(context).map(|exchange| {
            let exchange = exchange?;
            let mut path = exchange.operation.response.path();
            path.extend(self.result);
            (self.read)(&exchange, &path)
        })
    }
}

impl<T> fmt::Debug for Poller<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("call", &self.call)
            .field("timeout", &self.pace.timeout)
            .field("interval", &self.pace.interval)
            .finish_non_exhaustive()
    }
}
