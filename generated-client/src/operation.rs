//! What generated code says about an operation: plain descriptions.

pub(crate) use reqwest::Method;

use crate::auth::Scheme;
use crate::json;

/// An operation of the API, as a constant.
#[derive(Debug)]
#[allow(dead_code, reason = "a document may have no operations")]
pub(crate) struct Operation {
    /// Its path, which begins with a slash; parameters stand in it as `{name}`.
    pub(crate) path: &'static str,
    /// The methods that do the same, the most telling one first.
    pub(crate) methods: &'static [Method],
    pub(crate) effect: Effect,
    pub(crate) response: ResponseShape,
    /// The ways to authenticate, each with all schemes that it takes; none if everybody may call.
    pub(crate) security: &'static [&'static [Scheme]],
}

/// What a second call of an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum Effect {
    /// Nothing, as it only reads.
    Read,
    /// Nothing more than the first one.
    Idempotent,
    /// The same once more.
    Write,
}

/// What an operation answers with.
#[derive(Debug)]
#[allow(dead_code, reason = "a document need not have each kind")]
pub(crate) enum ResponseShape {
    /// What was asked for stands under this key. An essential one has to be there, and is what it should be.
    Key(json::Field),
    /// The body itself is what was asked for.
    Body,
    /// The body, and no body is nothing.
    Optional,
    /// The body as a text.
    Text,
    /// The body as it comes.
    Bytes,
    /// An object of which nothing has to be there.
    Envelope,
    /// Nothing that anybody looks at.
    Nothing,
}

#[allow(dead_code, reason = "not every document has pages or something to wait for")]
impl ResponseShape {
    /// The properties of the body behind which is what was asked for.
    pub(crate) fn path(&'static self) -> Vec<&'static json::Field> {
        match self {
            Self::Key(field) => vec![field],
            _ => Vec::new(),
        }
    }
}
