//! Marks the types that requests use. All others are only read.

use std::collections::BTreeSet;

use crate::api::{Api, Place, Usage};

pub(super) fn run(api: &mut Api) {
    let operations = api.operations();
    let types = operations.iter().flat_map(|operation| operation.written_types());
    let mut open: Vec<Place> = types.cloned().collect();
    let mut written = BTreeSet::new();
    while let Some(place) = open.pop() {
        if !written.insert(place.clone()) {
            continue;
        }
        if let Some(definition) = api.types.get(&place) {
            open.extend(definition.kind.types().cloned());
        }
    }
    for (place, definition) in &mut api.types {
        if written.contains(place) {
            definition.usage = Usage::Requests;
        }
    }
}
