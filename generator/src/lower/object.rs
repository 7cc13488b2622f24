//! Objects: what all parts of a schema say about one.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaKind, Type};

use super::ignored_keywords::note_meaningless;
use super::inheritance::component_at;
use super::report::Report;
use super::shape::{SchemaRef, Shape};
use super::view::View;
use crate::api::Openness;
use crate::api::{Omissions, Reason};
use crate::document::Pointer;

/// An object, with everything that the parts of an `allOf` say about it.
#[derive(Clone, Default)]
pub(super) struct ObjectShape<'a> {
    pub(super) properties: BTreeMap<&'a str, Property<'a>>,
    pub(super) required: BTreeSet<&'a str>,
    /// What it may have besides, and where that is said.
    pub(super) additional: Option<Additional<'a>>,
    /// Conditions on the object, of each of which one branch holds.
    pub(super) alternatives: Vec<Alternatives<'a>>,
    /// What of it was passed over.
    pub(super) left_out: Omissions,
}

/// What the properties are that a document does not name, and where it says that.
pub(super) type Additional<'a> = (&'a AdditionalProperties, Pointer);

/// A property, and where it stands.
#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) at: Pointer,
}

/// A `oneOf` that an object has to meet.
#[derive(Clone)]
pub(super) struct Alternatives<'a> {
    /// The schema that holds it, for its title, description and discriminator.
    pub(super) schema: &'a Schema,
    pub(super) branches: &'a [ReferenceOr<Schema>],
    pub(super) at: Pointer,
}

/// How a schema was come to.
struct Way<'a> {
    /// How many `allOf` and `anyOf` it stands in; on its own it stands in none.
    depth: usize,
    /// The schemas around it. One that contains itself in this way describes nothing.
    within: Vec<&'a Schema>,
}

/// How many levels of `anyOf` in `anyOf` are looked into: each takes as many times as long as it has branches.
const DEEPEST_CHOICE: usize = 5;

impl<'a> View<'a, '_> {
    /// What is known of the object that a schema describes; nothing if it is no object.
    pub(super) fn object_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let mut shape = ObjectShape::default();
        let mut way = Way { depth: 0, within: Vec::new() };
        self.add_to_shape(schema, at, &mut shape, &mut way).then_some(shape)
    }

    /// The same for what a request sends, in which a `oneOf` is always a condition.
    pub(super) fn conditions_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let mut shape = ObjectShape::default();
        let mut way = Way { depth: 1, within: Vec::new() };
        self.add_to_shape(schema, at, &mut shape, &mut way).then_some(shape)
    }

    /// Adds what a branch says to an object. Says whether it is about objects.
    pub(super) fn add_branch(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
    ) -> bool {
        self.add_to_shape(schema, at, shape, &mut Way { depth: 1, within: Vec::new() })
    }

    /// Adds what `schema` says to `shape`. Says whether it is about objects.
    fn add_to_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        way: &mut Way<'a>,
    ) -> bool {
        self.combined(schema, &mut shape.left_out);
        let Some((schema, at)) = self.resolve(schema, at) else { return false };
        if way.within.iter().any(|outer| std::ptr::eq(*outer, schema)) {
            return false;
        }
        way.within.push(schema);
        let is_object = self.add_schema_to_shape(schema, &at, shape, way);
        way.within.pop();
        is_object
    }

    fn add_schema_to_shape(
        &self,
        schema: &'a Schema,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        way: &mut Way<'a>,
    ) -> bool {
        note_meaningless(schema, at, &mut shape.left_out);
        match (&schema.schema_kind, Shape::of(schema)) {
            (SchemaKind::Type(Type::Object(object)), _) => {
                shape.add_properties(&object.properties, &object.required, at);
                shape.add_additional(additional(object.additional_properties.as_ref(), at));
            }
            (SchemaKind::Any(any), Shape::Object) => {
                shape.add_properties(&any.properties, &any.required, at);
                shape.add_additional(additional(any.additional_properties.as_ref(), at));
                if !any.one_of.is_empty() && !self.is_of_children(at, &any.one_of) {
                    shape.alternatives.push(Alternatives {
                        schema,
                        branches: &any.one_of,
                        at: at.child("oneOf"),
                    });
                }
                if !self.is_of_children(at, &any.any_of) {
                    self.add_possible_parts(&any.any_of, &at.child("anyOf"), shape, way);
                }
                return self.add_parts(&any.all_of, at, shape, way);
            }
            (_, Shape::AllOf(parts)) => return self.add_parts(parts, at, shape, way),
            (_, Shape::OneOf(branches) | Shape::AnyOf(branches))
                if way.depth > 0 && self.is_of_children(at, branches) => {}
            (_, Shape::OneOf(branches)) => {
                // Alone it is a union, beside properties it is a condition on them.
                let depth = std::mem::take(&mut way.depth);
                let objects = branches.iter().enumerate().all(|(index, branch)| {
                    let at = at.child("oneOf").child(index);
                    self.add_to_shape(branch.into(), &at, &mut ObjectShape::default(), way)
                });
                way.depth = depth;
                shape.alternatives.push(Alternatives { schema, branches, at: at.child("oneOf") });
                return objects && depth > 0;
            }
            // As a part, what says nothing about the shape is about objects like the others.
            (_, Shape::Any) if way.depth > 0 => {}
            // Alone it may be a union; as a part it says what there may be.
            (_, Shape::AnyOf(branches)) if way.depth > 0 => {
                return self.add_possible_parts(branches, &at.child("anyOf"), shape, way);
            }
            _ => return false,
        }
        true
    }

    /// Adds the properties of schemas of which any may hold. None of them has to be there. Says whether all are objects.
    pub(super) fn add_possible(
        &self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
    ) -> bool {
        self.add_possible_parts(branches, at, shape, &mut Way { depth: 1, within: Vec::new() })
    }

    fn add_possible_parts(
        &self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        way: &mut Way<'a>,
    ) -> bool {
        if way.depth > DEEPEST_CHOICE {
            shape.left_out.whole(at, Reason::Condition);
            return true;
        }
        way.depth += 1;
        let mut are_objects = true;
        // What each branch requires has to be there, whichever of them holds.
        let mut required: Option<BTreeSet<&str>> = None;
        for (index, branch) in branches.iter().enumerate() {
            let mut possible = ObjectShape::default();
            if self.add_to_shape(branch.into(), &at.child(index), &mut possible, way) {
                let others = std::mem::take(&mut possible.required);
                required = Some(required.map_or(others.clone(), |known| &known & &others));
                shape.add_possible(possible);
            } else {
                shape.left_out.whole(&at.child(index), Reason::Condition);
                are_objects = false;
            }
        }
        way.depth -= 1;
        if are_objects {
            shape.required.extend(required.into_iter().flatten());
        }
        are_objects
    }

    /// One object with the properties of all `shapes`, if they agree on those that they share.
    pub(super) fn merged(
        &self,
        shapes: impl IntoIterator<Item = ObjectShape<'a>>,
    ) -> Option<ObjectShape<'a>> {
        let mut shapes = shapes.into_iter();
        let mut merged = shapes.next()?;
        for mut shape in shapes {
            merged.required.retain(|key| shape.required.contains(key));
            let value = |property: &Property<'a>| self.document.value(&property.at);
            let agrees = |(key, property): (&&str, &Property<'a>)| {
                merged.properties.get(key).is_none_or(|other| value(other) == value(property))
            };
            if !shape.properties.iter().all(agrees) {
                return None;
            }
            merged.add_additional(shape.additional.take());
            merged.add_possible(shape);
        }
        Some(merged)
    }

    /// Whether the branches of a union are the schemas that extend the one that has it.
    fn is_of_children(&self, at: &Pointer, branches: &[ReferenceOr<Schema>]) -> bool {
        component_at(at).is_some_and(|name| self.inheritance.is_of_children(&name, branches))
    }

    fn add_parts(
        &self,
        parts: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        way: &mut Way<'a>,
    ) -> bool {
        let at = at.child("allOf");
        way.depth += 1;
        let are_objects = parts.iter().enumerate().all(|(index, part)| {
            let at = at.child(index);
            if let ReferenceOr::Item(part) = part
                && matches!(Shape::of(part), Shape::Any)
            {
                note_meaningless(part, &at, &mut shape.left_out);
                return true;
            }
            self.add_to_shape(part.into(), &at, shape, way)
        });
        way.depth -= 1;
        are_objects
    }
}

