//! Lowers schemas to types, and defines the types that they need.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData};

use super::docs::{Described, field_docs};
use super::enums;
use super::extensions::Extensions;
use super::ignored_keywords::note_meaningless;
use super::object::{Additional, ObjectShape, Property};
use super::shape::{SchemaRef, Shape, Text, says_nothing};
use super::types::Types;
use super::unions::Keyword;
use super::view::View;
use crate::api::{
    Civil, Conversion, Dispatch, Docs, Field, FieldName, Kind, Name, Others, Place, Presence,
    Reason, Sensitivity, Step, Struct, Tag, Type, Union, Variant, VariantName,
};
use crate::document::Pointer;

impl<'a> Types<'a, '_> {
    /// The type of the schema at `at`. Inline types in it are defined at `place`.
    pub(super) fn ty(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Type {
        match schema {
            SchemaRef::Reference(reference) => self.reference(reference, at),
            SchemaRef::Item(schema) => self.inline(schema, at, place),
        }
    }

    fn reference(&mut self, reference: &'a str, at: &Pointer) -> Type {
        let Some((name, schema)) = self.view.document.referenced(reference) else {
            let diagnostic = self.view.document.dangling(&at.child("$ref"), reference);
            return self.report.fall_back(diagnostic, at);
        };
        if let Some(ty) = self.components.get(&name) {
            return ty.clone();
        }
        self.schema(&name, schema)
    }

    fn schema(&mut self, name: &str, schema: &'a ReferenceOr<Schema>) -> Type {
        let place = Place::schema(name);
        // The schema may refer to itself, so it counts as a type of its own until its type is known.
        self.components.insert(name.to_owned(), Type::Named(place.clone()));
        let pointer = Pointer::root().join(["components", "schemas", name]);
        let ty = self.component(name, schema, &pointer, &place);
        self.components.insert(name.to_owned(), ty.clone());
        if !self.defined.contains_key(&place) {
            self.report.left_out.itself(&pointer, Reason::Plain);
        }
        ty
    }

    fn component(
        &mut self,
        name: &str,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        place: &Place,
    ) -> Type {
        if let ReferenceOr::Item(item) = schema {
            if let Some(ty) = self.family(name, item, place) {
                return ty;
            }
            if self.view.is_member(name) {
                return self.object(item, at, place);
            }
        }
        let ty = self.ty(schema.into(), at, place);
        self.containing_itself(ty, place)
    }

    /// Defines a list or map of itself as a union with one variant, because a recursive type needs a name.
    fn containing_itself(&mut self, ty: Type, place: &Place) -> Type {
        let is_itself = ty.named() == Some(place) && !self.defined.contains_key(place);
        let word = match ty {
            Type::List(_) if is_itself => "list",
            Type::Map(_) if is_itself => "map",
            _ => return ty,
        };
        let variant = Variant {
            word: word.to_owned(),
            name: VariantName::new(word),
            ty,
            tag: Tag::none(),
            conversion: Conversion::Named,
            docs: Docs::default(),
        };
        let (dispatch, variants) = (Dispatch::JsonType, vec![variant]);
        let union = Union { dispatch, variants, shared: Vec::new() };
        self.define(Described::default(), Kind::Union(union), place)
    }

    /// Defines the component schemas that no operation uses.
    pub(super) fn unused_schemas(&mut self) {
        let document = self.view.document;
        for name in document.schema_names() {
            let Some(schema) = document.schema(name) else { continue };
            let data = self.view.data(schema.into());
            let undocumented = data.is_some_and(|data| Extensions(&data.extensions).undocumented());
            if self.components.contains_key(name) {
                continue;
            }
            if undocumented && !self.view.options.undocumented {
                let at = Pointer::root().join(["components", "schemas", name]);
                self.report.left_out.whole(&at, Reason::Undocumented);
            } else {
                self.schema(name, schema);
            }
        }
    }

    /// Records the component schemas that nothing generated uses, because the parts that refer to them were not asked for or
    /// are left out.
    pub(super) fn schemas_not_asked_for(&mut self) {
        for name in self.view.document.schema_names() {
            if !self.components.contains_key(name) {
                let at = Pointer::root().join(["components", "schemas", name]);
                self.report.left_out.whole(&at, Reason::NotAskedFor);
            }
        }
    }

    fn inline(&mut self, schema: &'a Schema, at: &Pointer, place: &Place) -> Type {
        note_meaningless(schema, at, &mut self.report.left_out);
        match Shape::of(schema) {
            Shape::Any => Type::Any,
            Shape::Boolean(values) => match values[..] {
                [only] => Type::Constant(only),
                _ => Type::Boolean,
            },
            Shape::Integer(width) => self.integer(schema, width, place),
            Shape::Number => self.number(schema, place),
            Shape::Scalar => Type::Scalar,
            Shape::String(text) => self.string(schema, text, place),
            Shape::Array(None) => Type::List(Box::new(Type::Any)),
            Shape::Array(Some(items)) => {
                Type::List(Box::new(self.held(items, &at.child("items"), place)))
            }
            Shape::Object => self.object(schema, at, place),
            Shape::AllOf(parts) => {
                let telling = |index: &usize| !says_nothing(&parts[*index]);
                for (index, part) in parts.iter().enumerate() {
                    if let Some(part) = part.as_item().filter(|_| !telling(&index)) {
                        let at = at.child("allOf").child(index);
                        note_meaningless(part, &at, &mut self.report.left_out);
                    }
                }
                match (0..parts.len()).filter(telling).collect::<Vec<_>>()[..] {
                    [] => Type::Any,
                    [only] => self.ty((&parts[only]).into(), &at.child("allOf").child(only), place),
                    _ => self.object(schema, at, place),
                }
            }
            Shape::OneOf(variants) => self.several(schema, Keyword::OneOf, variants, at, place),
            Shape::AnyOf(variants) => self.several(schema, Keyword::AnyOf, variants, at, place),
            Shape::Unsupported(keyword) => {
                let diagnostic = self
                    .view
                    .error(
                        &at.child(keyword),
                        "unsupported-schema",
                        format!("`{keyword}` is not supported here"),
                    )
                    .help(described_otherwise(&self.view.document.original(at)));
                self.report.fall_back(diagnostic, at)
            }
        }
    }

    fn string(&mut self, schema: &Schema, text: Text<'_>, place: &Place) -> Type {
        if text.values.is_empty() {
            return match text.format {
                Some("date-time") => Type::DateTime,
                Some("uuid") => Type::Uuid,
                Some(format) => Civil::of_format(format).map_or(Type::String, Type::Civil),
                None => Type::String,
            };
        }
        self.enumeration(schema, enums::texts(schema, &text.values), place)
    }

    fn object(&mut self, schema: &'a Schema, at: &Pointer, place: &Place) -> Type {
        let Some(mut object) = self.view.object_shape(SchemaRef::Item(schema), at) else {
            return self.intersection(schema, at, place);
        };
        if let Some(ty) = self.distributed(schema, &mut object, place) {
            return ty;
        }
        if object.properties.is_empty() {
            let additional = object.additional.take();
            self.report.settle(&mut object);
            return self.map(additional, place);
        }
        let kind = Kind::Struct(self.structure(object, place));
        self.define(Described::of(&schema.schema_data), kind, place)
    }

    /// The struct of an object: its properties and its additional properties.
    pub(super) fn structure(&mut self, mut object: ObjectShape<'a>, place: &Place) -> Struct {
        let openness = object.openness();
        let others = object.is_open().then(|| object.additional.take());
        let fields = self.fields(object, place);
        let others = others.map(|additional| {
            let place = place.inside(Step::Property(Others::WORDS.to_owned()));
            let sensitivity = match &additional {
                Some((AdditionalProperties::Schema(schema), _)) => {
                    self.view.sensitivity((&**schema).into())
                }
                _ => Sensitivity::Public,
            };
            let ty = self.map(additional, &place);
            Others { name: FieldName::new(Others::WORDS), ty, sensitivity }
        });
        Struct { fields, others, openness }
    }

    fn map(&mut self, additional: Option<Additional<'a>>, place: &Place) -> Type {
        let inner = match additional {
            Some((AdditionalProperties::Schema(schema), at)) => {
                self.held((&**schema).into(), &at, place)
            }
            _ => Type::Any,
        };
        Type::Map(Box::new(inner))
    }

    /// The type of the elements of an array or the values of a map at `place`.
    fn held(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Type {
        let ty = self.ty(schema, at, &place.element());
        if self.view.is_nullable(schema) && ty != Type::Any {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    /// The documented properties of an object, sorted by key.
    pub(super) fn fields(&mut self, mut object: ObjectShape<'a>, place: &Place) -> Vec<Field> {
        let mut fields = Vec::new();
        for (key, property) in &object.properties {
            let required = object.required.contains(key);
            fields.extend(self.field(key, property.schema, required, &property.at, place));
        }
        self.report.settle(&mut object);
        fields
    }

    pub(super) fn field(
        &mut self,
        key: &str,
        schema: SchemaRef<'a>,
        required: bool,
        at: &Pointer,
        place: &Place,
    ) -> Option<Field> {
        let data = self.view.data(schema);
        let extensions = data.map(|data| Extensions(&data.extensions));
        if !self.view.options.undocumented && extensions.is_some_and(Extensions::undocumented) {
            self.report.left_out.whole(at, Reason::Undocumented);
            return None;
        }
        Some(Field {
            key: key.to_owned(),
            name: FieldName::new(key),
            null: None,
            ty: self.ty(schema, at, &place.inside(Step::Property(key.to_owned()))),
            presence: self.view.presence(schema, required),
            sensitivity: self.view.sensitivity(schema),
            docs: data.map(|data| field_docs(schema, data)).unwrap_or_default(),
            deprecated: data
                .and_then(|data| Extensions(&data.extensions).deprecation(data.deprecated)),
            at: Some(at.clone()),
        })
    }
}

impl<'a> View<'a, '_> {
    /// Whether a property is required, and whether it may be null.
    pub(super) fn presence(&self, schema: SchemaRef<'a>, required: bool) -> Presence {
        match (required, self.is_nullable(schema)) {
            (true, false) => Presence::Required,
            (true, true) => Presence::RequiredNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        }
    }

    /// The annotations of a schema, after following references.
    fn data(&self, schema: SchemaRef<'a>) -> Option<&'a SchemaData> {
        self.resolve(schema, &Pointer::root()).map(|(schema, _)| &schema.schema_data)
    }

    /// Whether a property is marked as undocumented.
    pub(super) fn is_undocumented(&self, property: &Property<'a>) -> bool {
        let data = self.data(property.schema);
        data.is_some_and(|data| Extensions(&data.extensions).undocumented())
    }
}

/// The help for a schema that is not supported.
pub(super) fn described_otherwise(at: &Pointer) -> String {
    format!(
        "describe it in another way with an overlay:\n       - target: {}\n         update: {{ type: object }}",
        at.to_path()
    )
}
