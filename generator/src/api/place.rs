//! The places of types in the document. Inline types are named by their place, so a local change of the document is a local
//! change of the output.

use crate::document::Pointer;

/// The place of a type: a component schema or an operation, and the steps from there to the inline schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Step>,
}

/// A part of the document that has a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// A component schema.
    Schema(String),
    /// An operation, by its path and its name. Those of one path can have one name in several namespaces, so what tells is
    /// where the document has it.
    Operation { path: String, name: String, at: Pointer },
}

/// A step from a type to an inline one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// The value of a property.
    Property(String),
    /// The elements of the array, or the values of the map, that a property holds.
    Element(String),
    /// A variant of a union, by its tag.
    Variant(String),
    /// The response body.
    Output,
    /// The body of an error response, by the status as the document writes it.
    Failure(String),
}

impl Place {
    pub(crate) fn schema(name: &str) -> Self {
        Self { root: Root::Schema(name.to_owned()), steps: Vec::new() }
    }

    pub(crate) fn operation(path: &str, name: &str, at: &Pointer) -> Self {
        let (path, name) = (path.to_owned(), name.to_owned());
        let root = Root::Operation { path, name, at: at.clone() };
        Self { root, steps: Vec::new() }
    }

    /// The place of an inline type.
    pub(crate) fn inside(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { root: self.root.clone(), steps }
    }

    /// The place of the elements of an array, or the values of a map, at this place.
    pub(crate) fn element(&self) -> Self {
        let mut steps = self.steps.clone();
        if let Some(Step::Property(key)) = steps.last().cloned() {
            steps.pop();
            steps.push(Step::Element(key));
        }
        Self { root: self.root.clone(), steps }
    }
}
