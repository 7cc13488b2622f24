//! Security: the schemes by which calls are authenticated, and which of them an operation takes.

use super::{ConstantName, Docs};

/// A security scheme that an operation takes.
#[derive(Debug)]
pub(crate) struct Scheme {
    pub(crate) constant: ConstantName,
    pub(crate) kind: SchemeKind,
    /// What people call it; the title of its documentation is a whole sentence or more.
    pub(crate) label: String,
    pub(crate) docs: Docs,
}

/// What is sent for a scheme, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// A token, with what the document says about its format.
    Bearer(Option<String>),
    /// A user name and a password.
    Basic,
    /// What HTTP's scheme of this name takes.
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
