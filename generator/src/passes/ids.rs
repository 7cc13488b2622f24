//! Determines which strings are IDs, and of which resource.
//!
//! A property is an ID if its schema has `format: uuid` and its name ends with the name of a component schema with an
//! ID of its own: `parent_acs_credential_id` and `joiner_acs_credential_ids` are IDs of `acs_credential`.

use std::collections::BTreeSet;

use crate::api::{
    Answer, Api, Kind, Name, Place, Presence, Root, Step, Type, TypeName, singular, words,
};

pub(super) fn run(api: &mut Api) {
    let resources: BTreeSet<(String, String)> =
        api.resources.iter().map(|resource| (words(resource), resource.clone())).collect();
    let find = |key: &str| {
        let key = words(key);
        let subject = singular(&key).strip_suffix("_id").map(str::to_owned)?;
        let fits =
            |resource: &str| subject == resource || subject.ends_with(&format!("_{resource}"));
        let found = resources.iter().filter(|(resource, _)| fits(resource));
        found.max_by_key(|(resource, _)| resource.len()).map(|(_, resource)| resource.clone())
    };
    let mut used = BTreeSet::new();
    api.each_field_mut(&mut |place, field| {
        let resource = find(&field.key);
        let own = resource.as_ref().is_some_and(|resource| is_own(place, resource));
        let ty = field.ty.innermost_mut();
        match (&ty, resource) {
            (Type::Uuid, Some(resource)) => *ty = Type::Id(resource),
            (Type::String, Some(resource)) if own => *ty = Type::Id(resource),
            (Type::Uuid, None) => *ty = Type::String,
            _ => {}
        }
        if own && field.presence == Presence::Required && matches!(field.ty, Type::Id(_)) {
            field.presence = Presence::Identity;
        }
        field.ty.collect_ids(&mut used);
    });
    for (place, definition) in &mut api.types {
        let Kind::Union(union) = &mut definition.kind else { continue };
        let resource = key(place).and_then(find);
        for ty in union.variants.iter_mut().map(|variant| variant.ty.innermost_mut()) {
            if *ty == Type::Uuid {
                *ty = resource.clone().map_or(Type::String, Type::Id);
            }
            ty.collect_ids(&mut used);
        }
    }
    api.each_operation_mut(&mut |operation| {
        if let Answer::Key { ty, .. } | Answer::Body(ty) | Answer::Optional(ty) =
            &mut operation.answer
            && *ty.innermost_mut() == Type::Uuid
        {
            *ty.innermost_mut() = Type::String;
        }
    });
    api.ids = used
        .into_iter()
        .map(|resource| {
            let name = TypeName::new(&format!("{resource}_id"));
            (resource, name)
        })
        .collect();
}

/// The property whose value is at `place`.
fn key(place: &Place) -> Option<&str> {
    match place.steps.last()? {
        Step::Property(key) | Step::Element(key) => Some(key),
        _ => None,
    }
}

/// Whether the object at `place` is identified by an ID of `resource`: the object is the component schema of that name,
/// one whose name ends with it, such as `unmanaged_device`, or a variant of such a schema.
fn is_own(place: &Place, resource: &str) -> bool {
    let Root::Schema(schema) = &place.root else { return false };
    let (schema, resource) = (words(schema), words(resource));
    let is_whole = place.steps.iter().all(|step| matches!(step, Step::Variant(_)));
    is_whole && (schema == resource || schema.ends_with(&format!("_{resource}")))
}
