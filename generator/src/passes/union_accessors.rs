//! Finds the properties that all variants of a union have, so that users can read them without a `match`.
//!
//! Only properties that every variant requires, with the same type, which is an ID, a string, a date-time or an enum.

use std::collections::BTreeMap;

use crate::api::{
    Api, Dispatch, Docs, FunctionName, Kind, Name, Place, Presence, Shared, TagKind, Type, Union,
};

pub(super) fn run(api: &mut Api) {
    let mut found = BTreeMap::new();
    let places: Vec<Place> = api.types.keys().cloned().collect();
    for place in &places {
        properties(api, place, &mut found);
    }
    for (place, definition) in &mut api.types {
        if let (Kind::Union(union), Some(shared)) = (&mut definition.kind, found.remove(place)) {
            let discriminator = union.discriminator().map(|one| one.property.as_str());
            let is_other = |shared: &Shared| Some(shared.key.as_str()) != discriminator;
            union.shared = shared.into_iter().filter(is_other).collect();
        }
    }
}

/// The properties of a type, sorted by key. Those of a union are its discriminator and what its variants share.
fn properties(api: &Api, place: &Place, found: &mut BTreeMap<Place, Vec<Shared>>) -> Vec<Shared> {
    let place = api.defined_at(place);
    match api.types.get(place).map(|definition| &definition.kind) {
        Some(Kind::Struct(object)) => {
            let required = object
                .fields
                .iter()
                .filter(|field| matches!(field.presence, Presence::Required | Presence::Identity));
            let properties = required.map(|field| Shared {
                key: field.key.clone(),
                name: FunctionName::new(&field.key),
                ty: canonical(api, &field.ty),
                docs: field.docs.clone(),
                deprecated: field.deprecated.clone(),
            });
            properties.filter(|property| is_asked_for(api, &property.ty)).collect()
        }
        Some(Kind::Union(union)) if is_of_objects(union) => {
            if let Some(shared) = found.get(place) {
                return shared.clone();
            }
            // A type that contains itself adds nothing.
            found.insert(place.clone(), Vec::new());
            let shared = shared(api, union, found);
            found.insert(place.clone(), shared.clone());
            shared
        }
        Some(Kind::Union(_) | Kind::Enum(_) | Kind::Alias(_)) | None => Vec::new(),
    }
}

/// Whether all variants are objects, distinguished by a property.
fn is_of_objects(union: &Union) -> bool {
    matches!(union.dispatch, Dispatch::Discriminator(_) | Dispatch::Presence)
}

fn shared(api: &Api, union: &Union, found: &mut BTreeMap<Place, Vec<Shared>>) -> Vec<Shared> {
    let mut variants = union.variants.iter().filter_map(|variant| variant.ty.named());
    let first = variants.next().map(|variant| properties(api, variant, found));
    let mut shared = first.unwrap_or_default();
    for variant in variants {
        let properties = properties(api, variant, found);
        shared.retain_mut(|shared| {
            let same = properties.iter().find(|one| one.key == shared.key && one.ty == shared.ty);
            if let Some(same) = same {
                agree(shared, same);
            }
            same.is_some()
        });
    }
    if let Some(discriminator) = union.discriminator().filter(|one| one.kind == TagKind::Text) {
        shared.retain(|shared| shared.key != discriminator.property);
        shared.push(Shared {
            key: discriminator.property.clone(),
            name: discriminator.accessor.clone(),
            ty: Type::String,
            docs: Docs::default(),
            deprecated: None,
        });
        shared.sort_by(|a, b| a.key.cmp(&b.key));
    }
    shared
}

/// Removes the description and the deprecation of a shared property where two variants differ in them.
fn agree(shared: &mut Shared, other: &Shared) {
    if shared.docs != other.docs {
        shared.docs = Docs::default();
    }
    if shared.deprecated != other.deprecated {
        shared.deprecated = None;
    }
}

fn is_asked_for(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Id(_) | Type::DateTime | Type::Civil(_) => true,
        Type::Named(place) => {
            let definition = api.types.get(place);
            definition.is_some_and(|definition| matches!(definition.kind, Kind::Enum(_)))
        }
        _ => false,
    }
}

fn canonical(api: &Api, ty: &Type) -> Type {
    match ty {
        Type::Named(place) => Type::Named(api.defined_at(place).clone()),
        other => other.clone(),
    }
}
