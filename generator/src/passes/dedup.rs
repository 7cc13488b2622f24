//! Merges inline types of one schema or operation that are equal except for their descriptions.
//!
//! The first place defines the type, and the others get aliases, so that every name still exists if the types differ in
//! a later version. Only types of one schema or operation are merged, so that a change in one file stays in that file.

use std::collections::BTreeMap;

use crate::api::{Api, Field, Kind, Place, Root, Type, Usage};

pub(super) fn run(api: &mut Api) {
    let mut places: Vec<Place> =
        api.types.keys().filter(|place| !place.steps.is_empty()).cloned().collect();
    // The inline types in a type have to be merged before the type itself.
    places.sort_by(|a, b| b.steps.len().cmp(&a.steps.len()).then_with(|| a.cmp(b)));
    let mut same: BTreeMap<Place, Place> = BTreeMap::new();
    let mut first: BTreeMap<(Root, String), Place> = BTreeMap::new();
    for place in places {
        let Some(definition) = api.types.get(&place) else { continue };
        let shape = shape(&definition.kind, definition.usage, &same);
        let key = (place.root.clone(), shape);
        match first.get(&key) {
            Some(original) => {
                same.insert(place, original.clone());
            }
            None => {
                first.insert(key, place);
            }
        }
    }
    for (place, original) in same {
        if let Some(definition) = api.types.get_mut(&place) {
            definition.kind = Kind::Alias(original);
        }
    }
}

/// A text with everything about a type that the compiler sees.
fn shape(kind: &Kind, usage: Usage, same: &BTreeMap<Place, Place>) -> String {
    match kind {
        Kind::Struct(object) => {
            let fields = object.fields.iter().map(|field| self::field(field, same));
            let fields: Vec<String> = fields.collect();
            let others = object.others.as_ref();
            let others =
                others.map(|others| (canonical_type(&others.ty, same), others.sensitivity));
            format!("struct {usage:?} {:?} {fields:?} {others:?}", object.openness)
        }
        Kind::Enum(values) => {
            let texts: Vec<(&str, &str)> =
                values.values.iter().map(|value| (&*value.text, &*value.word)).collect();
            format!("enum {:?} {texts:?}", values.of)
        }
        Kind::Union(union) => {
            let variants = union.variants.iter().map(|variant| {
                let ty = canonical_type(&variant.ty, same);
                (&variant.word, ty, &variant.tag.values, variant.tag.holder)
            });
            format!("union {:?} {:?}", union.dispatch, variants.collect::<Vec<_>>())
        }
        Kind::Alias(place) => format!("alias {place:?}"),
    }
}

fn field(field: &Field, same: &BTreeMap<Place, Place>) -> String {
    let ty = canonical_type(&field.ty, same);
    let Field { key, presence, sensitivity, deprecated, .. } = field;
    format!("{key} {presence:?} {sensitivity:?} {ty:?} {deprecated:?}")
}

fn canonical_type(ty: &Type, same: &BTreeMap<Place, Place>) -> Type {
    let mut ty = ty.clone();
    if let Type::Named(place) = ty.innermost_mut() {
        *place = canonical(place, same).clone();
    }
    ty
}

fn canonical<'a>(place: &'a Place, same: &'a BTreeMap<Place, Place>) -> &'a Place {
    same.get(place).unwrap_or(place)
}
