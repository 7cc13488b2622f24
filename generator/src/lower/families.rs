//! Families: a base schema with a discriminator, and the schemas that extend it, as one union.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::dispatch::{self, Candidate, Key, VariantType};
use super::docs::Described;
use super::extensions::Extensions;
use super::ignored_keywords::note_meaningless;
use super::inheritance::{component_of, target_name};
use super::shape::{SchemaRef, Shape};
use super::tagged::word;
use super::types::Types;
use super::unions::Keyword;
use super::view::View;
use crate::api::{
    Conversion, Docs, Kind, Name, Place, Reason, Root, Step, Tag, TagHolder, TagKind, Type, Union,
    Variant, VariantName, words,
};
use crate::document::Pointer;

/// A base schema and the schemas that extend it.
struct Family<'a> {
    /// The discriminator.
    property: &'a str,
    members: Vec<Member<'a>>,
}

/// A schema of a family.
struct Member<'a> {
    candidate: Candidate<'a>,
    tags: Vec<String>,
    role: Role,
}

/// The role of a schema in a family.
enum Role {
    /// A schema that nothing extends.
    Child,
    /// The base itself.
    Base,
    /// The base of an inner family, by its name.
    InnerBase(String),
}

impl<'a> Types<'a, '_> {
    /// The type of a component schema that others extend, if a discriminator or its own `oneOf` tells them apart.
    pub(super) fn family(&mut self, name: &str, schema: &'a Schema, place: &Place) -> Option<Type> {
        let at = Pointer::root().join(["components", "schemas", name]);
        let Some(family) = self.view.family(name) else {
            let (keyword, children) = self.view.union_of_children(name, schema)?;
            note_meaningless(schema, &at, &mut self.report.left_out);
            let ty = self.several(schema, keyword, children, &at, place);
            if !matches!(ty, Type::Named(_)) {
                // One of the children allows any value, so no variant has the properties of the base.
                self.report.left_out.whole(&at.child("properties"), Reason::Meaningless);
            }
            return Some(ty);
        };
        note_meaningless(schema, &at, &mut self.report.left_out);
        let described = Described::of(&schema.schema_data);
        let tags = family.members.iter().map(|member| (TagKind::Text, member.tags.clone()));
        let Some(key) = dispatch::by_values(family.property, tags.collect()) else {
            let candidates = family.members.into_iter().map(|member| member.candidate).collect();
            return Some(self.in_order(schema, &at, candidates, described, place));
        };
        let members = family.members.into_iter();
        let variants = members.map(|member| self.member(&key, member, place)).collect();
        let union = Union { dispatch: key.dispatch.clone(), variants, shared: Vec::new() };
        Some(self.define(described, Kind::Union(union), place))
    }

    fn member(&mut self, key: &Key, member: Member<'a>, place: &Place) -> Variant {
        let Member { candidate, tags, role } = member;
        let word = word(&key.dispatch, &tags);
        let docs = candidate.docs.clone();
        let (ty, tag) = match role {
            Role::Child => return self.variant(key, candidate, tags, place),
            Role::Base => self.variant_type(&key.dispatch, candidate, tags, base_place(place)),
            Role::InnerBase(name) => {
                // Defines the inner family, whose union is the type.
                self.ty(candidate.schema, &candidate.at, place);
                let holder = if tags.len() == 1 { TagHolder::Union } else { TagHolder::Object };
                let property = key.property().unwrap_or_default();
                let presence = self.view.key_presence(&candidate.object, property);
                let tag = Tag { values: tags, holder, presence, at: Vec::new() };
                (base_place(&Place::schema(&name)), tag)
            }
        };
        let (name, conversion) = (VariantName::new(&word), Conversion::Named);
        Variant { word, name, ty: Type::Named(ty), tag, conversion, docs }
    }
}

/// The place of the type of the base itself. The union has the name of the base.
fn base_place(place: &Place) -> Place {
    let name = match &place.root {
        Root::Schema(name) => name.as_str(),
        Root::Operation { .. } => "",
    };
    place.inside(Step::Variant(format!("{name}_base")))
}

