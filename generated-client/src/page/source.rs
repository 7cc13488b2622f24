//! Where pages come from.

use std::fmt::Debug;

use super::pagination::PaginatedRequest;
use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::Json;
use crate::response::{Response, ResponseFuture};

/// Requests pages, one after another, and reads them.
pub(crate) trait PageSource<T>: Send + Sync {
    /// Requests the page of the present cursor.
    fn send(&self) -> ResponseFuture<RawResponse>;

    /// Returns the cursor of the page, or `None` for the first page.
    fn cursor(&self) -> Option<&str>;

    fn set_cursor(&mut self, cursor: String);

    /// Returns the cursor of the next page, or `None` on the last page.
    fn next_cursor(&self, response: &RawResponse) -> Result<Option<String>, Error>;

    /// Makes an error of a response whose cursor cannot be used.
    fn error(&self, response: &RawResponse, message: &str) -> Error;

    /// Decodes the items of a page.
    fn read(&self, response: RawResponse) -> Result<Response<Vec<T>>, Error>;

    /// The request, for `Debug`.
    fn request(&self) -> &dyn Debug;
}

/// The pages of an operation that the document describes.
pub(super) struct DescribedPages(pub(super) Box<dyn PaginatedRequest>);

impl<T: Json> PageSource<T> for DescribedPages {
    fn send(&self) -> ResponseFuture<RawResponse> {
        self.0.call().raw_response(&*self.0)
    }

    fn cursor(&self) -> Option<&str> {
        self.0.cursor()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.0.set_cursor(cursor);
    }

    fn next_cursor(&self, response: &RawResponse) -> Result<Option<String>, Error> {
        Ok(self.0.pagination().next_cursor(response))
    }

    fn error(&self, response: &RawResponse, message: &str) -> Error {
        self.0.pagination().error(response, message)
    }

    fn read(&self, response: RawResponse) -> Result<Response<Vec<T>>, Error> {
        let (items, repairs) = response.read_at(&self.0.pagination().results())?;
        Ok(Response::new(items, response, repairs))
    }

    fn request(&self) -> &dyn Debug {
        self.0.call()
    }
}
