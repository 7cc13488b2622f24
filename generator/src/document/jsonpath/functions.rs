//! Comparisons and functions in filters.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde_json::Value;

use super::{Comparison, Part};

/// Compares two values, of which each may be nothing (RFC 9535, 2.3.5.2.2).
pub(super) fn compare(left: Option<&Value>, comparison: Comparison, right: Option<&Value>) -> bool {
    let equal = || match (left, right) {
        (Some(left), Some(right)) => are_equal(left, right),
        (left, right) => left.is_none() && right.is_none(),
    };
    let order = || order(left?, right?);
    match comparison {
        Comparison::Equal => equal(),
        Comparison::NotEqual => !equal(),
        Comparison::Less => order() == Some(Ordering::Less),
        Comparison::Greater => order() == Some(Ordering::Greater),
        Comparison::LessOrEqual => order() == Some(Ordering::Less) || equal(),
        Comparison::GreaterOrEqual => order() == Some(Ordering::Greater) || equal(),
    }
}

fn are_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => order(left, right) == Some(Ordering::Equal),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| are_equal(a, b))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, a)| right.get(key).is_some_and(|b| are_equal(a, b)))
        }
        (left, right) => left == right,
    }
}

/// Only numbers and strings have an order.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
        },
        _ => None,
    }
}

/// How many characters, elements or entries a value has.
pub(super) fn length(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(text.chars().count().into()),
        Value::Array(elements) => Some(elements.len().into()),
        Value::Object(entries) => Some(entries.len().into()),
        _ => None,
    }
}

/// Whether a regular expression fits a text, or a part of it. A broken one fits nothing.
pub(super) fn fits(pattern: &str, text: &str, part: Part) -> bool {
    let Ok(pattern) = regex_syntax::parse(pattern) else { return false };
    let starts = match part {
        Part::Whole => BTreeSet::from([0]),
        Part::Any => text.char_indices().map(|(at, _)| at).chain([text.len()]).collect(),
    };
    let ends = ends(&pattern, text, starts);
    match part {
        Part::Whole => ends.contains(&text.len()),
        Part::Any => !ends.is_empty(),
    }
}

/// Where the pattern can end in the text if it begins at one of the `starts`.
fn ends(pattern: &Hir, text: &str, starts: BTreeSet<usize>) -> BTreeSet<usize> {
    match pattern.kind() {
        HirKind::Empty => starts,
        HirKind::Literal(literal) => {
            let length = literal.0.len();
            let is_there = |at: &usize| text.as_bytes()[*at..].starts_with(&literal.0);
            starts.into_iter().filter(is_there).map(|at| at + length).collect()
        }
        HirKind::Class(class) => {
            let after = |at: usize| {
                let next = text[at..].chars().next().filter(|next| is_in(class, *next))?;
                Some(at + next.len_utf8())
            };
            starts.into_iter().filter_map(after).collect()
        }
        HirKind::Look(Look::Start) => starts.into_iter().filter(|at| *at == 0).collect(),
        HirKind::Look(Look::End) => starts.into_iter().filter(|at| *at == text.len()).collect(),
        // Regular expressions of JSONPath (RFC 9485) have no others.
        HirKind::Look(_) => BTreeSet::new(),
        HirKind::Capture(capture) => ends(&capture.sub, text, starts),
        HirKind::Concat(parts) => {
            parts.iter().fold(starts, |starts, part| ends(part, text, starts))
        }
        HirKind::Alternation(parts) => {
            parts.iter().flat_map(|part| ends(part, text, starts.clone())).collect()
        }
        HirKind::Repetition(repeated) => {
            repetition(&repeated.sub, repeated.min, repeated.max, text, starts)
        }
    }
}

fn repetition(
    pattern: &Hir,
    least: u32,
    most: Option<u32>,
    text: &str,
    mut starts: BTreeSet<usize>,
) -> BTreeSet<usize> {
    for _ in 0..least {
        let after = ends(pattern, text, starts.clone());
        // From here on nothing changes.
        if after == starts {
            break;
        }
        starts = after;
    }
    let mut all = starts.clone();
    for _ in least..most.unwrap_or(u32::MAX) {
        starts = ends(pattern, text, starts).difference(&all).copied().collect();
        if starts.is_empty() {
            break;
        }
        all.extend(&starts);
    }
    all
}

fn is_in(class: &Class, c: char) -> bool {
    match class {
        Class::Unicode(class) => {
            class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c))
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            u8::try_from(c).is_ok_and(|byte| {
                c.is_ascii()
                    && ranges.into_iter().any(|range| (range.start()..=range.end()).contains(&byte))
            })
        }
    }
}
