//! Collecting what a stream returns.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::items::Items;
use super::pages::Pages;
use super::single::Page;
use crate::error::Error;

/// Collects all items or pages, as a future of a [`Vec`].
///
/// # Errors
///
/// The first error. What had been returned before it is lost; [`Items::try_next`] keeps it.
#[must_use = "nothing is sent before `.await`"]
pub struct All<S, T> {
    stream: S,
    values: Vec<T>,
}

impl<T> Items<T> {
    /// Collects the items of all pages: `.items().all().await?` is a [`Vec`]. [`take`](Self::take) limits their number.
    pub fn all(self) -> All<Self, T> {
        All { stream: self, values: Vec::new() }
    }
}

impl<T> Pages<T> {
    /// Collects all pages: `.pages().all().await?` is a [`Vec`]. [`take`](Self::take) limits their number.
    pub fn all(self) -> All<Self, Page<T>> {
        All { stream: self, values: Vec::new() }
    }
}

// Values are only moved, and never pinned.
impl<S: Unpin, T> Unpin for All<S, T> {}

impl<S: Stream<Item = Result<T, Error>> + Unpin, T> Future for All<S, T> {
    type Output = Result<Vec<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match ready!(Pin::new(&mut self.stream).poll_next(context)) {
                Some(Ok(value)) => self.values.push(value),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(mem::take(&mut self.values))),
            }
        }
    }
}

impl<S: fmt::Debug, T> fmt::Debug for All<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("All")
            .field("stream", &self.stream)
            .field("collected", &self.values.len())
            .finish()
    }
}
