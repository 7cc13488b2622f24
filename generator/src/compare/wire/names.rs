//! The names of things in findings: the Rust item and the place in the document.

use std::collections::BTreeMap;

use crate::api::{Api, Operation, Place};
use crate::document::Pointer;
use crate::index::places::{self, Places};
use crate::index::{Entry, Role};

/// One of the two APIs, with its names.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names<'a>,
}

/// Both APIs.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
}

/// Finds the items and places of an API.
pub(super) struct Names<'a> {
    places: Places<'a>,
    /// The paths of items, by place and role.
    paths: BTreeMap<(&'a str, Role), &'a str>,
}

impl<'a> Names<'a> {
    /// The names of `api`. Only `entries` have item paths.
    pub(super) fn new(api: &'a Api, entries: &'a [Entry]) -> Self {
        let items = entries.iter().map(|entry| &entry.item);
        let paths = items.map(|item| ((item.place.as_str(), item.kind.role()), item.path.as_str()));
        Self { places: Places::new(api), paths: paths.collect() }
    }

    /// The pointer to `place`.
    pub(super) fn at(&self, place: &Place) -> Pointer {
        self.places.of(place)
    }

    /// The path of the item with this role at `at`, if there is one.
    pub(super) fn item(&self, at: &Pointer, role: Role) -> Option<&str> {
        self.paths.get(&(at.as_str(), role)).copied()
    }

    /// The path of a type, or its pointer if it has no item.
    pub(super) fn ty(&self, place: &Place) -> String {
        let at = self.at(place);
        self.item(&at, Role::Type).map_or_else(|| at.to_string(), str::to_owned)
    }

    /// The path of a method, or that of the operation if it has no item.
    pub(super) fn method(&self, operation: &Operation) -> String {
        let at = places::operation(operation);
        self.item(&at, Role::Method).map_or_else(|| operation.path.clone(), str::to_owned)
    }

    /// The path of a property of the object `item` at `above`, or `item.key` if it has no item.
    pub(super) fn property(&self, above: &Pointer, item: &str, key: &str) -> String {
        let at = places::property(above, key);
        let known = self.item(&at, Role::Field).or_else(|| self.item(&at, Role::Parameter));
        known.map_or_else(|| format!("{item}.{key}"), str::to_owned)
    }
}
