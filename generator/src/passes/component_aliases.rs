//! Replaces component schemas without a type of their own by the types that they stand for.
//!
//! While such a schema is lowered, references to it from inside it are lowered as if it had a type of its own, for
//! example in a list of nodes that each contain such a list. A schema that is only itself becomes any JSON.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Answer, Api, Kind, Place, Root, Type};

pub(super) fn run(api: &mut Api) {
    let names: Vec<String> = api.schemas.keys().cloned().collect();
    let undefined = names.into_iter().filter(|name| !api.types.contains_key(&Place::schema(name)));
    let found: BTreeMap<String, Type> =
        undefined.map(|name| (name.clone(), expanded(api, name))).collect();
    let replace = |ty: &mut Type| {
        let ty = ty.innermost_mut();
        if let Some(known) = component(ty).and_then(|name| found.get(name)) {
            *ty = known.clone();
        }
    };
    api.schemas.values_mut().for_each(replace);
    api.each_field_mut(&mut |_, field| replace(&mut field.ty));
    for definition in api.types.values_mut() {
        match &mut definition.kind {
            Kind::Struct(object) => object.others.iter_mut().for_each(|one| replace(&mut one.ty)),
            Kind::Union(union) => union.variants.iter_mut().for_each(|one| replace(&mut one.ty)),
            Kind::Enum(_) | Kind::Alias(_) => {}
        }
    }
    api.each_operation_mut(&mut |operation| {
        if let Answer::Key { ty, .. } | Answer::Body(ty) | Answer::Optional(ty) =
            &mut operation.answer
        {
            replace(ty);
        }
    });
}

/// The type that a component schema stands for, with other such schemas in it replaced as well.
fn expanded(api: &Api, name: String) -> Type {
    let mut ty = Type::Named(Place::schema(&name));
    let mut seen = BTreeSet::new();
    loop {
        let innermost = ty.innermost_mut();
        let Some(name) = component(innermost).map(str::to_owned) else { return ty };
        if api.types.contains_key(&Place::schema(&name)) {
            return ty;
        }
        let known = api.schemas.get(&name).filter(|_| seen.insert(name));
        *innermost = known.cloned().unwrap_or(Type::Any);
    }
}

/// The component schema whose type would be at this place.
fn component(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(Place { root: Root::Schema(name), steps }) if steps.is_empty() => Some(name),
        _ => None,
    }
}
