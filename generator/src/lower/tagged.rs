//! Tagged unions: objects that one property, or two, tell apart.

use std::collections::BTreeSet;

use super::dispatch::{self, Candidate, Key, VariantType};
use super::docs::Described;
use super::object::{ObjectShape, Property};
use super::shape::{SchemaRef, Shape};
use super::types::Types;
use super::view::View;
use crate::api::Reason;
use crate::api::{
    Conversion, Discriminator, Dispatch, Docs, Kind, Name, Place, Presence, Step, Tag, TagHolder,
    TagKind, Type, Union, Variant, VariantName,
};
use crate::document::Pointer;

/// The variants that share a value of the outer of two keys.
struct Group<'a> {
    tag: String,
    candidates: Vec<Candidate<'a>>,
    /// The pointers to the outer key in the variants.
    keys_at: Vec<Pointer>,
    presence: Presence,
}

impl<'a> Types<'a, '_> {
    /// The union that a discriminator describes; `None` if it does not tell the variants apart.
    pub(super) fn discriminated(
        &mut self,
        described: Described,
        discriminator: &openapiv3::Discriminator,
        candidates: Vec<Candidate<'a>>,
        place: &Place,
    ) -> Option<Type> {
        let name = &discriminator.property_name;
        let mut tags = Vec::new();
        for candidate in &candidates {
            let is_shared = |property: &Property<'_>| {
                let has = |one: &&Candidate<'_>| {
                    one.object.properties.get(name.as_str()).is_some_and(|it| it.at == property.at)
                };
                candidates.iter().filter(has).count() > 1
            };
            // Values that several variants inherit from one schema do not tell them apart.
            let own = candidate.object.properties.get(name.as_str()).filter(|one| !is_shared(one));
            let found = own.and_then(|_| self.view.tags(&candidate.object, name));
            let found = found.or_else(|| self.view.tags_of_family(candidate, name));
            let found = found.or_else(|| dispatch::implied(candidate, discriminator));
            let Some(found) = found else {
                let message = format!("this variant does not say which `{name}` it has");
                let help = format!("give its property `{name}` an `enum` with an overlay");
                let diagnostic =
                    self.view.error(&candidate.at, "variant-without-key", message).help(help);
                self.report.degrade(diagnostic, "so the discriminator is not used");
                return self.told_apart(described, candidates, place);
            };
            tags.push(found);
        }
        let key = dispatch::by_values(name, tags)?;
        Some(self.union(described, key, candidates, place))
    }

    /// The union of variants without a discriminator. They are told apart by a property with different values in each of them,
    /// by two such properties together, or by a property that no other variant has; `None` if there is none of these.
    pub(super) fn told_apart(
        &mut self,
        described: Described,
        candidates: Vec<Candidate<'a>>,
        place: &Place,
    ) -> Option<Type> {
        let names = self.view.key_names(&candidates);
        if let Some(key) = names.iter().find_map(|name| self.view.key(name, &candidates)) {
            return Some(self.union(described, key, candidates, place));
        }
        if let Some((outer, inner)) = self.view.two_keys(&names, &candidates) {
            return Some(self.union_of_unions(described, &outer, &inner, candidates, place));
        }
        let key = dispatch::by_presence(&candidates)?;
        Some(self.union(described, key, candidates, place))
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
            let Some(key) = self.view.key(inner, &candidates) else { continue };
            self.union(Described::default(), key, candidates, &place);
            variants.push(Variant {
                name: VariantName::new(&tag),
                word: tag.clone(),
                ty: Type::Named(place),
                tag: Tag { values: vec![tag], holder: TagHolder::Union, presence, at: keys_at },
                conversion: Conversion::Named,
                docs: Docs::default(),
            });
        }
        let dispatch = dispatch::discriminator(outer, TagKind::Text);
        let union = Union { dispatch, variants, shared: Vec::new() };
        self.define(described, Kind::Union(union), place)
    }

    /// Groups the variants by their values of `outer`, and removes that property from them.
    fn grouped(&mut self, outer: &str, candidates: Vec<Candidate<'a>>) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for mut candidate in candidates {
            let tags = self.view.tags(&candidate.object, outer);
            let Some(tag) = tags.and_then(|(_, tags)| tags.into_iter().next()) else { continue };
            let presence = self.view.key_presence(&candidate.object, outer);
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
        let union = Union { dispatch: key.dispatch, variants, shared: Vec::new() };
        self.define(described, Kind::Union(union), place)
    }

    pub(super) fn variant(
        &mut self,
        key: &Key,
        candidate: Candidate<'a>,
        tags: Vec<String>,
        place: &Place,
    ) -> Variant {
        let word = word(&key.dispatch, &tags);
        let place = place.inside(Step::Variant(word.clone()));
        let docs = candidate.docs.clone();
        let (ty, tag) = self.variant_type(&key.dispatch, candidate, tags, place);
        let (name, conversion) = (VariantName::new(&word), Conversion::Named);
        Variant { word, name, ty: Type::Named(ty), tag, conversion, docs }
    }

    /// The pointer to a property that the union reads and writes for its variants, and whose values it knows.
    fn key_at(&mut self, property: &Property<'a>) -> Pointer {
        self.report.left_out.inside(&property.at, Reason::Meaningless);
        property.at.clone()
    }

    /// The type and the tag of a variant. A variant that refers to a schema has its type; any other has a type of its own.
    pub(super) fn variant_type(
        &mut self,
        dispatch: &Dispatch,
        candidate: Candidate<'a>,
        values: Vec<String>,
        place: Place,
    ) -> (Place, Tag) {
        let property = match dispatch {
            Dispatch::Discriminator(discriminator) => Some(discriminator.property.as_str()),
            Dispatch::Presence | Dispatch::JsonType | Dispatch::Order | Dispatch::Status => None,
        };
        let presence = property.map_or(Presence::Required, |property| {
            self.view.key_presence(&candidate.object, property)
        });
        let mut tag = Tag { values, holder: TagHolder::Object, presence, at: Vec::new() };
        // A union can write a discriminator only if it has one value.
        let own = property.filter(|_| tag.values.len() == 1);
        if let SchemaRef::Reference(_) = candidate.schema
            && candidate.ty == VariantType::Referenced
            && let Type::Named(place) = self.ty(candidate.schema, &candidate.at, &place)
        {
            // If the schema describes the discriminator, its object has a field for it.
            if own.is_some_and(|key| !candidate.object.properties.contains_key(key)) {
                tag.holder = TagHolder::Union;
            }
            return (place, tag);
        }
        let mut object = candidate.object;
        if let Some(property) = own {
            tag.holder = TagHolder::Union;
            let property = object.properties.remove(property);
            tag.at = property.map(|property| self.key_at(&property)).into_iter().collect();
        }
        if let Some((schema, _)) = self.view.resolve(candidate.schema, &candidate.at)
            && self.distributed(schema, &mut object, &place).is_none()
        {
            let kind = Kind::Struct(self.structure(object, &place));
            self.define(Described::of(&schema.schema_data), kind, &place);
        }
        (place, tag)
    }
}

