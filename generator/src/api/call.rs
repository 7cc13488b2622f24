//! Calls with values: what examples and tests pass for the parameters of an operation.

use std::collections::BTreeMap;

use serde_json::Value;

use super::FunctionName;

/// A value as code writes it down; its type says how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sample {
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    /// A text, an id, a date-time or one of the texts of an enum.
    Text(String),
    /// Some bytes, or a file of them.
    Bytes,
    /// Any JSON.
    Json(Value),
    List(Vec<Self>),
    Map(BTreeMap<String, Self>),
    /// The fields that are set by their positions, and properties that the document does not name.
    Object(BTreeMap<usize, Self>, BTreeMap<String, Self>),
    /// A variant by its position, and what is in it.
    Variant(usize, Box<Self>),
}

/// What a call passes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given {
    /// Beside each parameter what is passed for it, if anything is.
    pub(crate) parameters: Vec<Option<Sample>>,
    /// Likewise for the choices.
    pub(crate) choices: Vec<Option<Chosen>>,
}

/// An alternative of a choice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen {
    /// Which of the arms it is.
    pub(crate) arm: usize,
    /// What it carries; null for an arm that carries nothing.
    pub(crate) payload: Sample,
}

/// A call that a test makes of an operation.
#[derive(Debug)]
pub(crate) struct TestCall {
    /// What tells it from the others: `everything, user_identity`.
    pub(crate) label: String,
    /// The function that makes it. Calls that pass the same share one.
    pub(crate) function: FunctionName,
    pub(crate) given: Given,
}

/// What the document lets be sent in one place.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    /// Everything that there may be first; those that follow show what is not shown yet.
    pub(crate) all: Vec<Value>,
    /// Only what has to be there.
    pub(crate) smallest: Option<Value>,
}