impl<'a> ObjectShape<'a> {
    /// Whether there may be properties that the document does not name.
    pub(super) fn is_open(&self) -> bool {
        let additional = self.additional.as_ref().map(|(additional, _)| additional);
        !matches!(additional, None | Some(AdditionalProperties::Any(false)))
    }

    /// Whether an object with other properties is one of these.
    pub(super) fn openness(&self) -> Openness {
        match self.additional {
            Some((AdditionalProperties::Any(false), _)) => Openness::Closed,
            _ => Openness::Open,
        }
    }

    /// Adds what a schema says; it replaces what another part says about the same property.
    pub(super) fn add_properties(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        at: &Pointer,
    ) {
        let at = at.child("properties");
        for (key, schema) in properties {
            self.replace(key, Property { schema: schema.into(), at: at.child(key) });
        }
        self.required.extend(required.iter().map(String::as_str));
    }

    /// Adds a property in the place of what was known of it.
    pub(super) fn replace(&mut self, key: &'a str, property: Property<'a>) {
        let at = property.at.clone();
        if let Some(earlier) = self.properties.insert(key, property).filter(|one| one.at != at) {
            self.left_out.whole(&earlier.at, Reason::Repeated);
        }
    }

    /// Adds what a schema says about further properties, unless that is known.
    pub(super) fn add_additional(&mut self, additional: Option<Additional<'a>>) {
        match (&self.additional, additional) {
            (Some((_, known)), Some((_, at))) if *known != at => {
                self.left_out.whole(&at, Reason::Repeated);
            }
            (None, additional) => self.additional = additional,
            _ => {}
        }
    }

    /// Adds what there is if another shape holds as well; nothing of that has to be there.
    pub(super) fn add_possible(&mut self, other: Self) {
        for (key, property) in other.properties {
            let known = self.properties.entry(key).or_insert_with(|| property.clone());
            if known.at != property.at {
                self.left_out.whole(&property.at, Reason::Repeated);
            }
        }
        for alternatives in &other.alternatives {
            self.left_out.whole(&alternatives.at, Reason::Condition);
        }
        if let Some((_, at)) = other.additional {
            self.left_out.whole(&at, Reason::OtherKeys);
        }
        self.left_out.append(other.left_out);
    }
}

impl Report<'_, '_> {
    /// Notes what is left of an object whose properties have a place in Rust now.
    pub(super) fn settle(&mut self, object: &mut ObjectShape<'_>) {
        for alternatives in std::mem::take(&mut object.alternatives) {
            self.left_out.whole(&alternatives.at, Reason::Condition);
        }
        if let Some((_, at)) = object.additional.take() {
            self.left_out.whole(&at, Reason::OtherKeys);
        }
        self.left_out.append(std::mem::take(&mut object.left_out));
    }
}

fn additional<'a>(
    additional: Option<&'a AdditionalProperties>,
    at: &Pointer,
) -> Option<Additional<'a>> {
    additional.map(|additional| (additional, at.child("additionalProperties")))
}
