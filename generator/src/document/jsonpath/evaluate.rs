//! Finds the nodes that a query selects.

use std::rc::Rc;

use serde_json::Value;

use super::super::pointer::Pointer;
use super::functions;
use super::{From, Logical, Operand, Reach, Relative, Segment, Selector};

/// A value in the document, with the way to it.
#[derive(Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    way: Option<Rc<Step>>,
}

struct Step {
    above: Option<Rc<Self>>,
    key: String,
}

impl<'a> Node<'a> {
    fn root(value: &'a Value) -> Self {
        Self { value, way: None }
    }

    fn child(&self, key: String, value: &'a Value) -> Self {
        Self { value, way: Some(Rc::new(Step { above: self.way.clone(), key })) }
    }

    fn children(&self) -> Vec<Self> {
        match self.value {
            Value::Object(entries) => {
                entries.iter().map(|(key, value)| self.child(key.clone(), value)).collect()
            }
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements.map(|(index, value)| self.child(index.to_string(), value)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Where it is.
    pub(super) fn place(&self) -> Pointer {
        let mut keys = Vec::new();
        let mut step = self.way.as_ref();
        while let Some(Step { above, key }) = step.map(Rc::as_ref) {
            keys.push(key);
            step = above.as_ref();
        }
        keys.into_iter().rev().fold(Pointer::root(), |pointer, key| pointer.child(key))
    }
}

/// The nodes that a query selects from `start`.
pub(super) fn query<'a>(segments: &[Segment], start: &'a Value, root: &'a Value) -> Vec<Node<'a>> {
    let mut nodes = vec![Node::root(start)];
    for segment in segments {
        let mut selected = Vec::new();
        for node in &nodes {
            match segment.reach {
                Reach::Node => select(segment, node, root, &mut selected),
                Reach::Descendants => descend(segment, node, root, &mut selected),
            }
        }
        nodes = selected;
    }
    nodes
}

fn descend<'a>(segment: &Segment, node: &Node<'a>, root: &'a Value, found: &mut Vec<Node<'a>>) {
    select(segment, node, root, found);
    for child in node.children() {
        descend(segment, &child, root, found);
    }
}

fn select<'a>(segment: &Segment, node: &Node<'a>, root: &'a Value, found: &mut Vec<Node<'a>>) {
    for selector in &segment.selectors {
        match (selector, node.value) {
            (Selector::Name(name), Value::Object(entries)) => {
                found.extend(entries.get(name).map(|value| node.child(name.clone(), value)));
            }
            (Selector::Wildcard, _) => found.extend(node.children()),
            (Selector::Index(index), Value::Array(elements)) => {
                found.extend(element(node, elements, *index));
            }
            (Selector::Slice { start, end, step }, Value::Array(elements)) => {
                let indices = slice(elements.len(), *start, *end, *step);
                found.extend(indices.filter_map(|index| element(node, elements, index)));
            }
            (Selector::Filter(filter), _) => {
                let children = node.children().into_iter();
                found.extend(children.filter(|child| holds(filter, child.value, root)));
            }
            _ => {}
        }
    }
}

fn element<'a>(node: &Node<'a>, elements: &'a [Value], index: i64) -> Option<Node<'a>> {
    let from_end = i64::try_from(elements.len()).ok()?.checked_add(index)?;
    let index = usize::try_from(if index < 0 { from_end } else { index }).ok()?;
    Some(node.child(index.to_string(), elements.get(index)?))
}

/// The indices of a slice (RFC 9535, 2.3.4.2.2).
fn slice(
    length: usize,
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
) -> impl Iterator<Item = i64> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let from_end = |index: i64| if index < 0 { length + index } else { index };
    let (mut next, last) = if step >= 0 {
        let start = from_end(start.unwrap_or(0)).clamp(0, length);
        (start, from_end(end.unwrap_or(length)).clamp(0, length))
    } else {
        let start = from_end(start.unwrap_or(length - 1)).clamp(-1, length - 1);
        (start, end.map_or(-1, |end| from_end(end).clamp(-1, length - 1)))
    };
    std::iter::from_fn(move || {
        let is_inside = (step > 0 && next < last) || (step < 0 && next > last);
        let index = next;
        next = next.saturating_add(step);
        is_inside.then_some(index)
    })
}

fn holds(filter: &Logical, current: &Value, root: &Value) -> bool {
    match filter {
        Logical::Or(parts) => parts.iter().any(|part| holds(part, current, root)),
        Logical::And(parts) => parts.iter().all(|part| holds(part, current, root)),
        Logical::Not(part) => !holds(part, current, root),
        Logical::Compare { left, comparison, right } => {
            let [left, right] = [left, right].map(|operand| value(operand, current, root));
            functions::compare(left.as_ref(), *comparison, right.as_ref())
        }
        Logical::Exists(query) => !relative(query, current, root).is_empty(),
        Logical::Pattern { part, text, pattern } => {
            match [text, pattern].map(|operand| value(operand, current, root)) {
                [Some(Value::String(text)), Some(Value::String(pattern))] => {
                    functions::fits(&pattern, &text, *part)
                }
                _ => false,
            }
        }
    }
}

fn relative<'a>(query: &Relative, current: &'a Value, root: &'a Value) -> Vec<Node<'a>> {
    let start = match query.from {
        From::Root => root,
        From::Current => current,
    };
    self::query(&query.segments, start, root)
}

fn value(operand: &Operand, current: &Value, root: &Value) -> Option<Value> {
    match operand {
        Operand::Literal(value) => Some(value.clone()),
        Operand::Singular(query) | Operand::Value(query) => {
            match relative(query, current, root).as_slice() {
                [only] => Some(only.value.clone()),
                _ => None,
            }
        }
        Operand::Length(of) => functions::length(&value(of, current, root)?),
        Operand::Count(query) => Some(relative(query, current, root).len().into()),
    }
}
