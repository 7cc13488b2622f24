//! The syntax tree of a path.

use regex_lite::Regex;
use serde_json::Value;

/// A segment: selects children or descendants.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) reach: Reach,
    /// The matches of all selectors are combined.
    pub(super) selectors: Vec<Selector>,
}

/// Which values the selectors are applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// `.a`, `['a']`: only to the value itself.
    Children,
    /// `..a`: to the value and all its descendants.
    Descendants,
}

/// Selects children of a value.
#[derive(Debug)]
pub(super) enum Selector {
    Name(String),
    Wildcard,
    /// An index; counts from the end if negative.
    Index(i64),
    Slice(Slice),
    Filter(Condition),
}

/// The elements from `start` up to, but not including, `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    pub(super) start: Option<i64>,
    pub(super) end: Option<i64>,
    pub(super) step: i64,
}

/// A condition on a child.
#[derive(Debug)]
pub(super) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// The query has at least one match.
    Exists(Query),
    Compare(Operand, Comparison, Operand),
    Match(Box<Match>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// `match(text, pattern)` and `search(text, pattern)`.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) text: Operand,
    pub(super) pattern: Pattern,
    pub(super) extent: Extent,
}

#[derive(Debug)]
pub(super) enum Pattern {
    /// A pattern that is a literal in the path.
    Known(Regex),
    /// A pattern that is a value in the document.
    Found(Operand),
}

/// Whether the pattern has to match the whole text or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Part,
}

/// An operand of a comparison. Its value may be missing.
#[derive(Debug)]
pub(super) enum Operand {
    Literal(Value),
    /// A query with at most one match.
    Query(Query),
    /// `length(…)`: the length of a string, an array, or an object.
    Length(Box<Operand>),
    /// `count(…)`: the number of matches of the query.
    Count(Query),
    /// `value(…)`: the match of the query, if there is exactly one.
    Value(Query),
}

/// A path inside a condition.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) start: Start,
    pub(super) segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// `$`
    Root,
    /// `@`
    Current,
}

impl Query {
    /// Whether the query can have at most one match.
    pub(super) fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            let is_one = matches!(segment.selectors[..], [Selector::Name(_) | Selector::Index(_)]);
            segment.reach == Reach::Children && is_one
        })
    }
}

impl Extent {
    /// Compiles a pattern. Returns `None` if it is invalid.
    pub(super) fn compile(self, pattern: &str) -> Option<Regex> {
        match self {
            // The group limits the scope of alternatives.
            Self::Whole => Regex::new(&format!("^(?:{})$", without_line_ends(pattern))).ok(),
            Self::Part => Regex::new(&without_line_ends(pattern)).ok(),
        }
    }
}

/// Replaces each dot so that it matches neither `\n` nor `\r`, as in an I-Regexp (RFC 9485).
fn without_line_ends(pattern: &str) -> String {
    let mut written = String::new();
    let (mut is_escaped, mut is_in_class) = (false, false);
    for c in pattern.chars() {
        match c {
            '.' if !is_escaped && !is_in_class => written.push_str(r"[^\n\r]"),
            _ => written.push(c),
        }
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            _ => {}
        }
    }
    written
}
