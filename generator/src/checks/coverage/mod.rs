//! Coverage: accounts for every part of the document, as generated or as left out for a reason.
//!
//! This checks the generator. The census walks over the document and knows nothing about lowering. What was generated comes
//! from the model that is printed, and what was left out from the records of lowering. A part that is in neither of them, or
//! in both, is an error, and never a silent gap in the client.

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
    /// An operation: a verb of a path.
    Operation,
    /// An entry of `parameters`, or a property of an object that is the request body.
    Parameter,
    /// Any other property of a schema, at any depth.
    Property,
    /// A component schema.
    Schema,
}

impl Part {
    /// All kinds of parts.
    pub const ALL: [Self; 4] = [Self::Operation, Self::Parameter, Self::Property, Self::Schema];
}

/// The counts for one kind of parts. Each part is either generated or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of parts in the document, after the overlay.
    pub document: usize,
    /// The number of parts that are generated.
    pub generated: usize,
    /// The number of parts that are left out, by reason.
    pub left_out: BTreeMap<Reason, usize>,
}

/// How much of a document was generated, and how much was left out for which reason.
///
/// [`Display`](std::fmt::Display) prints a table with a line for each reason, without a newline at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    tallies: BTreeMap<Part, Tally>,
    paths: usize,
    paths_with_methods: usize,
}

impl Count {
    /// Returns the counts for this kind of parts.
    #[must_use]
    pub fn of(&self, part: Part) -> Tally {
        self.tallies.get(&part).cloned().unwrap_or_default()
    }

    /// Returns the number of methods of the client. Several verbs of a path can share a method.
    #[must_use]
    pub fn methods(&self) -> usize {
        self.tallies.get(&Part::Operation).map_or(0, |tally| tally.generated)
    }

    /// Returns the number of paths in the document.
    #[must_use]
    pub fn paths(&self) -> usize {
        self.paths
    }

    /// Returns the number of paths with at least one method.
    #[must_use]
    pub fn paths_with_methods(&self) -> usize {
        self.paths_with_methods
    }
}
