//! Single pages.

use crate::response::Response;

/// A page of a list.
#[derive(Debug)]
pub struct Page<T> {
    pub(super) response: Response<Vec<T>>,
    pub(super) next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Returns the items, which may be none.
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.response.value()
    }

    /// Consumes the page and returns its items.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.response.into_value()
    }

    /// Returns the cursor of the next page, or `None` on the last page. Save it to resume later, even in another process.
    #[must_use]
    pub fn next_cursor(&self) -> Option<&str> {
        self.next_cursor.as_deref()
    }

    /// Returns the response with the page.
    #[must_use]
    pub fn response(&self) -> &Response<Vec<T>> {
        &self.response
    }
}