impl<'a> View<'a, '_> {
    /// The properties that have fixed values in all variants; required ones first.
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

    /// The values of a discriminator for a variant that is itself a base of other schemas.
    fn tags_of_family(
        &self,
        candidate: &Candidate<'a>,
        name: &str,
    ) -> Option<(TagKind, Vec<String>)> {
        let base = self.component_name(candidate.schema)?;
        Some((TagKind::Text, self.family_tags(&base, name)?))
    }

    /// The values of a property, if they are fixed.
    fn tags(&self, object: &ObjectShape<'a>, name: &str) -> Option<(TagKind, Vec<String>)> {
        let property = object.properties.get(name)?;
        let (schema, _) = self.resolve(property.schema, &property.at)?;
        match Shape::of(schema) {
            Shape::String(text) if !text.values.is_empty() => {
                Some((TagKind::Text, text.values.iter().map(|text| (*text).to_owned()).collect()))
            }
            Shape::Boolean(values) if values.len() == 1 => {
                Some((TagKind::Boolean, values.iter().map(bool::to_string).collect()))
            }
            _ => None,
        }
    }

    /// Dispatch by the property of that name, if no two variants share a value of it.
    pub(super) fn key(&self, name: &str, candidates: &[Candidate<'a>]) -> Option<Key> {
        let tags = candidates.iter().map(|candidate| self.tags(&candidate.object, name));
        dispatch::by_values(name, tags.collect::<Option<_>>()?)
    }

    /// Two properties with one value each that together tell the variants apart. The one with more values is the outer one.
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

    /// The presence of the key in an object. If the object does not describe the key, the union always writes it.
    pub(super) fn key_presence(&self, object: &ObjectShape<'a>, name: &str) -> Presence {
        let property = object.properties.get(name);
        property.map_or(Presence::Required, |property| {
            self.presence(property.schema, object.required.contains(name))
        })
    }
}

/// The words of a variant: its first tag.
pub(super) fn word(dispatch: &Dispatch, tags: &[String]) -> String {
    let tag = tags.first().map(String::as_str).unwrap_or_default();
    match dispatch {
        Dispatch::Discriminator(Discriminator { property, kind: TagKind::Boolean, .. }) => {
            if tag == "true" { property.clone() } else { negated(property) }
        }
        _ => tag.to_owned(),
    }
}

/// `is_managed` → `is_not_managed`.
fn negated(words: &str) -> String {
    match words.strip_prefix("is_") {
        Some(rest) => format!("is_not_{rest}"),
        None => format!("not_{words}"),
    }
}
