//! Long-running operations: the response names an object, which is polled until it ends.

// A document need not have such operations.
#![allow(dead_code, unused_imports)]

mod polled;
mod polling;
#[cfg(test)]
mod tests;
mod watch;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use self::polled::poll_until_done;
pub(crate) use self::polling::Polling;
use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::{Field, Json};
use crate::options::PollInterval;
use crate::platform::BoxFuture;
use crate::request::Input;
use crate::response::{Decoding, PendingRequest, ResponseFuture};

/// A future that sends a request and polls the object in its response until that has ended.
///
/// The request is sent when the future is first polled. If the object in its response has ended already, nothing else is
/// sent. Dropping the future stops the polling, but does not undo the request.
///
/// # Errors
///
/// Those of the request, and after the server has accepted it:
///
/// - [`Error::PollFailed`] if the object ends with a failure;
/// - [`Error::PollTimeout`] if the object has not ended when the time limit passes;
/// - [`Error::PollLost`] if the object cannot be fetched any more.
///
/// Each of these holds the last known state, with the ID by which to poll it again. Broken connections, 429 and 5xx do
/// not end the polling before the time limit.
///
/// Before anything is sent: [`Error::InvalidOptions`] if the interval is zero, or the time limit is not longer than the
/// interval.
#[must_use = "nothing is sent before `.await`"]
pub struct Poller<T> {
    call: PendingRequest,
    interval: PollInterval,
    polling: &'static Polling,
    /// The property with the result, if the result is not the object itself.
    result: Option<&'static Field>,
    state: State<T>,
    read: fn(RawResponse, Vec<&'static Field>) -> Decoding<T>,
}

impl PendingRequest {
    /// Sends the request, and polls the object in its response until that ends.
    pub(crate) fn poll<T: Json + Send + 'static>(
        &self,
        input: &dyn Input,
        polling: &'static Polling,
    ) -> Poller<T> {
        Poller::new(self, input, polling, None)
    }

    /// Sends the request, and polls the object in its response for its result.
    pub(crate) fn poll_for<T: Json + Send + 'static>(
        &self,
        input: &dyn Input,
        polling: &'static Polling,
        result: &'static Field,
    ) -> Poller<T> {
        Poller::new(self, input, polling, Some(result))
    }
}

/// The progress of the future.
enum State<T> {
    Begun(Option<ResponseFuture<RawResponse>>),
    Running(BoxFuture<'static, Result<RawResponse, Error>>),
    /// The last response is being decoded.
    Decoding(BoxFuture<'static, Result<T, Error>>),
}

impl<T> Poller<T> {
    /// Polls for the property `result` of the object, or for the object itself.
    fn new(
        call: &PendingRequest,
        input: &dyn Input,
        polling: &'static Polling,
        result: Option<&'static Field>,
    ) -> Self
    where
        T: Json + Send + 'static,
    {
        Self {
            interval: call.context().poll_interval,
            state: State::Begun(Some(call.raw_response(input))),
            call: call.clone(),
            polling,
            result,
            read: |response, path| {
                Decoding::new(response, move |response| Ok(response.read_at(&path)?.0))
            },
        }
    }

    /// Limits the whole time, counted from when the request is sent. The client has the default.
    ///
    /// It does not cut the first request short, which has a time limit of its own: the server would carry it out anyway.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.interval.timeout = timeout;
        self
    }

    /// Sets the pause before each poll; not zero, and shorter than the time limit. The client has the default. A longer
    /// `retry-after` of the server wins.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval.interval = interval;
        self
    }
}

impl<T> Future for Poller<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if let State::Begun(request) = &mut this.state
            && let Some(request) = request.take()
        {
            let polled = poll_until_done(request, this.polling, this.interval);
            this.state = State::Running(Box::pin(polled));
        }
        if let State::Running(running) = &mut this.state {
            let response = ready!(running.as_mut().poll(context))?;
            let mut path = response.operation.response.path();
            path.extend(this.result);
            match (this.read)(response, path) {
                Decoding::Done(outcome) => return Poll::Ready(outcome),
                Decoding::Running(running) => this.state = State::Decoding(running),
            }
        }
        match &mut this.state {
            State::Decoding(decoding) => decoding.as_mut().poll(context),
            State::Begun(_) | State::Running(_) => Poll::Pending,
        }
    }
}

impl<T> fmt::Debug for Poller<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("call", &self.call)
            .field("timeout", &self.interval.timeout)
            .field("interval", &self.interval.interval)
            .finish_non_exhaustive()
    }
}
