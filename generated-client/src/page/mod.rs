//! Lists that come page by page.

// A document need not have any.
#![allow(dead_code, unused_imports)]

mod items;
mod pagination;

use std::collections::BTreeSet;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

pub use self::items::Items;
pub(crate) use self::pagination::{PaginatedRequest, Pagination};
use crate::error::Error;
use crate::execute::ResponseFuture;
use crate::json::Json;
use crate::response::RawResponse;
use crate::response::Response;

/// A page of a list.
#[derive(Debug)]
pub struct Page<T> {
    response: Response<Vec<T>>,
    next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// What is on it, which may be nothing.
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.response.value()
    }

    /// What is on it, by itself.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.response.into_value()
    }

    /// Where the next page begins; none on the last one. A request that is given this cursor goes on from there, also
    /// in another process.
    #[must_use]
    pub fn next_cursor(&self) -> Option<&str> {
        self.next_cursor.as_deref()
    }

    /// The answer that the page came in.
    #[must_use]
    pub fn response(&self) -> &Response<Vec<T>> {
        &self.response
    }
}

/// The pages of a list, one after another, as a [`Stream`].
///
/// A page is asked for when it is waited for, and not before. The stream ends after the last page or the first error; a
/// server that repeats a cursor, whose pages would come without end, is [`Error::Decode`].
#[must_use = "nothing is sent before a page is waited for"]
pub struct Pages<T> {
    request: Box<dyn PaginatedRequest>,
    state: State,
    /// The cursors that have been used.
    seen: BTreeSet<String>,
    read: Read<T>,
}

/// Takes a page from an answer.
type Read<T> = fn(RawResponse, &Pagination) -> Result<Response<Vec<T>>, Error>;

/// What comes next.
enum State {
    /// A page that is yet to be asked for.
    Ready,
    /// A page that has been asked for.
    Asked(ResponseFuture<RawResponse>),
    /// The error that the last page announced.
    Broken(Error),
    /// Nothing, as there was an error.
    Failed,
    /// Nothing, as that was all.
    Over,
}

impl<T> Pages<T> {
    pub(crate) fn new(request: impl PaginatedRequest + 'static) -> Self
    where
        T: Json,
    {
        Self {
            seen: request.cursor().map(str::to_owned).into_iter().collect(),
            request: Box::new(request),
            state: State::Ready,
            read: |exchange, paging| {
                let (items, repairs) = exchange.read_at(&paging.results())?;
                Ok(Response::new(items, exchange, repairs))
            },
        }
    }

    /// What is on the pages, one by one.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// The next page; none after the last one.
    ///
    /// To drop the future is to lose nothing: the page comes with the next call.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page in the order in which `?` is of use; none after the last one.
    ///
    /// # Errors
    ///
    /// What went wrong with the call, after which there are no more pages.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        self.next().await.transpose()
    }

    /// Where the next page begins, and after an error the page that did not come; none at the very beginning and at the
    /// very end. A request that is given this cursor goes on from there.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        match self.state {
            State::Over => None,
            _ => self.request.cursor(),
        }
    }

    /// Takes a page from an answer, and settles what comes after it.
    fn take(&mut self, exchange: RawResponse) -> Result<Page<T>, Error> {
        let paging = self.request.paging();
        let next_cursor = paging.next_cursor(&exchange);
        let next = match &next_cursor {
            None => State::Over,
            Some(cursor) if self.seen.insert(cursor.clone()) => State::Ready,
            Some(_) => State::Broken(paging.repeated(&exchange)),
        };
        let response = (self.read)(exchange, paging)?;
        if let Some(cursor) = &next_cursor {
            self.request.set_cursor(cursor.clone());
        }
        self.state = next;
        Ok(Page { response, next_cursor })
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if matches!(self.state, State::Ready) {
            self.state = State::Asked(self.request.call().exchange(&*self.request));
        }
        if let State::Asked(sending) = &mut self.state {
            let exchange = ready!(Pin::new(sending).poll(context));
            self.state = State::Failed;
            return Poll::Ready(Some(exchange.and_then(|exchange| self.take(exchange))));
        }
        match mem::replace(&mut self.state, State::Failed) {
            State::Broken(error) => Poll::Ready(Some(Err(error))),
            end => {
                self.state = end;
                Poll::Ready(None)
            }
        }
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("call", self.request.call()).finish_non_exhaustive()
    }
}
