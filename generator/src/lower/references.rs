//! References to components.

use openapiv3::{Components, Parameter, ReferenceOr, RequestBody, Response, Schema};

use super::shape::{SchemaRef, Shape, says_nothing};
use super::skipped::Skipped;
use super::view::View;
use crate::api::{Omissions, Reason};
use crate::document::{Pointer, component_name};

/// A part of an operation that can be a component.
pub(super) trait Component: Sized {
    /// The section of the components of this kind.
    const KIND: &'static str;

    /// The component with this name.
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

/// The maximum length of a chain of references. A longer one is circular.
const LONGEST_WAY: usize = 16;

impl<'a> View<'a, '_> {
    /// Resolves references. Returns the component and its place.
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
            let components = self.document.api().components.as_ref();
            let name = component_name(reference, T::KIND);
            let found = name.and_then(|name| Some((T::find(components?, &name)?, name)));
            let Some((next, name)) = found else {
                return Err(self.document.dangling(&at.child("$ref"), reference).into());
            };
            described = next;
            at = Pointer::root().join(["components", T::KIND, &name]);
        }
        Err(self.unsupported(&at, "unsupported-ref", "these references lead to each other"))
    }

    /// Resolves references to a schema. Returns it with its place, or `None` if it does not exist.
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

    /// The name of the component schema that a reference refers to.
    fn inner(&self, reference: &str) -> Option<(SchemaRef<'a>, Pointer)> {
        let (name, schema) = self.document.referenced(reference)?;
        Some((schema.into(), Pointer::root().join(["components", "schemas", &name])))
    }

    /// The name of the component schema that a schema stands for, also if it only adds a description to a reference.
    pub(super) fn component_name(&self, mut schema: SchemaRef<'a>) -> Option<String> {
        let mut found = None;
        for _ in 0..LONGEST_WAY {
            match schema {
                SchemaRef::Reference(reference) => {
                    let (name, next) = self.document.referenced(reference)?;
                    (schema, found) = (next.into(), Some(name));
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

    /// Records that the target of a reference becomes part of the schema that refers to it.
    pub(super) fn combined(&self, mut schema: SchemaRef<'a>, left_out: &mut Omissions) {
        for _ in 0..LONGEST_WAY {
            let SchemaRef::Reference(reference) = schema else { return };
            let Some((next, at)) = self.inner(reference) else { return };
            left_out.itself(&at, Reason::Combined);
            schema = next;
        }
    }
}
