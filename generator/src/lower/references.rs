//! References: to component schemas and what is inline in them, to parameters, request bodies and responses.

use openapiv3::{
    Components, Parameter, ReferenceOr, RequestBody, Response, Schema, SchemaKind, Type,
};

use super::shape::{SchemaRef, Shape, says_nothing};
use super::skipped::Skipped;
use super::view::View;
use crate::count::{LeftOut, Reason};
use crate::document::Pointer;

/// A part of an operation that can stand among the components.
pub(super) trait Component: Sized {
    /// Where the components of this kind are.
    const KIND: &'static str;

    /// The component of that name.
    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>>;
}

macro_rules! components {
    ($($type:ident, $field:ident, $kind:literal;)+) => {$(
        impl Component for $type {
            const KIND: &'static str = $kind;

            fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
                components.$field.get(name)
            }
        }
    )+};
}

components! {
    Parameter, parameters, "parameters";
    RequestBody, request_bodies, "requestBodies";
    Response, responses, "responses";
}

/// How many references may lead to each other before it is clear that they never end.
const LONGEST_WAY: usize = 16;

impl<'a> View<'a, '_> {
    /// What stands behind references, and where.
    pub(super) fn component<T: Component>(
        &self,
        described: &'a ReferenceOr<T>,
        at: &Pointer,
    ) -> Result<(&'a T, Pointer), Skipped> {
        let (mut described, mut at) = (described, at.clone());
        for _ in 0..LONGEST_WAY {
            let reference = match described {
                ReferenceOr::Item(item) => return Ok((item, at)),
                ReferenceOr::Reference { reference } => reference,
            };
            let (kind, place) = (T::KIND, at.child("$ref"));
            let Some(name) = reference.strip_prefix(&format!("#/components/{kind}/")) else {
                let message = format!("cannot follow `{reference}`");
                return Err(Skipped::new(&place, "unsupported-ref", message));
            };
            let name = name.replace("~1", "/").replace("~0", "~");
            let components = self.document.api().components.as_ref();
            let next = components.and_then(|components| T::find(components, &name));
            described = next.ok_or_else(|| {
                let message = format!("there is nothing called `{name}` under `components/{kind}`");
                let help = "correct the name, or add it with an overlay";
                Skipped::new(&place, "missing-ref", message).help(help)
            })?;
            at = Pointer::root().join(["components", kind, &name]);
        }
        Err(Skipped::new(&at, "unsupported-ref", "these references lead to each other"))
    }

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

    /// What a reference names: a component schema, or what is inline in one.
    pub(super) fn inner(&self, reference: &str) -> Option<(SchemaRef<'a>, Pointer)> {
        let mut steps = reference.strip_prefix("#/components/schemas/")?.split('/');
        let read = |step: &str| step.replace("~1", "/").replace("~0", "~");
        let name = read(steps.next()?);
        let mut schema: SchemaRef<'a> = self.document.schema(&name)?.into();
        let mut at = Pointer::root().join(["components", "schemas", &name]);
        while let Some(keyword) = steps.next() {
            let SchemaRef::Item(outer) = schema else { return None };
            at = at.child(keyword);
            schema = match (Shape::of(outer), keyword) {
                (Shape::Array(items), "items") => items?,
                (Shape::Object, "properties") => {
                    let key = read(steps.next()?);
                    at = at.child(&key);
                    property(outer, &key)?
                }
                (Shape::AllOf(parts), "allOf")
                | (Shape::OneOf(parts), "oneOf")
                | (Shape::AnyOf(parts), "anyOf") => {
                    let index: usize = steps.next()?.parse().ok()?;
                    at = at.child(index);
                    parts.get(index)?.into()
                }
                _ => return None,
            };
        }
        Some((schema, at))
    }

    /// The name of the component schema that a schema stands for, behind references and descriptions of them.
    pub(super) fn component_name(&self, mut schema: SchemaRef<'a>) -> Option<String> {
        let mut found = None;
        for _ in 0..LONGEST_WAY {
            match schema {
                SchemaRef::Reference(reference) => {
                    let (next, at) = self.inner(reference)?;
                    let steps: Vec<String> = at.steps().collect();
                    found = <[String; 3]>::try_from(steps).ok().map(|[_, _, name]| name);
                    schema = next;
                }
                SchemaRef::Item(outer) => {
                    let Shape::AllOf(parts) = Shape::of(outer) else { return found };
                    let mut parts = parts.iter().filter(|part| !says_nothing(part));
                    match (parts.next(), parts.next()) {
                        (Some(only), None) => schema = only.into(),
                        _ => return found,
                    }
                }
            }
        }
        None
    }

    /// Notes that what a reference leads to becomes part of what refers to it.
    pub(super) fn combined(&self, mut schema: SchemaRef<'a>, left_out: &mut LeftOut) {
        for _ in 0..LONGEST_WAY {
            let SchemaRef::Reference(reference) = schema else { return };
            let Some((next, at)) = self.inner(reference) else { return };
            left_out.itself(&at, Reason::Combined);
            schema = next;
        }
    }
}

fn property<'a>(schema: &'a Schema, key: &str) -> Option<SchemaRef<'a>> {
    let properties = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => &object.properties,
        SchemaKind::Any(any) => &any.properties,
        _ => return None,
    };
    properties.get(key).map(SchemaRef::from)
}
