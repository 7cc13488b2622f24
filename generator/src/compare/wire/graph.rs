//! What was found, and what leads to it: each pair of types is looked at once, whoever uses it.

use std::collections::BTreeSet;
use std::fmt;

use super::{Direction, Frequency, Outcome, WireChangeKind};
use crate::document::Pointer;

/// So many values stand in a sentence.
const SHOWN: usize = 6;

/// A finding, before it is known whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) outcome: Outcome,
    pub(super) frequency: Frequency,
    pub(super) direction: Direction,
    pub(super) kind: WireChangeKind,
    pub(super) item: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
    /// What is different.
    pub(super) what: What,
    /// What comes of it.
    pub(super) then: &'static str,
}

/// What is different, in words that end with some values if there are any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct What {
    pub(super) words: String,
    pub(super) values: BTreeSet<String>,
}

impl What {
    pub(super) fn of_values<'v>(words: String, values: impl IntoIterator<Item = &'v str>) -> Self {
        Self { words, values: values.into_iter().map(str::to_owned).collect() }
    }
}

impl From<String> for What {
    fn from(words: String) -> Self {
        Self { words, values: BTreeSet::new() }
    }
}

impl fmt::Display for What {
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

/// Where something is being looked at.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) node: usize,
    /// The item of the old client.
    pub(super) item: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
    /// Whether the client can do without it.
    pub(super) need: Need,
}

/// Whether what cannot be read is left out rather than failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Needed,
    Expendable,
}

#[derive(Debug, Default)]
struct Node {
    found: BTreeSet<Found>,
    leads_to: BTreeSet<(usize, Need)>,
}

/// Everything that was looked at.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
}

impl Graph {
    /// Adds something to look at.
    pub(super) fn node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    pub(super) fn lead(&mut self, from: &At, to: usize) {
        if let Some(node) = self.nodes.get_mut(from.node) {
            node.leads_to.insert((to, from.need));
        }
    }

    pub(super) fn add(&mut self, at: &At, found: Found) {
        let found = found.for_need(at.need);
        if let Some(node) = self.nodes.get_mut(at.node) {
            node.found.insert(found);
        }
    }

    /// All that was found, whatever leads to it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Found> {
        self.nodes.iter().flat_map(|node| &node.found)
    }

    /// What was found at a node and at all that it leads to.
    pub(super) fn reached(&self, root: usize) -> BTreeSet<Found> {
        let mut reached = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![(root, Need::Needed)];
        while let Some((index, need)) = open.pop() {
            let Some(node) = self.nodes.get(index).filter(|_| seen.insert((index, need))) else {
                continue;
            };
            reached.extend(node.found.iter().map(|found| found.clone().for_need(need)));
            open.extend(node.leads_to.iter().map(|(to, other)| (*to, need.max(*other))));
        }
        reached
    }
}

impl Found {
    /// Where the client can do without it, nothing fails.
    fn for_need(self, need: Need) -> Self {
        match (need, self.outcome) {
            (Need::Expendable, Outcome::Fails) if self.direction == Direction::Answer => Self {
                outcome: Outcome::Repairs,
                then: "the part of the answer that needs it is left out, and a repair says so",
                ..self
            },
            _ => self,
        }
    }
}
