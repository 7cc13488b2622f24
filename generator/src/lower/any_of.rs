//! What fits any of several schemas.

use openapiv3::{ReferenceOr, Schema};

use super::Lower;
use super::schema::{Described, described_otherwise};
use crate::api::{Kind, Place, Type};
use crate::document::Pointer;

impl<'a> Lower<'a, '_> {
    /// What fits any of several schemas. Objects that nothing tells apart are one with the properties of all.
    pub(super) fn any_of(
        &mut self,
        schema: &'a Schema,
        variants: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        place: &Place,
    ) -> Type {
        if let [only] = variants {
            return self.ty(only.into(), &at.child("anyOf").child(0), place);
        }
        if let Some(ty) = self.scalars(schema, variants, at, place) {
            return ty;
        }
        let inside = at.child("anyOf");
        let are_objects = (variants.iter().enumerate())
            .all(|(index, one)| self.object_shape(one.into(), &inside.child(index)).is_some());
        let described = Described::of(&schema.schema_data);
        if are_objects && let Some(candidates) = self.candidates(variants, &inside) {
            if let Some(discriminator) = &schema.schema_data.discriminator {
                let name = &discriminator.property_name;
                return self.discriminated(
                    described,
                    name,
                    discriminator,
                    candidates,
                    &inside,
                    place,
                );
            }
            let names = self.key_names(&candidates);
            if let Some(key) = names.iter().find_map(|name| self.key(name, &candidates)) {
                return self.union(described, key, candidates, place);
            }
        }
        let Some(merged) = self.merged(variants, &inside) else {
            let message = "`anyOf` has no Rust yet where nothing tells the variants apart";
            let diagnostic =
                self.error(&inside, "unsupported-schema", message).help(described_otherwise(at));
            return self.fall_back(diagnostic, at);
        };
        let kind = Kind::Struct(self.structure(merged, place));
        self.define(described, kind, place)
    }
}
