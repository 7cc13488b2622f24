//! Streams of pages.

use std::collections::BTreeSet;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pagination::PaginatedRequest;
use super::single::Page;
use super::source::{DecodedPage, DescribedPages, PageSource};
use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::Json;
use crate::platform::BoxFuture;
use crate::response::{Decoding, Response, ResponseFuture};

/// The pages of a list, one after another, as a [`Stream`].
///
/// A page is requested when it is awaited. The stream ends after the last page or the first error. A repeated cursor, with
/// which the pages would never end, is an [`Error::Decode`].
#[must_use = "nothing is sent before a page is awaited"]
pub struct Pages<T> {
    source: Box<dyn PageSource<T>>,
    state: State<T>,
    /// The cursors of all pages so far.
    seen: BTreeSet<String>,
    /// How many more pages may be returned.
    left: usize,
}

/// What is wrong with a cursor that came before.
const REPEATED: &str =
    "this cursor came before, so that the same pages would come again without end";

/// What comes next.
enum State<T> {
    /// The next page can be requested.
    Ready,
    /// The next page has been requested.
    Asked(ResponseFuture<RawResponse>),
    /// The response with the next page is being decoded.
    Decoding(BoxFuture<'static, Result<DecodedPage<T>, Error>>),
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
        T: Json + Send + 'static,
    {
        Self::of(DescribedPages(Box::new(request)))
    }

    pub(crate) fn of(source: impl PageSource<T> + 'static) -> Self {
        Self {
            seen: source.cursor().map(str::to_owned).into_iter().collect(),
            source: Box::new(source),
            state: State::Ready,
            left: usize::MAX,
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
            _ => self.source.cursor(),
        }
    }

    /// Counts a page, and determines what comes next.
    fn finish(&mut self, page: Result<DecodedPage<T>, Error>) -> Result<Page<T>, Error> {
        self.left -= 1;
        page.map(|page| self.advance(page))
    }

    fn advance(&mut self, page: DecodedPage<T>) -> Page<T> {
        let DecodedPage { items, repairs, next_cursor, response } = page;
        let next = match &next_cursor {
            None => State::Over,
            Some(cursor) if self.seen.insert(cursor.clone()) => State::Ready,
            Some(_) => State::Broken(self.source.error(&response, REPEATED)),
        };
        if let Some(cursor) = &next_cursor {
            self.source.set_cursor(cursor.clone());
        }
        self.state = next;
        Page { response: Response::new(items, response, repairs), next_cursor }
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if matches!(self.state, State::Ready) {
            self.state = State::Asked(self.source.send());
        }
        if let State::Asked(request) = &mut self.state {
            let response = ready!(Pin::new(request).poll(context));
            self.state = State::Failed;
            match response.map(|response| self.source.read(response)) {
                Ok(Decoding::Running(running)) => self.state = State::Decoding(running),
                Ok(Decoding::Done(page)) => return Poll::Ready(Some(self.finish(page))),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        if let State::Decoding(decoding) = &mut self.state {
            let page = ready!(decoding.as_mut().poll(context));
            self.state = State::Failed;
            return Poll::Ready(Some(self.finish(page)));
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
        f.debug_struct("Pages").field("call", self.source.request()).finish_non_exhaustive()
    }
}
