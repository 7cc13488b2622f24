//! Keywords that have no effect beside the other keywords of their schema.

use openapiv3::{Schema, SchemaKind};

use super::shape::Shape;
use crate::api::{Omissions, Reason};
use crate::document::Pointer;

/// Records the keywords with schemas that are ignored, because other keywords determine the type.
pub(super) fn note_meaningless(schema: &Schema, at: &Pointer, left_out: &mut Omissions) {
    if let SchemaKind::Not { .. } = &schema.schema_kind {
        left_out.whole(&at.child("not"), Reason::Condition);
    }
    let SchemaKind::Any(any) = &schema.schema_kind else { return };
    let telling: &[&str] = match Shape::of(schema) {
        Shape::Object => &["properties", "additionalProperties", "allOf", "anyOf", "oneOf"],
        Shape::Array(_) => &["items"],
        Shape::OneOf(_) => &["oneOf"],
        Shape::AnyOf(_) => &["anyOf"],
        Shape::AllOf(_) => &["allOf"],
        _ => &[],
    };
    let said = [
        ("properties", !any.properties.is_empty()),
        ("additionalProperties", any.additional_properties.is_some()),
        ("items", any.items.is_some()),
        ("allOf", !any.all_of.is_empty()),
        ("anyOf", !any.any_of.is_empty()),
        ("oneOf", !any.one_of.is_empty()),
        ("not", any.not.is_some()),
    ];
    for (keyword, _) in said.into_iter().filter(|(keyword, is)| *is && !telling.contains(keyword)) {
        left_out.whole(&at.child(keyword), Reason::Meaningless);
    }
}
