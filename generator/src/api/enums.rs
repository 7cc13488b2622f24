//! Enums: sets of strings or numbers to which the API may add.

use super::{VariantName, Width};

/// Strings or numbers with known values. Unknown values are kept.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) of: EnumOf,
    /// In the order of the document.
    pub(crate) values: Vec<Value>,
}

/// What the values of an enum are in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumOf {
    Texts,
    Integers(Width),
    /// `f64`
    Numbers,
}

impl EnumOf {
    /// The name of the Rust type of numbers.
    pub(crate) fn number(self) -> Option<&'static str> {
        match self {
            Self::Texts => None,
            Self::Integers(width) => Some(width.as_str()),
            Self::Numbers => Some("f64"),
        }
    }
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// The string, or the number as JSON.
    pub(crate) text: String,
    /// The words that its name is made from.
    pub(crate) word: String,
    pub(crate) name: VariantName,
    pub(crate) description: Option<String>,
}
