//! How generated code describes paginated lists.

use serde_json::Value;

use crate::error::Error;
use crate::execute::RawResponse;
use crate::json::{Field, ReadError};
use crate::request::Input;
use crate::response::PendingRequest;

/// The paths in the body of a response at which it has the items and the cursor of the next page.
#[derive(Debug)]
pub(crate) struct Pagination {
    pub(crate) results: &'static [Field],
    /// The cursor of the next page.
    pub(crate) next: &'static [Field],
    /// Whether there is a next page, if the response says so.
    pub(crate) more: Option<&'static [Field]>,
}

/// A request for one page.
pub(crate) trait PaginatedRequest: Input + Send + Sync {
    fn pagination(&self) -> &'static Pagination;

    /// The request without its parameters.
    fn call(&self) -> &PendingRequest;

    /// Returns the cursor of the page, or `None` for the first page.
    fn cursor(&self) -> Option<&str>;

    fn set_cursor(&mut self, cursor: String);
}

impl Pagination {
    pub(super) fn results(&self) -> Vec<&'static Field> {
        self.results.iter().collect()
    }

    /// Returns the cursor of the next page, or `None` on the last page. Some servers send an empty cursor there.
    pub(super) fn next_cursor(&self, response: &RawResponse) -> Option<String> {
        let peek = |path: &'static [Field]| response.peek(&path.iter().collect::<Vec<_>>());
        let cursor = match peek(self.next) {
            Value::String(cursor) if !cursor.is_empty() => cursor,
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let is_last = self.more.is_some_and(|path| peek(path) == Value::Bool(false));
        (!is_last).then_some(cursor)
    }

    /// The error of a cursor that cannot be used.
    pub(super) fn error(&self, response: &RawResponse, message: &str) -> Error {
        let path: Vec<&str> = self.next.iter().map(|field| field.key).collect();
        response.decode_error(&ReadError { path: path.join("."), message: message.to_owned() })
    }
}
