//! Security schemes, and which of them an operation requires.

use super::{ConstantName, Docs};

/// A security scheme that an operation requires.
#[derive(Debug)]
pub(crate) struct Scheme {
    pub(crate) constant: ConstantName,
    pub(crate) kind: SchemeKind,
    /// A short name for people. The title of its documentation is at least a sentence.
    pub(crate) label: String,
    pub(crate) docs: Docs,
}

/// The kind of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// A bearer token, with the format that the document names.
    Bearer(Option<String>),
    /// A user name and a password.
    Basic,
    /// Another HTTP authentication scheme, by its name.
    Http(String),
    /// A key in the header of this name.
    Header(String),
    /// A key in the query parameter of this name.
    Query(String),
    /// A key in the cookie of this name.
    Cookie(String),
}

/// The ways to authenticate, in the order of the document: each the names of all schemes that it takes. One that takes none
/// lets everybody in, and so does that there is no way.
pub(crate) type Security = Vec<Vec<String>>;