impl<'a> View<'a, '_> {
    /// Whether a value of this component schema may be one of several schemas that extend it.
    pub(super) fn is_polymorphic(&self, name: &str) -> bool {
        let schema = self.document.schema(name).and_then(ReferenceOr::as_item);
        self.family(name).is_some()
            || schema.is_some_and(|schema| self.union_of_children(name, schema).is_some())
    }

    /// References to the schemas that a value of the component schema can have; `None` if it can only have the schema itself.
    pub(super) fn members(&self, name: &str) -> Option<Vec<(SchemaRef<'a>, Pointer)>> {
        let members = self.family(name)?.members.into_iter();
        Some(members.map(|member| (member.candidate.schema, member.candidate.at)).collect())
    }

    /// The tags of all schemas of a family.
    pub(super) fn family_tags(&self, name: &str, property: &str) -> Option<Vec<String>> {
        let family = self.family(name).filter(|family| family.property == property)?;
        Some(family.members.into_iter().flat_map(|member| member.tags).collect())
    }

    /// Whether a component schema extends a base with a discriminator.
    pub(super) fn is_member(&self, name: &str) -> bool {
        self.inheritance.parents(name).any(|parent| self.discriminator_of(parent).is_some())
    }

    /// The family of a base; `None` if the schema is not a base.
    fn family(&self, name: &str) -> Option<Family<'a>> {
        let discriminator = self.discriminator_of(name)?;
        let property = discriminator.property_name.as_str();
        let names = self.descendants(name, property);
        if names.is_empty() {
            return None;
        }
        let members = names.iter().filter_map(|member| self.member_of(name, member, property));
        let mut members: Vec<Member<'a>> = members.collect();
        members.extend(self.base(name, property));
        Some(Family { property, members })
    }

    fn member_of(&self, base: &str, name: &str, property: &str) -> Option<Member<'a>> {
        let schema = self.inheritance.reference(name)?;
        let at = Pointer::root().join(["components", "schemas", name]);
        let object = self.object_shape(schema, &at)?;
        let inner = self.discriminator_of(name).is_some_and(|inner| {
            inner.property_name == property && !self.descendants(name, property).is_empty()
        });
        let tags = self.tags_of(base, name, property);
        let candidate =
            Candidate { schema, object, docs: Docs::default(), at, ty: VariantType::Referenced };
        let role = if inner { Role::InnerBase(name.to_owned()) } else { Role::Child };
        (!tags.is_empty()).then_some(Member { candidate, tags, role })
    }

    /// The base itself, which is the last of its family.
    fn base(&self, name: &str, property: &str) -> Option<Member<'a>> {
        let schema = self.document.schema(name)?.as_item()?;
        let tags = self.tags_of(name, name, property);
        let at = Pointer::root().join(["components", "schemas", name]);
        let object = self.object_shape(SchemaRef::Item(schema), &at)?;
        let (docs, ty) = (Docs::default(), VariantType::Own);
        let candidate = Candidate { schema: SchemaRef::Item(schema), object, docs, at, ty };
        (!tags.is_empty()).then_some(Member { candidate, tags, role: Role::Base })
    }

    /// The discriminator of a base: its own, or that of a schema that it extends.
    fn discriminator_of(&self, name: &str) -> Option<&'a openapiv3::Discriminator> {
        let lineage = self.inheritance.lineage(name);
        lineage.into_iter().find_map(|name| self.own_discriminator(name))
    }

    /// The discriminator of a schema that is not itself a union.
    fn own_discriminator(&self, name: &str) -> Option<&'a openapiv3::Discriminator> {
        let schema = self.document.schema(name)?.as_item()?;
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let is_union = [Keyword::OneOf, Keyword::AnyOf].into_iter().any(|keyword| {
            let branches = keyword.branches(schema);
            !branches.is_empty() && !self.inheritance.is_of_children(name, branches)
        });
        (!is_union).then_some(discriminator)
    }

    /// The `oneOf` or `anyOf` of a schema whose branches extend the schema.
    fn union_of_children(
        &self,
        name: &str,
        schema: &'a Schema,
    ) -> Option<(Keyword, &'a [ReferenceOr<Schema>])> {
        let keywords = [Keyword::OneOf, Keyword::AnyOf].into_iter();
        let mut unions = keywords.map(|keyword| (keyword, keyword.branches(schema)));
        unions.find(|(_, branches)| self.inheritance.is_of_children(name, branches))
    }

    /// The schemas that extend a base, and those in the mapping of its discriminator: the branches of its own union first, then
    /// the others by name.
    fn descendants(&self, base: &str, property: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.add_descendants(base, property, &mut BTreeSet::from([base.to_owned()]), &mut found);
        found
    }

    fn add_descendants(
        &self,
        base: &str,
        property: &str,
        seen: &mut BTreeSet<String>,
        found: &mut Vec<String>,
    ) {
        let Some(schema) = self.document.schema(base).and_then(ReferenceOr::as_item) else {
            return;
        };
        let own = self.own_discriminator(base);
        if own.is_some_and(|own| own.property_name != property) {
            // Another property tells this schema apart from its own children.
            return;
        }
        let branches = self.union_of_children(base, schema).map(|(_, branches)| branches);
        let mut names: Vec<String> =
            branches.into_iter().flatten().filter_map(component_of).collect();
        let mapped: BTreeSet<String> = own
            .into_iter()
            .flat_map(|own| own.mapping.values())
            .map(|target| target_name(target))
            .filter(|name| self.document.schema(name).is_some())
            .collect();
        let children = self.inheritance.children(base).map(str::to_owned);
        names.extend(
            children.filter(|name| !self.is_left_out(name)).chain(mapped).collect::<BTreeSet<_>>(),
        );
        for name in names {
            if seen.insert(name.clone()) {
                found.push(name.clone());
                self.add_descendants(&name, property, seen, found);
            }
        }
    }

    fn is_left_out(&self, name: &str) -> bool {
        let schema = self.document.schema(name).and_then(ReferenceOr::as_item);
        !self.options.undocumented
            && schema
                .is_some_and(|schema| Extensions(&schema.schema_data.extensions).undocumented())
    }

    /// The values of the discriminator for a schema of the family of `base`.
    fn tags_of(&self, base: &str, name: &str, property: &str) -> Vec<String> {
        let Some(schema) = self.document.schema(name).and_then(ReferenceOr::as_item) else {
            return Vec::new();
        };
        let (own, known) = self.values_of(name, schema, property);
        let descendants = self.descendants(name, property);
        if let Some(values) = own.filter(|_| descendants.is_empty()) {
            return values;
        }
        let mut lineage = self.inheritance.lineage(name);
        lineage.push(base);
        let discriminators = lineage.into_iter().filter_map(|name| self.own_discriminator(name));
        let mappings = discriminators
            .filter(|one| one.property_name == property)
            .flat_map(|one| &one.mapping)
            .filter(|(_, target)| target_name(target) == name);
        let mut tags: Vec<String> = Vec::new();
        for (tag, _) in mappings {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        // The order of a mapping has no meaning, and the first tag names the variant.
        tags.sort_unstable();
        tags.extend(Extensions(&schema.schema_data.extensions).discriminator_value());
        if !tags.is_empty() || self.union_of_children(name, schema).is_some() {
            return tags;
        }
        let Some(known) = known else { return vec![name.to_owned()] };
        if !descendants.is_empty() {
            // Only values that no other schema has.
            let mut rest = known;
            for other in descendants {
                let taken = self.tags_of(base, &other, property);
                rest.retain(|value| !taken.contains(value));
            }
            return rest;
        }
        let mut alike = known.into_iter().filter(|value| words(value) == words(name));
        vec![alike.next().unwrap_or_else(|| name.to_owned())]
    }

    /// The values of a property: those in the schema itself, and those in any of its parts.
    fn values_of(
        &self,
        name: &str,
        schema: &'a Schema,
        property: &str,
    ) -> (Option<Vec<String>>, Option<Vec<String>>) {
        let at = Pointer::root().join(["components", "schemas", name]);
        let object = self.object_shape(SchemaRef::Item(schema), &at);
        let Some(found) = object.and_then(|mut object| object.properties.remove(property)) else {
            return (None, None);
        };
        let values = self.resolve(found.schema, &found.at).and_then(|(schema, _)| {
            let Shape::String(text) = Shape::of(schema) else { return None };
            let values: Vec<String> = text.values.iter().map(|text| (*text).to_owned()).collect();
            (!values.is_empty()).then_some(values)
        });
        let own = found.at.as_str().starts_with(&format!("{}/", at.as_str()));
        (values.clone().filter(|_| own), values)
    }
}
