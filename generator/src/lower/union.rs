//! Unions: objects of several shapes, told apart by one property or by two.

use std::collections::BTreeSet;

use openapiv3::Discriminator;

use super::Lower;
use super::key::{self, Key};
use super::schema::Described;
use super::shape::{ObjectShape, Property, SchemaRef, Shape};
use crate::api::{
    Docs, FunctionName, KeyKind, KeyPlace, Kind, Name, Place, Presence, Step, Type, Union, Variant,
    VariantName,
};
use crate::count::Reason;
use crate::document::Pointer;

/// An object among the variants, before it is known how it is told apart.
pub(super) struct Candidate<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) object: ObjectShape<'a>,
    pub(super) docs: Docs,
    pub(super) at: Pointer,
}

/// Variants that have one value of the first of two keys.
struct Group<'a> {
    tag: String,
    candidates: Vec<Candidate<'a>>,
    /// Where the first key is described.
    keys_at: Vec<Pointer>,
    presence: Presence,
}

impl<'a> Lower<'a, '_> {
    /// The union that a discriminator describes; nothing if it does not tell the variants apart.
    pub(super) fn discriminated(
        &mut self,
        described: Described,
        discriminator: &Discriminator,
        candidates: Vec<Candidate<'a>>,
        place: &Place,
    ) -> Option<Type> {
        let name = &discriminator.property_name;
        let mut tags = Vec::new();
        for candidate in &candidates {
            let found = self.tags(&candidate.object, name);
            let Some(found) = found.or_else(|| key::implied(candidate, discriminator)) else {
                let message = format!("this variant does not say which `{name}` it has");
                let help = format!("give its property `{name}` an `enum` with an overlay");
                let diagnostic =
                    self.error(&candidate.at, "variant-without-key", message).help(help);
                self.refuse(diagnostic);
                continue;
            };
            tags.push(found);
        }
        if tags.len() < candidates.len() {
            return Some(Type::Any);
        }
        let key = key::of(name, tags)?;
        Some(self.union(described, key, candidates, place))
    }

    /// Without a discriminator, what tells the variants apart is a property that has other values in each of them, two
    /// such properties together, or one that no other variant has; nothing if there is none of these.
    pub(super) fn told_apart(
        &mut self,
        described: Described,
        candidates: Vec<Candidate<'a>>,
        place: &Place,
    ) -> Option<Type> {
        let names = self.key_names(&candidates);
        if let Some(key) = names.iter().find_map(|name| self.key(name, &candidates)) {
            return Some(self.union(described, key, candidates, place));
        }
        if let Some((outer, inner)) = self.two_keys(&names, &candidates) {
            return Some(self.union_of_unions(described, &outer, &inner, candidates, place));
        }
        let key = key::presence(&candidates)?;
        Some(self.union(described, key, candidates, place))
    }

    /// The properties that all variants have with fixed values: those that are always there first.
    pub(super) fn key_names(&self, candidates: &[Candidate<'a>]) -> Vec<String> {
        let Some(first) = candidates.first() else { return Vec::new() };
        let mut names: Vec<(bool, String)> = (first.object.properties.keys())
            .filter(|name| {
                candidates.iter().all(|variant| self.tags(&variant.object, name).is_some())
            })
            .map(|name| {
                let required =
                    candidates.iter().all(|variant| variant.object.required.contains(name));
                (!required, (*name).to_owned())
            })
            .collect();
        names.sort();
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// The values of a property, if they are fixed.
    fn tags(&self, object: &ObjectShape<'a>, name: &str) -> Option<(KeyKind, Vec<String>)> {
        let property = object.properties.get(name)?;
        let (schema, _) = self.resolve(property.schema, &property.at)?;
        match Shape::of(schema) {
            Shape::String(text) if !text.values.is_empty() => {
                Some((KeyKind::Text, text.values.iter().map(|text| (*text).to_owned()).collect()))
            }
            Shape::Boolean(values) if values.len() == 1 => {
                Some((KeyKind::Boolean, values.iter().map(bool::to_string).collect()))
            }
            _ => None,
        }
    }

    /// The key of that name, if it has other values in each variant.
    pub(super) fn key(&self, name: &str, candidates: &[Candidate<'a>]) -> Option<Key> {
        let tags = candidates.iter().map(|candidate| self.tags(&candidate.object, name));
        key::of(name, tags.collect::<Option<_>>()?)
    }

    /// Two properties of one value each that tell the variants apart together; the one with more values is the outer one.
    fn two_keys(&self, names: &[String], candidates: &[Candidate<'a>]) -> Option<(String, String)> {
        let single = |candidate: &Candidate<'a>, name: &str| {
            self.tags(&candidate.object, name).and_then(|(_, tags)| match &tags[..] {
                [tag] => Some(tag.clone()),
                _ => None,
            })
        };
        let count = |name: &String| {
            let values = candidates.iter().map(|candidate| single(candidate, name));
            values.collect::<Option<BTreeSet<String>>>().map(|values| values.len())
        };
        let mut counted: Vec<(usize, &String)> =
            names.iter().filter_map(|name| Some((count(name)?, name))).collect();
        counted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        for (index, (_, outer)) in counted.iter().enumerate() {
            for (_, inner) in &counted[index + 1..] {
                let pairs = candidates.iter().map(|one| (single(one, outer), single(one, inner)));
                if pairs.collect::<BTreeSet<_>>().len() == candidates.len() {
                    return Some(((*outer).clone(), (*inner).clone()));
                }
            }
        }
        None
    }

    fn union_of_unions(
        &mut self,
        described: Described,
        outer: &str,
        inner: &str,
        candidates: Vec<Candidate<'a>>,
        place: &Place,
    ) -> Type {
        let mut variants = Vec::new();
        for Group { tag, candidates, keys_at, presence } in self.grouped(outer, candidates) {
            let place = place.inside(Step::Variant(tag.clone()));
            let Some(key) = self.key(inner, &candidates) else { continue };
            self.union(Described::default(), key, candidates, &place);
            variants.push(Variant {
                name: VariantName::new(&tag),
                word: tag.clone(),
                tags: vec![tag],
                ty: place,
                key: KeyPlace::Union,
                key_presence: presence,
                keys_at,
                docs: Docs::default(),
            });
        }
        let union = Union {
            key: outer.to_owned(),
            key_kind: KeyKind::Text,
            accessor: FunctionName::new(outer),
            variants,
            shared: Vec::new(),
        };
        self.define(described, Kind::Union(union), place)
    }

    /// The variants by their values of `outer`, which they lose.
    fn grouped(&mut self, outer: &str, candidates: Vec<Candidate<'a>>) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for mut candidate in candidates {
            let tags = self.tags(&candidate.object, outer);
            let Some(tag) = tags.and_then(|(_, tags)| tags.into_iter().next()) else { continue };
            let presence = self.key_presence(&candidate.object, outer);
            // The outer union reads and writes its key.
            let key = candidate.object.properties.remove(outer);
            let at = key.map(|key| self.key_at(&key));
            let index = groups.iter().position(|group| group.tag == tag).unwrap_or_else(|| {
                let (candidates, keys_at) = (Vec::new(), Vec::new());
                groups.push(Group { tag, candidates, keys_at, presence });
                groups.len() - 1
            });
            let group = &mut groups[index];
            group.candidates.push(candidate);
            group.keys_at.extend(at);
            if presence != Presence::Required {
                group.presence = presence;
            }
        }
        groups
    }

    pub(super) fn union(
        &mut self,
        described: Described,
        key: Key,
        candidates: Vec<Candidate<'a>>,
        place: &Place,
    ) -> Type {
        let tags = key.tags.clone();
        let variants = candidates
            .into_iter()
            .zip(tags)
            .map(|(candidate, tags)| self.variant(&key, candidate, tags, place))
            .collect();
        let union = Union {
            accessor: FunctionName::new(&key.name),
            key: key.name,
            key_kind: key.kind,
            variants,
            shared: Vec::new(),
        };
        self.define(described, Kind::Union(union), place)
    }

    fn variant(
        &mut self,
        key: &Key,
        candidate: Candidate<'a>,
        tags: Vec<String>,
        place: &Place,
    ) -> Variant {
        let word = match (key.kind, tags.first().map(String::as_str)) {
            (KeyKind::Boolean, Some("true")) => key.name.clone(),
            (KeyKind::Boolean, _) => negated(&key.name),
            (KeyKind::Text | KeyKind::Presence, tag) => tag.unwrap_or_default().to_owned(),
        };
        let place = place.inside(Step::Variant(word.clone()));
        let docs = candidate.docs.clone();
        let key_presence = self.key_presence(&candidate.object, &key.name);
        let (ty, key, at) = self.variant_type(key, candidate, &tags, place);
        let keys_at = at.into_iter().collect();
        Variant { name: VariantName::new(&word), word, tags, ty, key, key_presence, keys_at, docs }
    }

    /// Whether the key is always there. Where only the union knows it, it says so by that.
    fn key_presence(&self, object: &ObjectShape<'a>, name: &str) -> Presence {
        let property = object.properties.get(name);
        property.map_or(Presence::Required, |property| {
            self.presence(property.schema, object.required.contains(name))
        })
    }

    /// Where the property is that a union reads and writes for its variants, of which it knows the values.
    fn key_at(&mut self, property: &Property<'a>) -> Pointer {
        self.left_out.inside(&property.at, Reason::Meaningless);
        property.at.clone()
    }

    /// A variant that refers to a schema is that schema; any other has a type of its own.
    fn variant_type(
        &mut self,
        key: &Key,
        candidate: Candidate<'a>,
        tags: &[String],
        place: Place,
    ) -> (Place, KeyPlace, Option<Pointer>) {
        if let SchemaRef::Reference(_) = candidate.schema
            && let Type::Named(place) = self.ty(candidate.schema, &candidate.at, &place)
        {
            // A key that only a discriminator names is written by the union.
            let has_key = key.kind == KeyKind::Presence
                || candidate.object.properties.contains_key(key.name.as_str());
            let is_in_union = !has_key && tags.len() == 1;
            return (place, if is_in_union { KeyPlace::Union } else { KeyPlace::Object }, None);
        }
        let mut object = candidate.object;
        let in_union = tags.len() == 1 && key.kind != KeyKind::Presence;
        let key_place = if in_union { KeyPlace::Union } else { KeyPlace::Object };
        let property = if in_union { object.properties.remove(key.name.as_str()) } else { None };
        let key_at = property.map(|property| self.key_at(&property));
        let kind = Kind::Struct(self.structure(object, &place));
        if let Some((schema, _)) = self.resolve(candidate.schema, &candidate.at) {
            self.define(Described::of(&schema.schema_data), kind, &place);
        }
        (place, key_place, key_at)
    }
}

/// `is_managed` → `is_not_managed`.
fn negated(words: &str) -> String {
    match words.strip_prefix("is_") {
        Some(rest) => format!("is_not_{rest}"),
        None => format!("not_{words}"),
    }
}
