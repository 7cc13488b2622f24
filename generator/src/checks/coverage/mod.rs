//! What became of everything that the document has: generated, or left out for a reason.
//!
//! It is a check. The census walks over the document as it is written and knows nothing of lowering; what was generated is
//! taken from the API that is printed; what was left out is what lowering said it passed over. A part that is in none of
//! the two, or in both, was lost on the way, and that is an error instead of a gap in the client.

mod census;
mod generated;
mod reconcile;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(crate) use self::reconcile::count;
use crate::api::Reason;

/// A kind of part that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What a verb does on a path.
    Operation,
    /// What an operation takes: an entry of `parameters`, or a property of the object that its body is.
    Parameter,
    /// Any other property of a schema, however deep the schema stands.
    Property,
    /// A component schema.
    Schema,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Operation, Self::Parameter, Self::Property, Self::Schema];
}

/// What became of the parts of one kind. Each one that the document has is generated or left out, and never both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many the document has, with its overlay.
    pub document: usize,
    /// How many of them are in the Rust code.
    pub generated: usize,
    /// How many of them are not, by reason.
    pub left_out: BTreeMap<Reason, usize>,
}

/// What became of everything that the document has.
///
/// Its [`Display`](std::fmt::Display) is a table with a line for each reason, and without a newline at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    tallies: BTreeMap<Part, Tally>,
    paths: usize,
    paths_with_methods: usize,
}

impl Count {
    /// What became of the parts of this kind.
    #[must_use]
    pub fn of(&self, part: Part) -> Tally {
        self.tallies.get(&part).cloned().unwrap_or_default()
    }

    /// How many methods the client has: its operations. Several verbs of a path can be one.
    #[must_use]
    pub fn methods(&self) -> usize {
        self.tallies.get(&Part::Operation).map_or(0, |tally| tally.generated)
    }

    /// How many paths the document has.
    #[must_use]
    pub fn paths(&self) -> usize {
        self.paths
    }

    /// How many paths have a method.
    #[must_use]
    pub fn paths_with_methods(&self) -> usize {
        self.paths_with_methods
    }
}
