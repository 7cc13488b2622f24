//! Finds the matches of a path.

use std::borrow::Cow;
use std::ops::ControlFlow;

use serde_json::Value;

use super::super::pointer::{Pointer, Step};
use super::compare;
use super::grammar::{
    Condition, Match, Operand, Pattern, Query, Reach, Segment, Selector, Slice, Start,
};

/// The pointers to the values that match these segments from the root.
pub(super) fn locations(root: &Value, segments: &[Segment]) -> Vec<Pointer> {
    let mut pointers = Vec::new();
    let mut steps = Vec::new();
    let _: ControlFlow<()> = Walk { root }.follow(root, segments, &mut steps, &mut |_, steps| {
        pointers.push(Pointer::of_steps(steps));
        ControlFlow::Continue(())
    });
    pointers
}

/// A callback for each match, with the steps that lead to it.
type Found<'f, 'a> = dyn FnMut(&'a Value, &mut Vec<Step<'a>>) -> ControlFlow<()> + 'f;

#[derive(Clone, Copy)]
struct Walk<'a> {
    root: &'a Value,
}

impl<'a> Walk<'a> {
    fn follow(
        self,
        value: &'a Value,
        segments: &[Segment],
        steps: &mut Vec<Step<'a>>,
        found: &mut Found<'_, 'a>,
    ) -> ControlFlow<()> {
        let Some((segment, rest)) = segments.split_first() else { return found(value, steps) };
        for selector in &segment.selectors {
            self.select(value, selector, steps, &mut |child, steps| {
                self.follow(child, rest, steps, found)
            })?;
        }
        if segment.reach == Reach::Descendants {
            for (step, child) in children(value) {
                steps.push(step);
                self.follow(child, segments, steps, found)?;
                steps.pop();
            }
        }
        ControlFlow::Continue(())
    }

    /// Visits the children of a value that a selector matches.
    fn select(
        self,
        value: &'a Value,
        selector: &Selector,
        steps: &mut Vec<Step<'a>>,
        found: &mut Found<'_, 'a>,
    ) -> ControlFlow<()> {
        let mut give = |(step, child): (Step<'a>, &'a Value)| {
            steps.push(step);
            let flow = found(child, steps);
            steps.pop();
            flow
        };
        match (selector, value) {
            (Selector::Name(name), Value::Object(entries)) => match entries.get_key_value(name) {
                Some((key, child)) => give((Step::Key(key), child)),
                None => ControlFlow::Continue(()),
            },
            (Selector::Index(index), Value::Array(elements)) => {
                let index = from_start(*index, elements.len());
                match usize::try_from(index).ok().and_then(|at| Some((at, elements.get(at)?))) {
                    Some((at, child)) => give((Step::Index(at), child)),
                    None => ControlFlow::Continue(()),
                }
            }
            (Selector::Slice(slice), Value::Array(elements)) => indices(*slice, elements.len())
                .into_iter()
                .try_for_each(|at| give((Step::Index(at), &elements[at]))),
            (Selector::Wildcard, _) => children(value).try_for_each(give),
            (Selector::Filter(condition), _) => children(value)
                .filter(|(_, child)| self.is_true(condition, child))
                .try_for_each(give),
            _ => ControlFlow::Continue(()),
        }
    }

    fn is_true(self, condition: &Condition, current: &'a Value) -> bool {
        match condition {
            Condition::Any(conditions) => conditions.iter().any(|one| self.is_true(one, current)),
            Condition::All(conditions) => conditions.iter().all(|one| self.is_true(one, current)),
            Condition::Not(condition) => !self.is_true(condition, current),
            Condition::Exists(query) => !self.named(query, current, 1).is_empty(),
            Condition::Compare(left, comparison, right) => {
                let [left, right] = [left, right].map(|operand| self.value(operand, current));
                compare::holds(left.as_deref(), *comparison, right.as_deref())
            }
            Condition::Match(matching) => self.matches(matching, current).unwrap_or(false),
        }
    }

    /// The matches of a query, at most `most` of them.
    fn named(self, query: &Query, current: &'a Value, most: usize) -> Vec<&'a Value> {
        let start = match query.start {
            Start::Root => self.root,
            Start::Current => current,
        };
        let mut values = Vec::new();
        let _: ControlFlow<()> =
            self.follow(start, &query.segments, &mut Vec::new(), &mut |value, _| {
                values.push(value);
                if values.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        values
    }

    fn value<'v>(self, operand: &'v Operand, current: &'a Value) -> Option<Cow<'v, Value>>
    where
        'a: 'v,
    {
        match operand {
            Operand::Literal(value) => Some(Cow::Borrowed(value)),
            Operand::Query(query) | Operand::Value(query) => {
                match self.named(query, current, 2)[..] {
                    [value] => Some(Cow::Borrowed(value)),
                    _ => None,
                }
            }
            Operand::Count(query) => {
                Some(Cow::Owned(self.named(query, current, usize::MAX).len().into()))
            }
            Operand::Length(operand) => {
                let length = match self.value(operand, current)?.as_ref() {
                    Value::String(text) => text.chars().count(),
                    Value::Array(elements) => elements.len(),
                    Value::Object(entries) => entries.len(),
                    _ => return None,
                };
                Some(Cow::Owned(length.into()))
            }
        }
    }

    /// Whether the text matches the pattern. Returns `None` if the text is not a string or the pattern is invalid.
    fn matches(self, matching: &Match, current: &'a Value) -> Option<bool> {
        let Match { text, pattern, extent } = matching;
        let text = self.value(text, current)?;
        let text = text.as_str()?;
        match pattern {
            Pattern::Known(regex) => Some(regex.is_match(text)),
            Pattern::Found(pattern) => {
                let pattern = self.value(pattern, current)?;
                Some(extent.compile(pattern.as_str()?)?.is_match(text))
            }
        }
    }
}

fn children(value: &Value) -> Box<dyn Iterator<Item = (Step<'_>, &Value)> + '_> {
    match value {
        Value::Object(entries) => {
            Box::new(entries.iter().map(|(key, child)| (Step::Key(key), child)))
        }
        Value::Array(elements) => {
            Box::new(elements.iter().enumerate().map(|(at, child)| (Step::Index(at), child)))
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// Converts an index from the end (negative) to one from the start.
fn from_start(index: i64, length: usize) -> i64 {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    if index < 0 { length.saturating_add(index) } else { index }
}

/// The indices of a slice (RFC 9535, 2.3.4.2.2), in its order.
fn indices(slice: Slice, length: usize) -> Vec<usize> {
    let Slice { start, end, step } = slice;
    let last = i64::try_from(length).unwrap_or(i64::MAX);
    let bound = |given: Option<i64>, least, most, otherwise| {
        given.map_or(otherwise, |index| from_start(index, length).clamp(least, most))
    };
    let mut found = Vec::new();
    if step > 0 {
        let (mut at, end) = (bound(start, 0, last, 0), bound(end, 0, last, last));
        while at < end {
            found.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let (mut at, end) = (bound(start, -1, last - 1, last - 1), bound(end, -1, last - 1, -1));
        while at > end {
            found.extend(usize::try_from(at));
            at = at.saturating_add(step);
        }
    }
    found
}
