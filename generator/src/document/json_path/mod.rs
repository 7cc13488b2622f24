//! JSONPath (RFC 9535), which overlays use for the targets of actions.
//!
//! This is our own implementation because no library was found that compiles quickly and supports the whole RFC, and the
//! first command that a user runs already applies an overlay. `grammar` has the syntax tree, `parse` builds it from a text,
//! and `evaluate` finds the matches in a document.

mod compare;
mod evaluate;
mod grammar;
mod literal;
mod parse;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::grammar::Segment;
use super::pointer::Pointer;

/// A parsed path.
#[derive(Debug)]
pub(super) struct JsonPath {
    segments: Vec<Segment>,
}

/// An error in the syntax of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// The number of valid characters before the error.
    pub(super) after: usize,
    pub(super) message: String,
}

impl JsonPath {
    /// Parses a path. It may be surrounded by white space, as in a YAML block.
    pub(super) fn parse(text: &str) -> Result<Self, SyntaxError> {
        Ok(Self { segments: parse::path(text)? })
    }

    /// Returns the pointers to all matches in `root`, in the order of the document. A value that matches twice is listed
    /// twice.
    pub(super) fn find(&self, root: &Value) -> Vec<Pointer> {
        evaluate::locations(root, &self.segments)
    }
}
