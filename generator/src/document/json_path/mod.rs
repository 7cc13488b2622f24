//! JSONPath (RFC 9535): how an overlay names parts of a document.
//!
//! Of our own because an overlay is applied by the first command that a user runs: a library that compiles quickly and knows
//! the whole of the RFC was not to be found. `grammar` has what a path consists of, `parse` reads one, `evaluate` finds
//! what it names.

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

/// A path that has been read.
#[derive(Debug)]
pub(super) struct JsonPath {
    segments: Vec<Segment>,
}

/// Why a text is no path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// After how many characters it stops being one.
    pub(super) after: usize,
    pub(super) message: String,
}

impl JsonPath {
    /// Reads a path. It may have white space around it, as a block of YAML has.
    pub(super) fn parse(text: &str) -> Result<Self, SyntaxError> {
        Ok(Self { segments: parse::path(text)? })
    }

    /// Where in `root` the values are that it names, in the order of the document; one that it names twice stands there
    /// twice.
    pub(super) fn find(&self, root: &Value) -> Vec<Pointer> {
        evaluate::locations(root, &self.segments)
    }
}
