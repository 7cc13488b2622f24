//! Schemas: what a value is in Rust, and which types have to be defined for it.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, Schema, SchemaData};

use super::Lower;
use super::extensions::Extensions;
use super::shape::{ObjectShape, SchemaRef, Shape, Text};
use crate::api::{
    Definition, Docs, Enum, Field, FieldName, Kind, Name, Place, Presence, Step, Struct, Type,
    TypeName, Value, VariantName,
};
use crate::document::Pointer;

impl<'a> Lower<'a, '_> {
    /// The type of what `schema` at `at` describes. What is inline in it is defined at `place`.
    pub(super) fn ty(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Type {
        match schema {
            SchemaRef::Reference(reference) => self.reference(reference, at),
            SchemaRef::Item(schema) => self.inline(schema, at, place),
        }
    }

    fn reference(&mut self, reference: &str, at: &Pointer) -> Type {
        let at = at.child("$ref");
        let Some(name) = reference.strip_prefix("#/components/schemas/") else {
            let diagnostic = self
                .error(&at, "unsupported-ref", format!("cannot follow `{reference}`"))
                .help("a reference has to name a component schema of this document: #/components/schemas/NAME");
            return self.refuse(diagnostic);
        };
        let name = name.replace("~1", "/").replace("~0", "~");
        if let Some(ty) = self.components.get(&name) {
            return ty.clone();
        }
        let Some(schema) = self.document.schema(&name) else {
            let diagnostic = self
                .error(&at, "missing-ref", format!("there is no component schema `{name}`"))
                .help("correct the name, or add the schema with an overlay");
            return self.refuse(diagnostic);
        };
        let place = Place::schema(&name);
        // Until it is known better, the schema is a type of its own: it may refer to itself.
        self.components.insert(name.clone(), Type::Named(place.clone()));
        let pointer = Pointer::root().join(["components", "schemas", &name]);
        let ty = self.ty(schema.into(), &pointer, &place);
        self.components.insert(name, ty.clone());
        ty
    }

    fn inline(&mut self, schema: &'a Schema, at: &Pointer, place: &Place) -> Type {
        match Shape::of(schema) {
            Shape::Any => Type::Any,
            Shape::Boolean(values) => match values[..] {
                [only] => Type::Constant(only),
                _ => Type::Boolean,
            },
            Shape::Integer => Type::Integer,
            Shape::Number => Type::Number,
            Shape::String(text) => self.string(schema, text, place),
            Shape::Array(None) => Type::List(Box::new(Type::Any)),
            Shape::Array(Some(items)) => {
                let inner = self.ty(items, &at.child("items"), &place.element());
                Type::List(Box::new(inner))
            }
            Shape::Object(object) => self.object(schema, object, at, place),
            Shape::OneOf(variants) => self.union(schema, variants, at, place),
            Shape::Unsupported(keyword) => {
                let diagnostic = self
                    .error(&at.child(keyword), "unsupported-schema", format!("`{keyword}` here has no Rust yet"))
                    .help("describe it in another way with an overlay, or leave the operation out with `--only`");
                self.refuse(diagnostic)
            }
        }
    }

    fn string(&mut self, schema: &Schema, text: Text<'_>, place: &Place) -> Type {
        if text.values.is_empty() {
            return match text.format {
                Some("date-time") => Type::DateTime,
                Some("uuid") => Type::Uuid,
                _ => Type::String,
            };
        }
        let mut seen = BTreeSet::new();
        let values = text
            .values
            .iter()
            .filter(|text| seen.insert(**text))
            .map(|text| Value { text: (*text).to_owned(), name: VariantName::new(text) });
        let kind = Kind::Enum(Enum { values: values.collect() });
        self.define(&schema.schema_data, kind, place)
    }

    fn object(
        &mut self,
        schema: &'a Schema,
        object: ObjectShape<'a>,
        at: &Pointer,
        place: &Place,
    ) -> Type {
        for (keyword, conditions) in [("oneOf", object.one_of), ("allOf", object.all_of)] {
            if !conditions.is_empty() {
                let diagnostic = self
                    .error(
                        &at.child(keyword),
                        "unsupported-schema",
                        format!("`{keyword}` beside properties has no Rust yet"),
                    )
                    .help("move it into a schema of its own with an overlay");
                return self.refuse(diagnostic);
            }
        }
        if object.properties.is_empty() {
            return self.map(object.additional, at, place);
        }
        let fields = self.fields(object, at, place);
        self.define(&schema.schema_data, Kind::Struct(Struct { fields }), place)
    }

    fn map(
        &mut self,
        additional: Option<&'a AdditionalProperties>,
        at: &Pointer,
        place: &Place,
    ) -> Type {
        let inner = match additional {
            Some(AdditionalProperties::Schema(schema)) => {
                self.ty((&**schema).into(), &at.child("additionalProperties"), &place.element())
            }
            _ => Type::Any,
        };
        Type::Map(Box::new(inner))
    }

    /// The properties of an object that are documented, sorted by key.
    pub(super) fn fields(
        &mut self,
        object: ObjectShape<'a>,
        at: &Pointer,
        place: &Place,
    ) -> Vec<Field> {
        let at = at.child("properties");
        let mut fields = Vec::new();
        for (key, schema) in object.properties {
            let schema = SchemaRef::from(schema);
            let required = object.required.contains(key);
            if let Some(field) = self.field(key, schema, required, &at.child(key), place) {
                fields.push(field);
            }
        }
        fields.sort_by(|a, b| a.key.cmp(&b.key));
        fields
    }

    fn field(
        &mut self,
        key: &str,
        schema: SchemaRef<'a>,
        required: bool,
        at: &Pointer,
        place: &Place,
    ) -> Option<Field> {
        let data = self.data(schema);
        let extensions = data.map(|data| Extensions(&data.extensions));
        if !self.options.undocumented && extensions.is_some_and(Extensions::undocumented) {
            return None;
        }
        let nullable = data.is_some_and(|data| data.nullable);
        Some(Field {
            pointer: at.clone(),
            key: key.to_owned(),
            name: FieldName::new(key),
            ty: self.ty(schema, at, &place.inside(Step::Property(key.to_owned()))),
            presence: match (required, nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            },
            docs: data.map(|data| field_docs(schema, data)).unwrap_or_default(),
            deprecated: data
                .and_then(|data| Extensions(&data.extensions).deprecation(data.deprecated)),
        })
    }

    /// What a schema says besides its shape, behind references.
    fn data(&self, schema: SchemaRef<'a>) -> Option<&'a SchemaData> {
        let mut schema = schema;
        // A reference to a reference to itself has no end; a few steps are more than any document needs.
        for _ in 0..16 {
            match schema {
                SchemaRef::Item(schema) => return Some(&schema.schema_data),
                SchemaRef::Reference(reference) => {
                    let name = reference.strip_prefix("#/components/schemas/")?;
                    schema = self.document.schema(name)?.into();
                }
            }
        }
        None
    }

    /// Adds a type, and gives its use.
    pub(super) fn define(&mut self, data: &SchemaData, kind: Kind, place: &Place) -> Type {
        let definition = Definition {
            modules: Vec::new(),
            // The names pass decides it from the place.
            name: TypeName::new(""),
            docs: docs(data),
            deprecated: Extensions(&data.extensions).deprecation(data.deprecated),
            kind,
        };
        self.types.insert(place.clone(), definition);
        Type::Named(place.clone())
    }
}

/// What a field says. One that refers to a schema repeats only how that schema begins.
fn field_docs(schema: SchemaRef<'_>, data: &SchemaData) -> Docs {
    let mut docs = docs(data);
    if let (SchemaRef::Reference(_), Some(description)) = (schema, &mut docs.description) {
        let paragraph = description.split("\n\n").next().unwrap_or_default().to_owned();
        *description = paragraph;
    }
    docs
}

pub(super) fn docs(data: &SchemaData) -> Docs {
    Docs { title: data.title.clone(), description: data.description.clone() }
}
