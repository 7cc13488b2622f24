//! The JSON types of values, which distinguish many variants without looking into the values.

use std::collections::BTreeSet;

use openapiv3::Schema;

use super::shape::{SchemaRef, Shape, says_nothing};
use super::view::View;
use crate::document::Pointer;

/// A JSON type. Null is handled separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JsonKind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl JsonKind {
    const ALL: [Self; 5] = [Self::Boolean, Self::Number, Self::String, Self::Array, Self::Object];
}

impl<'a> View<'a, '_> {
    /// The JSON types that a schema allows; all of them if it does not restrict them.
    pub(super) fn kinds(&self, schema: SchemaRef<'a>, at: &Pointer) -> BTreeSet<JsonKind> {
        let mut kinds = BTreeSet::new();
        self.add_kinds(schema, at, &mut kinds, &mut Vec::new());
        kinds
    }

    fn add_kinds(
        &self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        kinds: &mut BTreeSet<JsonKind>,
        seen: &mut Vec<&'a Schema>,
    ) {
        let Some((schema, at)) = self.resolve(schema, at) else {
            kinds.extend(JsonKind::ALL);
            return;
        };
        if seen.iter().any(|other| std::ptr::eq(*other, schema)) {
            return;
        }
        seen.push(schema);
        match Shape::of(schema) {
            Shape::Boolean(_) => {
                kinds.insert(JsonKind::Boolean);
            }
            Shape::Integer(_) | Shape::Number => {
                kinds.insert(JsonKind::Number);
            }
            Shape::String(_) => {
                kinds.insert(JsonKind::String);
            }
            Shape::Scalar => {
                kinds.extend([JsonKind::Boolean, JsonKind::Number, JsonKind::String]);
            }
            Shape::Array(_) => {
                kinds.insert(JsonKind::Array);
            }
            Shape::Object => {
                kinds.insert(JsonKind::Object);
            }
            Shape::AllOf(parts) => {
                if self.object_shape(SchemaRef::Item(schema), &at).is_some() {
                    kinds.insert(JsonKind::Object);
                } else if let Some(part) = parts.iter().find(|part| !says_nothing(part)) {
                    self.add_kinds(part.into(), &at, kinds, seen);
                }
            }
            Shape::OneOf(variants) | Shape::AnyOf(variants) => {
                variants
                    .iter()
                    .for_each(|variant| self.add_kinds(variant.into(), &at, kinds, seen));
            }
            Shape::Any | Shape::Unsupported(_) => kinds.extend(JsonKind::ALL),
        }
    }
}
