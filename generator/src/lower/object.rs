//! Object schemas: collects the properties and constraints from all parts of a schema.

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

/// An object schema after its `allOf` parts have been merged.
#[derive(Clone, Default)]
pub(super) struct ObjectShape<'a> {
    pub(super) properties: BTreeMap<&'a str, Property<'a>>,
    pub(super) required: BTreeSet<&'a str>,
    /// `additionalProperties`, with its location.
    pub(super) additional: Option<Additional<'a>>,
    /// The `oneOf`s beside the properties. The object has to match one branch of each.
    pub(super) alternatives: Vec<Alternatives<'a>>,
    /// The parts of the schema that are not generated.
    pub(super) left_out: Omissions,
}

/// `additionalProperties`, with its location.
pub(super) type Additional<'a> = (&'a AdditionalProperties, Pointer);

/// The schema of a property, with its location.
#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) at: Pointer,
}

/// A `oneOf` that an object has to satisfy.
#[derive(Clone)]
pub(super) struct Alternatives<'a> {
    /// The schema that contains the `oneOf`, for its title, description and discriminator.
    pub(super) schema: &'a Schema,
    pub(super) branches: &'a [ReferenceOr<Schema>],
    pub(super) at: Pointer,
}

/// The schemas around the one that is being merged.
struct Context<'a> {
    /// The number of `allOf` and `anyOf` around it; 0 for the outermost schema.
    depth: usize,
    /// The schemas around it. A schema that is a part of itself adds nothing.
    within: Vec<&'a Schema>,
}

/// The maximum depth of `anyOf` within `anyOf`. The time multiplies by the number of branches at each level.
const DEEPEST_CHOICE: usize = 5;

