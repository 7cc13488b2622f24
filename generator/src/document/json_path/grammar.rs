//! What a path consists of.

use regex_lite::Regex;
use serde_json::Value;

/// A step down.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) reach: Reach,
    /// What any of these selects is selected.
    pub(super) selectors: Vec<Selector>,
}

/// From where a step leads down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// `.a`, `['a']`: from the value itself.
    Children,
    /// `..a`: from the value and from all that is in it.
    Descendants,
}

/// Which children of a value are meant.
#[derive(Debug)]
pub(super) enum Selector {
    Name(String),
    Wildcard,
    /// From the end if negative.
    Index(i64),
    Slice(Slice),
    Filter(Condition),
}

/// Elements from `start` to before `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    pub(super) start: Option<i64>,
    pub(super) end: Option<i64>,
    pub(super) step: i64,
}

/// What is true of a child or not.
#[derive(Debug)]
pub(super) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// There is something that the query names.
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
    /// One that is written in the path.
    Known(Regex),
    /// One that is found in the document.
    Found(Operand),
}

/// How much of a text has to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Part,
}

/// What is compared: a value or nothing.
#[derive(Debug)]
pub(super) enum Operand {
    Literal(Value),
    /// A query that names at most one value.
    Query(Query),
    /// `length(…)`: of a text, an array, an object.
    Length(Box<Operand>),
    /// `count(…)`: how many values the query names.
    Count(Query),
    /// `value(…)`: the value that the query names if it is the only one.
    Value(Query),
}

/// A path in a condition.
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
    /// Whether it names at most one value.
    pub(super) fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            let is_one = matches!(segment.selectors[..], [Selector::Name(_) | Selector::Index(_)]);
            segment.reach == Reach::Children && is_one
        })
    }
}

impl Extent {
    /// The pattern as an expression; nothing if it is none.
    pub(super) fn compile(self, pattern: &str) -> Option<Regex> {
        match self {
            // The groups keep an alternative inside.
            Self::Whole => Regex::new(&format!("^(?:{})$", without_line_ends(pattern))).ok(),
            Self::Part => Regex::new(&without_line_ends(pattern)).ok(),
        }
    }
}

/// The pattern with dots that match what they do in an I-Regexp (RFC 9485): neither end of a line.
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
