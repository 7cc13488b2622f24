//! Boxes the fields by which a type would contain itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Kind, Place, Type};

pub(super) fn run(api: &mut Api) {
    let contained: BTreeMap<Place, BTreeSet<Place>> = api
        .types
        .iter()
        .map(|(place, definition)| (place.clone(), contents(&definition.kind)))
        .collect();
    for (place, definition) in &mut api.types {
        let Kind::Struct(object) = &mut definition.kind else { continue };
        for field in &mut object.fields {
            let Type::Named(target) = &field.ty else { continue };
            if contains(&contained, target, place) {
                field.ty = Type::Boxed(Box::new(field.ty.clone()));
            }
        }
    }
}

/// The types that a type contains directly. Lists and maps store their elements on the heap.
fn contents(kind: &Kind) -> BTreeSet<Place> {
    match kind {
        Kind::Struct(object) => (object.fields.iter())
            .filter_map(|field| match &field.ty {
                Type::Named(place) => Some(place.clone()),
                _ => None,
            })
            .collect(),
        Kind::Union(union) => (union.variants.iter())
            .filter_map(|variant| match &variant.ty {
                Type::Named(place) => Some(place.clone()),
                _ => None,
            })
            .collect(),
        Kind::Enum(_) | Kind::Alias(_) => BTreeSet::new(),
    }
}

/// Whether `outer` is or contains `inner`.
fn contains(contained: &BTreeMap<Place, BTreeSet<Place>>, outer: &Place, inner: &Place) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![outer];
    while let Some(place) = open.pop() {
        if place == inner {
            return true;
        }
        if seen.insert(place) {
            open.extend(contained.get(place).into_iter().flatten());
        }
    }
    false
}
