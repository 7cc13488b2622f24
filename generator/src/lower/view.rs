//! The inputs of lowering: the document, the options, and the names of all operations.

use std::collections::BTreeSet;

use super::inheritance::Inheritance;
use super::naming::Names;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Pointer};
use crate::options::Options;

/// Which parts of a document are lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The parts that the client reads and writes.
    Client,
    /// All parts that a server may send, including properties beside the result.
    Everything,
}

/// Read-only access to the inputs.
#[derive(Clone, Copy)]
pub(super) struct View<'a, 's> {
    pub(super) document: &'a Document<'s>,
    pub(super) options: &'a Options,
    pub(super) scope: Scope,
    /// The names of all operations, also of those that are not lowered.
    pub(super) names: &'a Names<'a>,
    /// Which component schemas extend which others.
    pub(super) inheritance: &'a Inheritance,
}

impl View<'_, '_> {
    /// An error about a part of the document.
    pub(super) fn error(
        &self,
        at: &Pointer,
        code: &'static str,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.document.error(at, code, message)
    }

    /// The component schemas that have an ID of their own, or whose variants have one.
    pub(super) fn resources(&self) -> BTreeSet<String> {
        let has_own_id = |name: &&str| {
            let id = format!("{name}_id");
            let schema = Pointer::root().join(["components", "schemas", name]);
            let variants = self.document.value(&schema.child("oneOf"));
            let variants = variants.and_then(|value| value.as_array()).into_iter().flatten();
            let mut shapes = self.document.value(&schema).into_iter().chain(variants);
            shapes.any(|shape| shape.get("properties").is_some_and(|all| all.get(&id).is_some()))
        };
        self.document.schema_names().filter(has_own_id).map(str::to_owned).collect()
    }
}
