//! Goes through the objects of a document that OpenAPI defines.

use serde_json::{Map, Value};

use super::grammar::{Kind, Node};
use super::pointer::{Pointer, Step};

pub(super) type Object = Map<String, Value>;

/// An object of the document, and how the walk has come to it.
pub(super) struct Visit<'a, 'w> {
    pub(super) node: Node,
    pub(super) object: &'a Object,
    /// The schema that this one is a part of, of all around it the outermost.
    pub(super) whole: Option<&'a Object>,
    steps: &'w [Step<'a>],
}

impl Visit<'_, '_> {
    /// The pointer to the object. It is built on demand, as most visits do not need it.
    pub(super) fn at(&self) -> Pointer {
        Pointer::of_steps(self.steps)
    }

    /// The name of the component schema that the object is.
    pub(super) fn component(&self) -> Option<&str> {
        match self.steps {
            [Step::Key("components"), Step::Key("schemas"), Step::Key(name)] => Some(name),
            _ => None,
        }
    }
}

/// The keywords of a schema whose schemas are about the same value.
pub(super) const PARTS: [&str; 6] = ["allOf", "anyOf", "oneOf", "if", "then", "else"];

/// Visits each object of the document.
pub(super) fn walk<'a>(root: &'a Value, visit: &mut dyn FnMut(&Visit<'a, '_>)) {
    go(Kind::DOCUMENT, root, None, &mut Vec::new(), visit);
}

fn go<'a>(
    kind: Kind,
    value: &'a Value,
    whole: Option<&'a Object>,
    steps: &mut Vec<Step<'a>>,
    visit: &mut dyn FnMut(&Visit<'a, '_>),
) {
    match value {
        Value::Object(object) => {
            let mut parts_of = None;
            if let Kind::One(node) = kind {
                visit(&Visit { node, object, whole, steps });
                parts_of = (node == Node::Schema).then_some(whole.unwrap_or(object));
            }
            for (key, value) in object {
                // What must not hold says nothing about what does.
                let Some(next) = kind.under(key).filter(|_| key != "not") else { continue };
                let whole = parts_of.filter(|_| PARTS.contains(&key.as_str()));
                steps.push(Step::Key(key));
                go(next, value, whole, steps, visit);
                steps.pop();
            }
        }
        Value::Array(elements) => {
            let Some(next) = kind.under("") else { return };
            for (index, value) in elements.iter().enumerate() {
                steps.push(Step::Index(index));
                go(next, value, whole, steps, visit);
                steps.pop();
            }
        }
        _ => {}
    }
}
