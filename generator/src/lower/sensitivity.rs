//! Determines which values are secret: those with `format: password`, `writeOnly`, or `x-sensitive`.

use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use super::extensions::Extensions;
use super::shape::SchemaRef;
use super::view::View;
use crate::api::Sensitivity;
use crate::document::Pointer;

const PASSWORD: &str = "password";

impl<'a> View<'a, '_> {
    /// Whether a value is secret: its schema or a part of it is marked. The properties of an object are marked
    /// separately.
    pub(super) fn sensitivity(&self, schema: SchemaRef<'a>) -> Sensitivity {
        if self.is_secret(schema, &mut Vec::new()) {
            Sensitivity::Secret
        } else {
            Sensitivity::Public
        }
    }

    fn is_secret(&self, schema: SchemaRef<'a>, seen: &mut Vec<&'a Schema>) -> bool {
        let Some((schema, _)) = self.resolve(schema, &Pointer::root()) else { return false };
        if seen.iter().any(|earlier| std::ptr::eq(*earlier, schema)) {
            return false;
        }
        seen.push(schema);
        let data = &schema.schema_data;
        if let Some(said) = Extensions(&data.extensions).sensitive() {
            return said;
        }
        data.write_only
            || is_password(&schema.schema_kind)
            || parts(&schema.schema_kind).into_iter().any(|part| self.is_secret(part, seen))
    }
}

fn is_password(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Type::String(string)) => match &string.format {
            VariantOrUnknownOrEmpty::Item(format) => *format == StringFormat::Password,
            VariantOrUnknownOrEmpty::Unknown(format) => format == PASSWORD,
            VariantOrUnknownOrEmpty::Empty => false,
        },
        SchemaKind::Any(any) => any.format.as_deref() == Some(PASSWORD),
        _ => false,
    }
}

/// The schemas of a value, including those of elements and variants, but not of properties.
fn parts(kind: &SchemaKind) -> Vec<SchemaRef<'_>> {
    match kind {
        SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AllOf { all_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => parts.iter().map(SchemaRef::from).collect(),
        SchemaKind::Type(Type::Array(array)) => array.items.iter().map(SchemaRef::from).collect(),
        SchemaKind::Type(Type::Object(object)) => {
            values(object.properties.is_empty(), object.additional_properties.as_ref())
        }
        SchemaKind::Any(any) => parts_of_any(any),
        SchemaKind::Type(_) | SchemaKind::Not { .. } => Vec::new(),
    }
}

fn parts_of_any(any: &AnySchema) -> Vec<SchemaRef<'_>> {
    let lists = [&any.one_of, &any.all_of, &any.any_of];
    let mut parts: Vec<_> = lists.into_iter().flatten().map(SchemaRef::from).collect();
    parts.extend(any.items.iter().map(SchemaRef::from));
    parts.extend(values(any.properties.is_empty(), any.additional_properties.as_ref()));
    parts
}

/// The values of a map.
fn values(is_map: bool, additional: Option<&AdditionalProperties>) -> Vec<SchemaRef<'_>> {
    match additional {
        Some(AdditionalProperties::Schema(schema)) if is_map => {
            vec![SchemaRef::from(&**schema as &ReferenceOr<Schema>)]
        }
        _ => Vec::new(),
    }
}
