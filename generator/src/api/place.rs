//! Where in the document a type is described. Inline types are named by it, so that a local change of the document is a
//! local change of the output.

use crate::document::Pointer;

/// The place of a type: a component schema or an operation, and the way from there to what is inline in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Step>,
}

/// What a document describes by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// A component schema.
    Schema(String),
    /// An operation, by its path and its name. Those of one path can have one name in several namespaces, so what tells is
    /// where the document has it.
    Operation { path: String, name: String, at: Pointer },
}

/// From a type to one that is inline in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// The value of a property.
    Property(String),
    /// What a property holds many of: the elements of its array, or the values of its map.
    Element(String),
    /// A variant of a union, by its tag.
    Variant(String),
    /// The body that an operation answers with.
    Output,
    /// The body that it answers with when it fails, by the status as the document writes it.
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

    /// The place of what is inline here.
    pub(crate) fn inside(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { root: self.root.clone(), steps }
    }

    /// The same place for what an array or a map holds.
    pub(crate) fn element(&self) -> Self {
        let mut steps = self.steps.clone();
        if let Some(Step::Property(key)) = steps.last().cloned() {
            steps.pop();
            steps.push(Step::Element(key));
        }
        Self { root: self.root.clone(), steps }
    }
}
