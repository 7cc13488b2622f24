//! Requests that are being sent.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::apart::Decoding;
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
    state: State<T>,
    finish: Finish<T>,
}

enum State<T> {
    Receiving(BoxFuture<'static, Result<RawResponse, Error>>),
    Decoding(BoxFuture<'static, Result<T, Error>>),
}

/// Makes the result of a response.
enum Finish<T> {
    /// Without decoding it.
    AtOnce(fn(RawResponse) -> Result<T, Error>),
    /// By decoding it, for which a type is needed that other threads can make.
    Decode(Decode<T>, fn(RawResponse) -> Result<T, Error>),
    /// The same, with the property that has the result.
    Keyed(DecodeKeyed<T>, Option<String>, ReadKeyed<T>),
}

type Decode<T> = fn(RawResponse, fn(RawResponse) -> Result<T, Error>) -> Decoding<T>;

type DecodeKeyed<T> = fn(RawResponse, Option<String>, ReadKeyed<T>) -> Decoding<T>;

type ReadKeyed<T> = fn(RawResponse, Option<&str>) -> Result<T, Error>;

impl<T> ResponseFuture<T> {
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn new(
        request: PreparedRequest,
        finish: fn(RawResponse) -> Result<T, Error>,
    ) -> Self {
        Self::finished(request, Finish::AtOnce(finish))
    }

    /// Creates a future that decodes the body, on another thread if the body is large.
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn decoded(
        request: PreparedRequest,
        read: fn(RawResponse) -> Result<T, Error>,
    ) -> Self
    where
        T: Send + 'static,
    {
        Self::finished(
            request,
            Finish::Decode(|response, read| Decoding::new(response, read), read),
        )
    }

    /// Creates a future that decodes the property `key` of the body, or the whole body, in the same way.
    pub(crate) fn keyed(request: PreparedRequest, key: Option<String>, read: ReadKeyed<T>) -> Self
    where
        T: Send + 'static,
    {
        let decode: DecodeKeyed<T> = |response, key, read| {
            Decoding::new(response, move |response| read(response, key.as_deref()))
        };
        Self::finished(request, Finish::Keyed(decode, key, read))
    }

    fn finished(request: PreparedRequest, finish: Finish<T>) -> Self {
        let path = request.operation.path;
        Self { path, state: State::Receiving(execute(request)), finish }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if let State::Receiving(receiving) = &mut this.state {
            let response = ready!(receiving.as_mut().poll(context))?;
            let decoding = match &mut this.finish {
                Finish::AtOnce(finish) => return Poll::Ready(finish(response)),
                Finish::Decode(decode, read) => decode(response, *read),
                Finish::Keyed(decode, key, read) => decode(response, key.take(), *read),
            };
            match decoding {
                Decoding::Done(outcome) => return Poll::Ready(outcome),
                Decoding::Running(running) => this.state = State::Decoding(running),
            }
        }
        match &mut this.state {
            State::Decoding(decoding) => decoding.as_mut().poll(context),
            State::Receiving(_) => Poll::Pending,
        }
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").field("path", &self.path).finish_non_exhaustive()
    }
}
