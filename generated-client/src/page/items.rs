//! Streams of items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::pages::Pages;
use crate::error::Error;

/// The items of all pages of a list, as a [`Stream`].
///
/// A page is requested when all items before it have been taken. The stream ends after the last page or the first error.
#[must_use = "nothing is sent before an item is awaited"]
pub struct Items<T> {
    pages: Pages<T>,
    /// The remaining items of the current page.
    page: vec::IntoIter<T>,
    /// How many more items may be returned.
    left: usize,
}

impl<T> Pages<T> {
    /// Returns the items of all pages.
    pub fn items(self) -> Items<T> {
        Items { pages: self, page: Vec::new().into_iter(), left: usize::MAX }
    }
}

impl<T> Items<T> {
    /// Returns the next item, or `None` after the last one.
    ///
    /// No item is lost if the future is dropped: the next call returns it.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the next item as a `Result` first, for `?`.
    ///
    /// # Errors
    ///
    /// If the request fails. There are no more items after that.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// Ends the stream after at most `count` items. Pages after that are not requested.
    pub fn take(mut self, count: usize) -> Self {
        self.left = self.left.min(count);
        self
    }

    /// Returns the cursor of the page after the current one; see [`Pages::cursor`]. After an error, all items before that
    /// page have been returned.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.pages.cursor()
    }
}

// Items are only moved, and never pinned.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.left == 0 {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.next() {
                self.left -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
