//! Calls with values: what an example or a test passes for the parameters of an operation.

use std::collections::BTreeMap;

use serde_json::Value;

/// A value as code writes it down; its type says how.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExampleValue {
    Null,
    Boolean(bool),
    Integer(i128),
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
pub(crate) struct ExampleCall {
    /// Beside each parameter what is passed for it, if anything is.
    pub(crate) parameters: Vec<Option<ExampleValue>>,
    /// Likewise for the choices.
    pub(crate) choices: Vec<Option<ChosenArm>>,
}

/// The chosen arm of a choice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChosenArm {
    /// Which of the arms it is.
    pub(crate) arm: usize,
    /// What it carries; null for an arm that carries nothing.
    pub(crate) payload: ExampleValue,
}
