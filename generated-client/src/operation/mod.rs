//! Descriptors of operations. Generated code has a constant for each operation.

mod parameter;
mod scheme;
mod status_body;

pub(crate) use reqwest::Method;

#[allow(unused_imports, reason = "a document need not have each kind")]
pub(crate) use self::parameter::{Parameter, ParameterLocation, Style};
pub(crate) use self::scheme::Form;
pub use self::scheme::Scheme;
pub(crate) use self::status_body::{Content, StatusBody, is_listed};
use crate::json;

/// An operation of the API.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) struct Operation {
    /// The path, which begins with a slash. It holds `{name}` for each path parameter.
    pub(crate) path: &'static str,
    /// The methods that do the same, the preferred one first.
    pub(crate) methods: &'static [Method],
    pub(crate) effect: Effect,
    pub(crate) response: ResponseShape,
    /// The alternatives of authentication, each with all schemes that it needs. Empty if no authentication is needed.
    pub(crate) security: &'static [&'static [Scheme]],
}

/// The effect of sending a request twice, on which its retries depend. See [`RetryPolicy`](crate::retry::RetryPolicy).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// None: the request only reads.
    Read,
    /// The second request changes nothing more.
    Idempotent,
    /// The effect is repeated.
    Write,
}

impl Effect {
    /// What HTTP says of a method.
    pub(crate) fn of(method: &Method) -> Self {
        match *method {
            Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE => Self::Read,
            Method::PUT | Method::DELETE => Self::Idempotent,
            _ => Self::Write,
        }
    }
}

/// What the executor knows of an operation: one that the document describes, or that of a raw request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationInfo {
    pub(crate) path: &'static str,
    pub(crate) effect: Effect,
    pub(crate) response: &'static ResponseShape,
    pub(crate) security: Security,
}

/// Which credentials an operation needs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Security {
    /// Those of the first alternative for which the client has all, or none if there is no alternative.
    Alternatives(&'static [&'static [Scheme]]),
    /// All that the client has, as no document says which ones.
    AsGiven,
}

impl Security {
    /// The alternatives, each with all schemes that it needs.
    pub(crate) fn alternatives(self) -> &'static [&'static [Scheme]] {
        match self {
            Self::Alternatives(alternatives) => alternatives,
            Self::AsGiven => &[],
        }
    }
}

#[allow(dead_code, reason = "a document may have no operations")]
impl Operation {
    pub(crate) fn info(&'static self) -> OperationInfo {
        let security = Security::Alternatives(self.security);
        OperationInfo { path: self.path, effect: self.effect, response: &self.response, security }
    }
}

/// The content of the body of a successful response.
#[derive(Debug)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum ResponseShape {
    /// An object with the result under this key. If the field is essential, a response without it is an error.
    Key(json::Field),
    /// The result itself.
    Body,
    /// The result itself. It is `None` if the body is empty, or if the status is one of these, which have no body.
    Optional(&'static [&'static str]),
    /// The result itself: a union with a variant for each status that has a body. It is an option if one of them has none.
    ByStatus(&'static [StatusBody]),
    /// The result is the body as text.
    Text,
    /// The result is the body as bytes.
    Bytes,
    /// An object of which all properties are optional.
    Envelope,
    /// The body is ignored.
    Nothing,
}

#[allow(dead_code, reason = "not every document has pages or something to wait for")]
impl ResponseShape {
    /// Returns the path of the result in the body.
    pub(crate) fn path(&'static self) -> Vec<&'static json::Field> {
        match self {
            Self::Key(field) => vec![field],
            _ => Vec::new(),
        }
    }
}
