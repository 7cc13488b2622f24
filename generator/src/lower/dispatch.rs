//! Dispatch: the property that tells the variants of a union apart.

use std::collections::BTreeSet;

use super::inheritance::target_name;
use super::object::ObjectShape;
use super::shape::SchemaRef;
use crate::api::{Discriminator, Dispatch, Docs, FunctionName, Name, TagKind};
use crate::document::Pointer;

/// The prefix of references to component schemas.
const SCHEMAS: &str = "#/components/schemas/";

/// A variant that is an object, before the dispatch of its union is known.
#[derive(Clone)]
pub(super) struct Candidate<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) object: ObjectShape<'a>,
    pub(super) docs: Docs,
    pub(super) at: Pointer,
    pub(super) ty: VariantType,
}

/// The type of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VariantType {
    /// The type of the schema that it refers to, if it is a reference.
    Referenced,
    /// A type of its own, because its object has more properties than its schema.
    Own,
}

/// The dispatch of a union, and the tags of each variant.
pub(super) struct Key {
    pub(super) dispatch: Dispatch,
    pub(super) tags: Vec<Vec<String>>,
}

impl Key {
    /// The discriminator, if it is one property.
    pub(super) fn property(&self) -> Option<&str> {
        match &self.dispatch {
            Dispatch::Discriminator(discriminator) => Some(&discriminator.property),
            Dispatch::Presence | Dispatch::JsonType | Dispatch::Order | Dispatch::Status => None,
        }
    }
}

/// Dispatch by the values of a property, if no two variants share a value.
pub(super) fn by_values(name: &str, tags: Vec<(TagKind, Vec<String>)>) -> Option<Key> {
    let mut seen = BTreeSet::new();
    let (kinds, tags): (Vec<TagKind>, Vec<Vec<String>>) = tags.into_iter().unzip();
    let kind = *kinds.first()?;
    let same = kinds.iter().all(|other| *other == kind);
    let distinct = tags.iter().flatten().all(|value| seen.insert(value));
    (same && distinct).then(|| Key { dispatch: discriminator(name, kind), tags })
}

/// Dispatch by the value of a property.
pub(super) fn discriminator(property: &str, kind: TagKind) -> Dispatch {
    let accessor = FunctionName::new(property);
    Dispatch::Discriminator(Discriminator { property: property.to_owned(), kind, accessor })
}

/// The values of a discriminator for a schema: those that its mapping assigns to the schema, or else the schema's name.
pub(super) fn implied(
    candidate: &Candidate<'_>,
    discriminator: &openapiv3::Discriminator,
) -> Option<(TagKind, Vec<String>)> {
    let SchemaRef::Reference(reference) = candidate.schema else { return None };
    let name = reference.strip_prefix(SCHEMAS)?;
    let mapped = discriminator.mapping.iter();
    let mapped = mapped.filter(|(_, target)| *target == name || target_name(target) == name);
    let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    // The order of a mapping has no meaning, and the first tag names the variant.
    tags.sort_unstable();
    if tags.is_empty() {
        tags.push(name.to_owned());
    }
    Some((TagKind::Text, tags))
}

/// Dispatch by presence: each variant requires a property that no other variant has.
pub(super) fn by_presence(candidates: &[Candidate<'_>]) -> Option<Key> {
    let tags = candidates.iter().enumerate().map(|(index, candidate)| {
        let is_its_own = |key: &&&str| {
            let has = |other: &Candidate<'_>| {
                other.object.properties.contains_key(**key) || other.object.required.contains(**key)
            };
            candidates.iter().enumerate().all(|(other, variant)| other == index || !has(variant))
        };
        let key = candidate.object.required.iter().find(is_its_own)?;
        Some(vec![(*key).to_owned()])
    });
    let tags = tags.collect::<Option<_>>()?;
    Some(Key { dispatch: Dispatch::Presence, tags })
}
