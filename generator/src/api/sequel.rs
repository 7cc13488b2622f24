//! What may follow an answer: more pages, or the end of what was begun.

use super::{Field, FunctionName, Place, Type};

/// That an operation answers page by page.
#[derive(Debug)]
pub(crate) struct Pagination {
    /// The parameter that says where a page begins, by its word.
    pub(crate) cursor: String,
    /// The properties that lead to what is on the page.
    pub(crate) results: Vec<String>,
    /// Those that lead to where the next page begins.
    pub(crate) next: Vec<String>,
    /// Those that lead to whether there is one.
    pub(crate) more: Option<Vec<String>>,
    /// What a page holds many of.
    pub(crate) item: Type,
}

/// That an operation answers with something that may not be over.
#[derive(Debug)]
pub(crate) struct Wait {
    /// The operation by which to look at it again.
    pub(crate) polling: Place,
    /// The property with its result, if that is what people wait for.
    pub(crate) result: Option<Field>,
}

/// That an operation is the one by which to look at something again.
#[derive(Debug)]
pub(crate) struct Polling {
    /// What it looks at, as the document calls it.
    pub(crate) schema: String,
    /// The parameter that names what to look at, by its word.
    pub(crate) parameter: String,
    /// The property with the same value.
    pub(crate) id: String,
    /// The property that says how far it is.
    pub(crate) status: String,
    pub(crate) success: Vec<String>,
    pub(crate) failure: Vec<String>,
    /// The property that says what went wrong.
    pub(crate) error: Option<String>,
    /// The method that waits for any of them, beside that of the operation.
    pub(crate) function: FunctionName,
}
