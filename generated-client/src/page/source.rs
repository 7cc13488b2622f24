//! Where pages come from.

use std::fmt::Debug;

use super::pagination::PaginatedRequest;
use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::{Json, Repair};
use crate::response::{Decoding, ResponseFuture};

/// Requests pages, one after another, and reads them.
pub(crate) trait PageSource<T>: Send + Sync {
    /// Requests the page of the present cursor.
    fn send(&self) -> ResponseFuture<RawResponse>;

    /// Returns the cursor of the page, or `None` for the first page.
    fn cursor(&self) -> Option<&str>;

    fn set_cursor(&mut self, cursor: String);

    /// Makes an error of a response whose cursor cannot be used.
    fn error(&self, response: &RawResponse, message: &str) -> Error;

    /// Decodes a page.
    fn read(&self, response: RawResponse) -> Decoding<DecodedPage<T>>;

    /// The request, for `Debug`.
    fn request(&self) -> &dyn Debug;
}

/// A page that is decoded.
pub(crate) struct DecodedPage<T> {
    pub(crate) items: Vec<T>,
    pub(crate) repairs: Vec<Repair>,
    /// The cursor of the next page, or `None` on the last page.
    pub(crate) next_cursor: Option<String>,
    pub(crate) response: RawResponse,
}

/// The pages of an operation that the document describes.
pub(super) struct DescribedPages(pub(super) Box<dyn PaginatedRequest>);

impl<T: Json + Send + 'static> PageSource<T> for DescribedPages {
    fn send(&self) -> ResponseFuture<RawResponse> {
        self.0.call().raw_response(&*self.0)
    }

    fn cursor(&self) -> Option<&str> {
        self.0.cursor()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.0.set_cursor(cursor);
    }

    fn error(&self, response: &RawResponse, message: &str) -> Error {
        self.0.pagination().error(response, message)
    }

    fn read(&self, response: RawResponse) -> Decoding<DecodedPage<T>> {
        let pagination = self.0.pagination();
        Decoding::new(response, move |response| {
            let next_cursor = pagination.next_cursor(&response);
            let (items, repairs) = response.read_at(&pagination.results())?;
            Ok(DecodedPage { items, repairs, next_cursor, response })
        })
    }

    fn request(&self) -> &dyn Debug {
        self.0.call()
    }
}
