//! What generated code says about an operation that answers page by page.

use serde_json::Value;

use crate::error::Error;
use crate::json::{Field, ReadError};
use crate::request::Input;
use crate::response::PendingRequest;
use crate::response::RawResponse;

/// Where a page is in an answer, and what is said there about the next one. Each is a way through properties.
#[derive(Debug)]
pub(crate) struct Pagination {
    pub(crate) results: &'static [Field],
    /// Where the next page begins.
    pub(crate) next: &'static [Field],
    /// Whether there is one, where that is said too.
    pub(crate) more: Option<&'static [Field]>,
}

/// A request for one of many pages.
pub(crate) trait PaginatedRequest: Input + Send + Sync {
    fn paging(&self) -> &'static Pagination;

    /// What is called for each page.
    fn call(&self) -> &PendingRequest;

    /// Where the page begins; at the beginning if nothing says otherwise.
    fn cursor(&self) -> Option<&str>;

    fn set_cursor(&mut self, cursor: String);
}

impl Pagination {
    pub(super) fn results(&self) -> Vec<&'static Field> {
        self.results.iter().collect()
    }

    /// Where the next page begins; nothing if this is the last one. An empty text is what some servers say for nothing.
    pub(super) fn next_cursor(&self, exchange: &RawResponse) -> Option<String> {
        let peek = |path: &'static [Field]| exchange.peek(&path.iter().collect::<Vec<_>>());
        let cursor = match peek(self.next) {
            Value::String(cursor) if !cursor.is_empty() => cursor,
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let is_last = self.more.is_some_and(|path| peek(path) == Value::Bool(false));
        (!is_last).then_some(cursor)
    }

    /// That a cursor came for the second time.
    pub(super) fn repeated(&self, exchange: &RawResponse) -> Error {
        let path: Vec<&str> = self.next.iter().map(|field| field.key).collect();
        let message =
            "this cursor came before, so that the same pages would come again without end";
        exchange.decode_error(&ReadError { path: path.join("."), message: message.to_owned() })
    }
}
