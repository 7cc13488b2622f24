//! The types that have been lowered so far.

use std::collections::BTreeMap;

use super::docs::Described;
use super::report::Report;
use super::view::View;
use crate::api::{Definition, Kind, Name, Place, Root, Type, TypeName, Usage};

/// Builds types from schemas. Each schema is lowered where an operation reaches it.
pub(super) struct Types<'a, 's> {
    pub(super) view: View<'a, 's>,
    pub(super) report: Report<'a, 's>,
    /// All definitions, by their place in the document.
    pub(super) defined: BTreeMap<Place, Definition>,
    /// The types of the component schemas that have been reached.
    pub(super) components: BTreeMap<String, Type>,
}

impl<'a, 's> Types<'a, 's> {
    pub(super) fn new(view: View<'a, 's>) -> Self {
        Self {
            view,
            report: Report::new(view),
            defined: BTreeMap::new(),
            components: BTreeMap::new(),
        }
    }

    /// Adds a definition and returns the type that refers to it.
    pub(super) fn define(&mut self, described: Described, kind: Kind, place: &Place) -> Type {
        let definition = Definition {
            modules: Vec::new(),
            // The names pass sets it.
            name: TypeName::new(""),
            docs: described.docs,
            deprecated: described.deprecated,
            usage: Usage::Answers,
            kind,
        };
        self.defined.insert(place.clone(), definition);
        Type::Named(place.clone())
    }

    /// Removes the definitions of an operation that is left out.
    pub(super) fn forget(&mut self, operation: &Root) {
        self.defined.retain(|place, _| place.root != *operation);
    }

    /// The kind of a type, if it has a definition.
    pub(super) fn kind(&self, place: &Place) -> Option<&Kind> {
        self.defined.get(place).map(|definition| &definition.kind)
    }
}
