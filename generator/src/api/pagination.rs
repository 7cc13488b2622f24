//! Pagination: reading a list page by page.

use super::Type;

/// How an operation returns a list page by page.
#[derive(Debug)]
pub(crate) struct Pagination {
    /// The word of the parameter that says where a page begins.
    pub(crate) cursor: String,
    /// The path through the response to the items of the page.
    pub(crate) results: Vec<String>,
    /// The path to the cursor of the next page.
    pub(crate) next: Vec<String>,
    /// The path to whether there is a next page.
    pub(crate) more: Option<Vec<String>>,
    /// The type of an item.
    pub(crate) item: Type,
}
