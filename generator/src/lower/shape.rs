//! What a schema describes, whichever of the ways to say it the document chose.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use super::Lower;
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
    Array(Option<SchemaRef<'a>>),
    /// What [`Lower::object_shape`] tells more of.
    Object,
    OneOf(&'a [ReferenceOr<Schema>]),
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
            SchemaKind::AnyOf { .. } => Self::Unsupported("anyOf"),
            SchemaKind::Not { .. } => Self::Unsupported("not"),
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(described: &'a Type) -> Self {
        match described {
            Type::Boolean(boolean) => {
                Self::Boolean(boolean.enumeration.iter().flatten().copied().collect())
            }
            Type::Integer(integer) if integer.enumeration.is_empty() => Self::Integer,
            Type::Number(number) if number.enumeration.is_empty() => Self::Number,
            Type::Integer(_) | Type::Number(_) => Self::Unsupported("enum"),
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
        if !any.any_of.is_empty() {
            return Self::Unsupported("anyOf");
        }
        if any.not.is_some() {
            return Self::Unsupported("not");
        }
        if is_object {
            return Self::Object;
        }
        match any.typ.as_deref() {
            _ if !any.one_of.is_empty() => Self::OneOf(&any.one_of),
            _ if !any.all_of.is_empty() => Self::AllOf(&any.all_of),
            _ if !any.enumeration.is_empty() => Self::Unsupported("enum"),
            None => Self::Any,
            Some(_) => Self::Unsupported("type"),
        }
    }
}

/// An object, with everything that the parts of an `allOf` say about it.
#[derive(Clone, Default)]
pub(super) struct ObjectShape<'a> {
    pub(super) properties: BTreeMap<&'a str, Property<'a>>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) additional: Option<&'a AdditionalProperties>,
    /// Conditions on the object, of each of which one branch holds.
    pub(super) alternatives: Vec<Alternatives<'a>>,
}

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

/// How many references may lead to each other before it is clear that they never end.
const LONGEST_WAY: usize = 16;

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
                    let name = reference.strip_prefix("#/components/schemas/")?;
                    schema = self.document.schema(name)?.into();
                    at = Pointer::root().join(["components", "schemas", name]);
                }
            }
        }
        None
    }

    /// What is known of the object that a schema describes; nothing if it is no object.
    pub(super) fn object_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let mut shape = ObjectShape::default();
        self.add_to_shape(schema, at, &mut shape, 0).then_some(shape)
    }

    /// The same for what a request sends, in which a `oneOf` is always a condition.
    pub(super) fn conditions_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let mut shape = ObjectShape::default();
        self.add_to_shape(schema, at, &mut shape, 1).then_some(shape)
    }

    /// Adds what `schema` says to `shape`. Says whether it is about objects.
    fn add_to_shape(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        depth: usize,
    ) -> bool {
        let Some((schema, at)) = self.resolve(schema, at) else { return false };
        if depth > LONGEST_WAY {
            return false;
        }
        match (&schema.schema_kind, Shape::of(schema)) {
            (SchemaKind::Type(Type::Object(object)), _) => {
                add_properties(&object.properties, &object.required, &at, shape);
                shape.additional = shape.additional.or(object.additional_properties.as_ref());
            }
            (SchemaKind::Any(any), Shape::Object) => {
                add_properties(&any.properties, &any.required, &at, shape);
                shape.additional = shape.additional.or(any.additional_properties.as_ref());
                if !any.one_of.is_empty() {
                    shape.alternatives.push(Alternatives {
                        schema,
                        branches: &any.one_of,
                        at: at.child("oneOf"),
                    });
                }
                return self.add_parts(&any.all_of, &at, shape, depth);
            }
            (_, Shape::AllOf(parts)) => return self.add_parts(parts, &at, shape, depth),
            (_, Shape::OneOf(branches)) => {
                // Alone it is a union, beside properties it is a condition on them.
                let objects = branches.iter().enumerate().all(|(index, branch)| {
                    let at = at.child("oneOf").child(index);
                    self.object_shape(branch.into(), &at).is_some()
                });
                shape.alternatives.push(Alternatives { schema, branches, at: at.child("oneOf") });
                return objects && depth > 0;
            }
            _ => return false,
        }
        true
    }

    fn add_parts(
        &self,
        parts: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        shape: &mut ObjectShape<'a>,
        depth: usize,
    ) -> bool {
        let at = at.child("allOf");
        parts
            .iter()
            .enumerate()
            .all(|(index, part)| self.add_to_shape(part.into(), &at.child(index), shape, depth + 1))
    }
}

fn add_properties<'a>(
    properties: &'a indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
    required: &'a [String],
    at: &Pointer,
    shape: &mut ObjectShape<'a>,
) {
    let at = at.child("properties");
    for (key, schema) in properties {
        let property = Property { schema: schema.into(), at: at.child(key) };
        shape.properties.insert(key, property);
    }
    shape.required.extend(required.iter().map(String::as_str));
}
