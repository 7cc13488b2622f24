//! Requests that are being sent.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Error;
use crate::execute::{PreparedRequest, RawResponse, execute};
use crate::platform::BoxFuture;

/// A future that sends a request and returns its result.
///
/// Nothing is sent before the future is polled. Dropping it stops the waiting, but does not undo the request: the server
/// may have carried it out.
#[must_use = "nothing is sent before `.await`"]
pub struct ResponseFuture<T> {
    path: &'static str,
    response: BoxFuture<'static, Result<RawResponse, Error>>,
    finish: Finish<T>,
}

/// Makes the result of a response.
enum Finish<T> {
    Plain(fn(RawResponse) -> Result<T, Error>),
    /// The same, with the property that has the result.
    Keyed(Option<String>, fn(RawResponse, Option<&str>) -> Result<T, Error>),
}

impl<T> ResponseFuture<T> {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn new(
        request: PreparedRequest,
        finish: fn(RawResponse) -> Result<T, Error>,
    ) -> Self {
        Self::finished(request, Finish::Plain(finish))
    }

    /// The same for a response whose result is the property `key`, or the whole body.
    pub(crate) fn keyed(
        request: PreparedRequest,
        key: Option<String>,
        finish: fn(RawResponse, Option<&str>) -> Result<T, Error>,
    ) -> Self {
        Self::finished(request, Finish::Keyed(key, finish))
    }

    fn finished(request: PreparedRequest, finish: Finish<T>) -> Self {
        Self { path: request.operation.path, response: execute(request), finish }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = self.response.as_mut().poll(context);
        response.map(|response| match &self.finish {
            Finish::Plain(finish) => finish(response?),
            Finish::Keyed(key, finish) => finish(response?, key.as_deref()),
        })
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("path", &self.path).finish_non_exhaustive()
    }
}
