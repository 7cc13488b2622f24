//! What a schema describes, whichever of the ways to say it the document chose.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use serde_json::Value;

use super::Lower;
use super::passed::note_meaningless;
use crate::count::{LeftOut, Reason};
use crate::document::Pointer;

/// A schema or a reference to one.
#[derive(Clone, Copy)]
pub(super) enum SchemaRef<'a> {
    Reference(&'a str),
    Item(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// What a schema describes.
pub(super) enum Shape<'a> {
    /// Anything.
    Any,
    Boolean(Vec<bool>),
    Integer,
    Number,
    String(Text<'a>),
    /// Values of which some are texts and some are not.
    Scalar,
    Array(Option<SchemaRef<'a>>),
    /// What [`Lower::object_shape`] tells more of.
    Object,
    OneOf(&'a [ReferenceOr<Schema>]),
    /// Like [`Shape::OneOf`], but a value may be more than one of them.
    AnyOf(&'a [ReferenceOr<Schema>]),
    /// Everything that its parts describe, which most often are objects.
    AllOf(&'a [ReferenceOr<Schema>]),
    /// Something that has no Rust yet; the keyword that says it.
    Unsupported(&'static str),
}

/// A string.
pub(super) struct Text<'a> {
    pub(super) format: Option<&'a str>,
    pub(super) values: Vec<&'a str>,
}

impl<'a> Shape<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        match &schema.schema_kind {
            SchemaKind::Type(described) => Self::of_type(described),
            SchemaKind::OneOf { one_of } => Self::OneOf(one_of),
            SchemaKind::AllOf { all_of } => Self::AllOf(all_of),
            SchemaKind::AnyOf { any_of } => Self::AnyOf(any_of),
            SchemaKind::Not { .. } => Self::Unsupported("not"),
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(described: &'a Type) -> Self {
        match described {
            Type::Boolean(boolean) => {
                Self::Boolean(boolean.enumeration.iter().flatten().copied().collect())
            }
            // Also those of an enum, which is open.
            Type::Integer(_) => Self::Integer,
            Type::Number(_) => Self::Number,
            Type::String(string) => Self::String(Text {
                format: match &string.format {
                    VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
                    VariantOrUnknownOrEmpty::Item(_) | VariantOrUnknownOrEmpty::Empty => None,
                },
                values: string.enumeration.iter().flatten().map(String::as_str).collect(),
            }),
            Type::Array(array) => Self::Array(array.items.as_ref().map(SchemaRef::from)),
            Type::Object(_) => Self::Object,
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        let is_object = match any.typ.as_deref() {
            Some(described) => described == "object",
            None => !any.properties.is_empty() || !any.required.is_empty(),
        };
        if is_object {
            return Self::Object;
        }
        let texts: Option<Vec<&str>> = any.enumeration.iter().map(|value| value.as_str()).collect();
        match any.typ.as_deref() {
            _ if !any.one_of.is_empty() => Self::OneOf(&any.one_of),
            _ if !any.all_of.is_empty() => Self::AllOf(&any.all_of),
            _ if !any.any_of.is_empty() => Self::AnyOf(&any.any_of),
            Some("boolean") => {
                Self::Boolean(any.enumeration.iter().filter_map(|value| value.as_bool()).collect())
            }
            Some("integer") => Self::Integer,
            Some("number") => Self::Number,
            Some("array") => Self::Array(any.items.as_ref().map(SchemaRef::from)),
            Some("string") => Self::String(Text {
                format: any.format.as_deref(),
                values: texts.unwrap_or_default(),
            }),
            None if any.enumeration.is_empty() && any.not.is_none() => Self::Any,
            None if any.enumeration.is_empty() => Self::Unsupported("not"),
            None => Self::of_values(&any.enumeration),
            Some(_) => Self::Unsupported("type"),
        }
    }

    /// What only its values describe. Null among them says nothing.
    fn of_values(values: &'a [Value]) -> Self {
        let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let all =
            |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
        let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
        if all(Value::is_string) {
            let values = values.iter().filter_map(|value| value.as_str()).collect();
            Self::String(Text { format: None, values })
        } else if all(Value::is_boolean) {
            Self::Boolean(values.iter().filter_map(|value| value.as_bool()).collect())
        } else if all(|value| value.is_i64() || value.is_u64()) {
            Self::Integer
        } else if all(Value::is_number) {
            Self::Number
        } else if all(is_scalar) {
            Self::Scalar
        } else {
            Self::Unsupported("enum")
        }
    }
}

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
    pub(super) left_out: LeftOut,
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

/// How many references may lead to each other before it is clear that they never end.
pub(super) const LONGEST_WAY: usize = 16;

/// How many levels of `anyOf` in `anyOf` are looked into: each takes as many times as long as it has branches.
const DEEPEST_CHOICE: usize = 5;

impl<'a> Lower<'a, '_> {
    /// The schema behind references, and where it stands; nothing if there is none.
    pub(super) fn resolve(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<(&'a Schema, Pointer)> {
        let (mut schema, mut at) = (schema, at.clone());
        for _ in 0..LONGEST_WAY {
            match schema {
                SchemaRef::Item(schema) => return Some((schema, at)),
                SchemaRef::Reference(reference) => {
                    (schema, at) = self.inner(reference)?;
                }
            }
        }
        None
    }

    /// The component schema that a reference names.
    pub(super) fn inner(&self, reference: &str) -> Option<(SchemaRef<'a>, Pointer)> {
        let (name, schema) = self.document.referenced(reference)?;
        Some((schema.into(), Pointer::root().join(["components", "schemas", &name])))
    }

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
                if !any.one_of.is_empty() {
                    shape.alternatives.push(Alternatives {
                        schema,
                        branches: &any.one_of,
                        at: at.child("oneOf"),
                    });
                }
                self.add_possible_parts(&any.any_of, &at.child("anyOf"), shape, way);
                return self.add_parts(&any.all_of, at, shape, way);
            }
            (_, Shape::AllOf(parts)) => return self.add_parts(parts, at, shape, way),
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
        for (index, branch) in branches.iter().enumerate() {
            let mut possible = ObjectShape::default();
            if self.add_to_shape(branch.into(), &at.child(index), &mut possible, way) {
                shape.add_possible(possible);
            } else {
                shape.left_out.whole(&at.child(index), Reason::Condition);
                are_objects = false;
            }
        }
        way.depth -= 1;
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

/// Whether a part of an `allOf` says nothing about the shape: it may be there for a description.
pub(super) fn says_nothing(part: &ReferenceOr<Schema>) -> bool {
    part.as_item().is_some_and(|schema| matches!(Shape::of(schema), Shape::Any))
}

fn additional<'a>(
    additional: Option<&'a AdditionalProperties>,
    at: &Pointer,
) -> Option<Additional<'a>> {
    additional.map(|additional| (additional, at.child("additionalProperties")))
}
