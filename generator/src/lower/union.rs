//! Unions: objects of several shapes, told apart by one property.

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::schema::docs;
use super::shape::{ObjectShape, SchemaRef, Shape};
use crate::api::{
    FunctionName, Kind, Name, Place, Step, Struct, Type, Union, Variant, VariantName,
};
use crate::document::Pointer;

impl<'a> Lower<'a, '_> {
    pub(super) fn union(
        &mut self,
        schema: &'a Schema,
        schemas: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        place: &Place,
    ) -> Type {
        let at_variants = at.child("oneOf");
        let Some(discriminator) = &schema.schema_data.discriminator else {
            let diagnostic = self
                .error(
                    &at_variants,
                    "union-without-key",
                    "nothing says which property tells these variants apart",
                )
                .help("name it in a `discriminator` with an overlay: {\"propertyName\": \"…\"}");
            return self.refuse(diagnostic);
        };
        let key = &discriminator.property_name;
        let mut variants: Vec<Variant> = Vec::new();
        for (index, variant) in schemas.iter().enumerate() {
            let at_variant = at_variants.child(index);
            let Some(variant) = self.variant(variant.into(), key, &at_variant, place) else {
                continue;
            };
            if variants.iter().any(|other| other.tag == variant.tag) {
                let message =
                    format!("two variants of this union have the `{key}` `{}`", variant.tag);
                let diagnostic = self
                    .error(&at_variant, "ambiguous-union", message)
                    .help("merge the two, or remove one of them with an overlay");
                return self.refuse(diagnostic);
            }
            variants.push(variant);
        }
        let kind =
            Kind::Union(Union { key: key.clone(), accessor: FunctionName::new(key), variants });
        self.define(&schema.schema_data, kind, place)
    }

    fn variant(
        &mut self,
        schema: SchemaRef<'a>,
        key: &str,
        at: &Pointer,
        place: &Place,
    ) -> Option<Variant> {
        let SchemaRef::Item(schema) = schema else {
            let diagnostic = self
                .error(at, "unsupported-union", "a variant that is a reference has no Rust yet")
                .help("write the variant out with an overlay");
            self.refuse(diagnostic);
            return None;
        };
        let Shape::Object(object) = Shape::of(schema) else {
            let diagnostic = self
                .error(
                    at,
                    "unsupported-union",
                    "a variant of a union with a discriminator has to be an object",
                )
                .help("describe its properties with an overlay");
            self.refuse(diagnostic);
            return None;
        };
        let Some(tag) = tag(object, key) else {
            let message = format!("this variant does not say which `{key}` it has");
            let diagnostic = self
                .error(at, "variant-without-key", message)
                .help(format!("give its property `{key}` an `enum` of one string with an overlay"));
            self.refuse(diagnostic);
            return None;
        };
        let place = place.inside(Step::Variant(tag.to_owned()));
        let mut fields = self.fields(object, at, &place);
        // The union itself reads and writes the key.
        fields.retain(|field| field.key != key);
        self.define(&schema.schema_data, Kind::Struct(Struct { fields }), &place);
        Some(Variant {
            tag: tag.to_owned(),
            name: VariantName::new(tag),
            ty: place,
            docs: docs(&schema.schema_data),
        })
    }
}

/// The one value that the property `key` of a variant has.
fn tag<'a>(object: ObjectShape<'a>, key: &str) -> Option<&'a str> {
    let ReferenceOr::Item(schema) = object.properties.get(key)? else { return None };
    match Shape::of(schema) {
        Shape::String(text) => match text.values[..] {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    }
}