impl<'a> View<'a, '_> {
    /// The merged object that a schema describes; `None` if it does not describe an object.
    pub(super) fn object_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let mut shape = ObjectShape::default();
        let mut context = Context { depth: 0, within: Vec::new() };
        self.add_to_shape(schema, at, &mut shape, &mut context).then_some(shape)
    }

    /// Like [`object_shape`](Self::object_shape), for a request body: each `oneOf` is a condition on the object, not a union.
    pub(super) fn conditions_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let mut shape = ObjectShape::default();
        let mut context = Context { depth: 1, within: Vec::new() };
        self.add_to_shape(schema, at, &mut shape, &mut context).then_some(shape)
    }

    /// Merges a branch of a union into `shape`. Returns whether the branch describes an object.
    pub(super) fn add_branch(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
    ) -> bool {
        self.add_to_shape(schema, at, shape, &mut Context { depth: 1, within: Vec::new() })
    }

    /// Merges `schema` into `shape`. Returns whether the schema describes an object.
    fn add_to_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        context: &mut Context<'a>,
    ) -> bool {
        self.combined(schema, &mut shape.left_out);
        let Some((schema, at)) = self.resolve(schema, at) else { return false };
        if context.within.iter().any(|outer| std::ptr::eq(*outer, schema)) {
            return false;
        }
        context.within.push(schema);
        let is_object = self.add_schema_to_shape(schema, &at, shape, context);
        context.within.pop();
        is_object
    }

    fn add_schema_to_shape(
        &self,
        schema: &'a Schema,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        context: &mut Context<'a>,
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
                    self.add_possible_parts(&any.any_of, &at.child("anyOf"), shape, context);
                }
                return self.add_parts(&any.all_of, at, shape, context);
            }
            (_, Shape::AllOf(parts)) => return self.add_parts(parts, at, shape, context),
            (_, Shape::OneOf(branches) | Shape::AnyOf(branches))
                if context.depth > 0 && self.is_of_children(at, branches) => {}
            (_, Shape::OneOf(branches)) => {
                // Alone, a `oneOf` is a union; beside properties, it is a condition on them.
                let depth = std::mem::take(&mut context.depth);
                let objects = branches.iter().enumerate().all(|(index, branch)| {
                    let at = at.child("oneOf").child(index);
                    self.add_to_shape(branch.into(), &at, &mut ObjectShape::default(), context)
                });
                context.depth = depth;
                shape.alternatives.push(Alternatives { schema, branches, at: at.child("oneOf") });
                return objects && depth > 0;
            }
            // A part of an `allOf` that restricts no type applies to the object of the other parts.
            (_, Shape::Any) if context.depth > 0 => {}
            // Alone, an `anyOf` may be a union; as a part, it adds optional properties.
            (_, Shape::AnyOf(branches)) if context.depth > 0 => {
                return self.add_possible_parts(branches, &at.child("anyOf"), shape, context);
            }
            _ => return false,
        }
        true
    }

    /// Merges the branches of an `anyOf`: their properties are optional unless all branches require them. Returns whether all
    /// branches describe objects.
    pub(super) fn add_possible(
        &self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
    ) -> bool {
        self.add_possible_parts(branches, at, shape, &mut Context { depth: 1, within: Vec::new() })
    }

    fn add_possible_parts(
        &self,
        branches: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        context: &mut Context<'a>,
    ) -> bool {
        if context.depth > DEEPEST_CHOICE {
            shape.left_out.whole(at, Reason::Condition);
            return true;
        }
        context.depth += 1;
        let mut are_objects = true;
        // A property that all branches require is required, whichever of them applies.
        let mut required: Option<BTreeSet<&str>> = None;
        for (index, branch) in branches.iter().enumerate() {
            let mut possible = ObjectShape::default();
            if self.add_to_shape(branch.into(), &at.child(index), &mut possible, context) {
                let others = std::mem::take(&mut possible.required);
                required = Some(required.map_or(others.clone(), |known| &known & &others));
                shape.add_possible(possible);
            } else {
                shape.left_out.whole(&at.child(index), Reason::Condition);
                are_objects = false;
            }
        }
        context.depth -= 1;
        if are_objects {
            shape.required.extend(required.into_iter().flatten());
        }
        are_objects
    }

    /// Merges `shapes` into one object, if they agree on the schemas of the properties that they share.
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

    /// Whether the branches of a union are the schemas that extend the schema with the union.
    fn is_of_children(&self, at: &Pointer, branches: &[ReferenceOr<Schema>]) -> bool {
        component_at(at).is_some_and(|name| self.inheritance.is_of_children(&name, branches))
    }

    fn add_parts(
        &self,
        parts: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        context: &mut Context<'a>,
    ) -> bool {
        let at = at.child("allOf");
        context.depth += 1;
        let are_objects = parts.iter().enumerate().all(|(index, part)| {
            let at = at.child(index);
            if let ReferenceOr::Item(part) = part
                && matches!(Shape::of(part), Shape::Any)
            {
                note_meaningless(part, &at, &mut shape.left_out);
                return true;
            }
            self.add_to_shape(part.into(), &at, shape, context)
        });
        context.depth -= 1;
        are_objects
    }
}

impl<'a> ObjectShape<'a> {
    /// Whether `additionalProperties` explicitly allows other properties.
    pub(super) fn is_open(&self) -> bool {
        let additional = self.additional.as_ref().map(|(additional, _)| additional);
        !matches!(additional, None | Some(AdditionalProperties::Any(false)))
    }

    /// Whether an object with other properties is valid.
    pub(super) fn openness(&self) -> Openness {
        match self.additional {
            Some((AdditionalProperties::Any(false), _)) => Openness::Closed,
            _ => Openness::Open,
        }
    }

    /// Adds the properties of a schema. They replace those of other parts with the same names.
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

    /// Adds a property, which replaces one of the same name.
    pub(super) fn replace(&mut self, key: &'a str, property: Property<'a>) {
        let at = property.at.clone();
        if let Some(earlier) = self.properties.insert(key, property).filter(|one| one.at != at) {
            self.left_out.whole(&earlier.at, Reason::Repeated);
        }
    }

    /// Sets `additionalProperties`, unless another part has set it.
    pub(super) fn add_additional(&mut self, additional: Option<Additional<'a>>) {
        match (&self.additional, additional) {
            (Some((_, known)), Some((_, at))) if *known != at => {
                self.left_out.whole(&at, Reason::Repeated);
            }
            (None, additional) => self.additional = additional,
            _ => {}
        }
    }

    /// Adds the properties of a shape that may apply as well, as optional ones.
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
    /// Records the constraints of an object that are not generated, after its properties are.
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
