//! JSONPath (RFC 9535), by which the actions of an overlay name their targets.
//!
//! The established crate takes a sixth of the time that all of this repository's first command is compiled in; a test
//! compares the results with those of that crate.

mod evaluate;
mod functions;
mod parse;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::pointer::Pointer;

/// A query such as `$.paths['/a/b'].post`.
#[derive(Debug)]
pub(super) struct Query(Vec<Segment>);

impl Query {
    /// Reads a query, or says at which character it is wrong and why.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        parse::query(text)
    }

    /// The places in `root` that the query selects, each once, in the order of the document.
    pub(super) fn locate(&self, root: &Value) -> Vec<Pointer> {
        let mut places: Vec<Pointer> = Vec::new();
        for node in evaluate::query(&self.0, root, root) {
            let place = node.place();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

/// One step of a query.
#[derive(Debug)]
struct Segment {
    reach: Reach,
    selectors: Vec<Selector>,
}

/// What the selectors of a segment are applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// The node.
    Node,
    /// The node, and all below it.
    Descendants,
}

#[derive(Debug)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    Filter(Logical),
}

/// An expression that holds or does not.
#[derive(Debug)]
enum Logical {
    Or(Vec<Self>),
    And(Vec<Self>),
    Not(Box<Self>),
    Compare {
        left: Operand,
        comparison: Comparison,
        right: Operand,
    },
    /// Whether a query selects anything.
    Exists(Relative),
    /// `match` has to fit all of the text, `search` a part of it.
    Pattern {
        part: Part,
        text: Operand,
        pattern: Operand,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// An expression for a value, or for nothing.
#[derive(Debug)]
enum Operand {
    Literal(Value),
    /// A query that selects one node at most.
    Singular(Relative),
    Length(Box<Self>),
    Count(Relative),
    /// The value of the only node that a query selects.
    Value(Relative),
}

/// A query in a filter.
#[derive(Debug)]
struct Relative {
    from: From,
    segments: Vec<Segment>,
}

/// Where a query in a filter starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// `$`
    Root,
    /// `@`
    Current,
}

impl Relative {
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            segment.reach == Reach::Node
                && matches!(segment.selectors[..], [Selector::Name(_) | Selector::Index(_)])
        })
    }
}
