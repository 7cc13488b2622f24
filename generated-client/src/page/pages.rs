//! Streams of pages.

use std::collections::BTreeSet;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pagination::{PaginatedRequest, Pagination};
use super::single::Page;
use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::Json;
use crate::response::{Response, ResponseFuture};

/// The pages of a list, one after another, as a [`Stream`].
///
/// A page is requested when it is awaited. The stream ends after the last page or the first error. A repeated cursor, with
/// which the pages would never end, is an [`Error::Decode`].
#[must_use = "nothing is sent before a page is awaited"]
pub struct Pages<T> {
    request: Box<dyn PaginatedRequest>,
    state: State,
    /// The cursors of all pages so far.
    seen: BTreeSet<String>,
    /// How many more pages may be returned.
    left: usize,
    read: Read<T>,
}

/// Decodes a page.
type Read<T> = fn(RawResponse, &Pagination) -> Result<Response<Vec<T>>, Error>;

/// What comes next.
enum State {
    /// The next page can be requested.
    Ready,
    /// The next page has been requested.
    Asked(ResponseFuture<RawResponse>),
    /// The last page has a cursor that came before.
    Broken(Error),
    /// There was an error.
    Failed,
    /// There are no more pages.
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
            left: usize::MAX,
            read: |response, pagination| {
                let (items, repairs) = response.read_at(&pagination.results())?;
                Ok(Response::new(items, response, repairs))
            },
        }
    }

    /// Returns the next page, or `None` after the last one.
    ///
    /// No page is lost if the future is dropped: the next call returns it.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the next page as a `Result` first, for `?`.
    ///
    /// # Errors
    ///
    /// If the request fails. There are no more pages after that.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        self.next().await.transpose()
    }

    /// Ends the stream after at most `count` pages. Those after that are not requested.
    pub fn take(mut self, count: usize) -> Self {
        self.left = self.left.min(count);
        self
    }

    /// Returns the cursor of the next page, or after an error that of the page that failed. Save it to resume later. It is
    /// `None` before the first page and after the last one.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        match self.state {
            State::Over => None,
            _ => self.request.cursor(),
        }
    }

    /// Decodes a page, and determines what comes next.
    fn advance(&mut self, response: RawResponse) -> Result<Page<T>, Error> {
        let pagination = self.request.pagination();
        let next_cursor = pagination.next_cursor(&response);
        let next = match &next_cursor {
            None => State::Over,
            Some(cursor) if self.seen.insert(cursor.clone()) => State::Ready,
            Some(_) => State::Broken(pagination.repeated(&response)),
        };
        let response = (self.read)(response, pagination)?;
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
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if matches!(self.state, State::Ready) {
            self.state = State::Asked(self.request.call().raw_response(&*self.request));
        }
        if let State::Asked(request) = &mut self.state {
            let response = ready!(Pin::new(request).poll(context));
            self.state = State::Failed;
            self.left -= 1;
            return Poll::Ready(Some(response.and_then(|response| self.advance(response))));
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
