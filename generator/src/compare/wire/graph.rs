//! The findings, in a graph of type pairs. Each pair is compared once, whichever operations use it.

use std::collections::BTreeSet;
use std::fmt;

use super::{Direction, Frequency, Outcome, WireChangeKind};
use crate::document::Pointer;

/// The number of values that a sentence names.
const SHOWN: usize = 6;

/// A finding, before it is known which operations it concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    pub(super) outcome: Outcome,
    pub(super) frequency: Frequency,
    pub(super) direction: Direction,
    pub(super) kind: WireChangeKind,
    pub(super) item: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
    /// The difference.
    pub(super) difference: Difference,
    /// Its consequence.
    pub(super) consequence: &'static str,
}

/// A difference in words, followed by the values that it is about, if any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    pub(super) words: String,
    pub(super) values: BTreeSet<String>,
}

impl Difference {
    pub(super) fn of_values<'v>(words: String, values: impl IntoIterator<Item = &'v str>) -> Self {
        Self { words, values: values.into_iter().map(str::to_owned).collect() }
    }
}

impl From<String> for Difference {
    fn from(words: String) -> Self {
        Self { words, values: BTreeSet::new() }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)?;
        for (index, value) in self.values.iter().take(SHOWN).enumerate() {
            write!(f, "{}`{value}`", if index == 0 { " " } else { ", " })?;
        }
        match self.values.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

/// The current position of the comparison.
#[derive(Clone, Debug)]
pub(super) struct Position {
    pub(super) node: usize,
    /// The item of the old client.
    pub(super) item: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
    /// Whether the client can leave out this part of the response.
    pub(super) need: Need,
}

/// Whether a value that cannot be read is left out or makes the whole response fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Needed,
    Droppable,
}

#[derive(Debug, Default)]
struct Node {
    findings: BTreeSet<Finding>,
    leads_to: BTreeSet<(usize, Need)>,
}

/// All compared pairs, with edges from each to the pairs inside it.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
}

impl Graph {
    /// Adds a pair. Returns its index.
    pub(super) fn node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    pub(super) fn lead(&mut self, from: &Position, to: usize) {
        if let Some(node) = self.nodes.get_mut(from.node) {
            node.leads_to.insert((to, from.need));
        }
    }

    pub(super) fn add(&mut self, at: &Position, found: Finding) {
        let found = found.for_need(at.need);
        if let Some(node) = self.nodes.get_mut(at.node) {
            node.findings.insert(found);
        }
    }

    /// The findings of all nodes.
    pub(super) fn all(&self) -> impl Iterator<Item = &Finding> {
        self.nodes.iter().flat_map(|node| &node.findings)
    }

    /// The findings of a node and of all nodes that can be reached from it.
    pub(super) fn reached(&self, root: usize) -> BTreeSet<Finding> {
        let mut reached = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![(root, Need::Needed)];
        while let Some((index, need)) = open.pop() {
            let Some(node) = self.nodes.get(index).filter(|_| seen.insert((index, need))) else {
                continue;
            };
            reached.extend(node.findings.iter().map(|found| found.clone().for_need(need)));
            open.extend(node.leads_to.iter().map(|(to, other)| (*to, need.max(*other))));
        }
        reached
    }
}

impl Finding {
    /// Turns a failure into a repair if the client can leave out the value.
    fn for_need(self, need: Need) -> Self {
        match (need, self.outcome) {
            (Need::Droppable, Outcome::Fails) if self.direction == Direction::Response => Self {
                outcome: Outcome::Repairs,
                consequence: "the part of the response that needs it is left out, and a repair reports it",
                ..self
            },
            _ => self,
        }
    }
}
