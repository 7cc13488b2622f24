//! Which types are written, and not only read.

use std::collections::BTreeSet;

use crate::api::{Api, Kind, Place, Usage};

pub(super) fn run(api: &mut Api) {
    let operations = api.operations();
    let types = operations.iter().flat_map(|operation| operation.written_types());
    let mut open: Vec<Place> = types.cloned().collect();
    let mut written = BTreeSet::new();
    while let Some(place) = open.pop() {
        if !written.insert(place.clone()) {
            continue;
        }
        match api.types.get(&place).map(|definition| &definition.kind) {
            Some(Kind::Struct(object)) => {
                open.extend(object.others.iter().filter_map(|others| others.ty.named().cloned()));
                open.extend(object.fields.iter().filter_map(|field| field.ty.named().cloned()));
            }
            Some(Kind::Union(union)) => {
                open.extend(union.variants.iter().map(|variant| variant.ty.clone()));
            }
            Some(Kind::OneOf(one_of)) => {
                let variants = one_of.variants.iter();
                open.extend(variants.filter_map(|variant| variant.ty.named().cloned()));
            }
            Some(Kind::Enum(_) | Kind::Alias(_)) | None => {}
        }
    }
    for (place, definition) in &mut api.types {
        if written.contains(place) {
            definition.usage = Usage::Requests;
        }
    }
}
