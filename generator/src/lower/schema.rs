//! Schemas: what a value is in Rust, and which types have to be defined for it.

use openapiv3::{
    AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat,
    VariantOrUnknownOrEmpty,
};

use super::Lower;
use super::extensions::Extensions;
use super::one_of::{Keyword, distinct};
use super::passed::note_meaningless;
use super::shape::{Additional, ObjectShape, Property, SchemaRef, Shape, Text, says_nothing};
use crate::api::{
    Definition, Deprecation, Docs, Enum, Field, FieldName, Kind, Name, Others, Place, Presence,
    Step, Struct, Type, TypeName, Usage,
};
use crate::count::Reason;
use crate::document::Pointer;

impl<'a> Lower<'a, '_> {
    /// The type of what `schema` at `at` describes. What is inline in it is defined at `place`.
    pub(super) fn ty(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Type {
        match schema {
            SchemaRef::Reference(reference) => self.reference(reference, at),
            SchemaRef::Item(schema) => self.inline(schema, at, place),
        }
    }

    fn reference(&mut self, reference: &'a str, at: &Pointer) -> Type {
        let Some((name, schema)) = self.document.referenced(reference) else {
            let diagnostic = self.document.dangling(&at.child("$ref"), reference);
            return self.fall_back(diagnostic, at);
        };
        if let Some(ty) = self.components.get(&name) {
            return ty.clone();
        }
        self.schema(&name, schema)
    }

    fn schema(&mut self, name: &str, schema: &'a ReferenceOr<Schema>) -> Type {
        let place = Place::schema(name);
        // Until it is known better, the schema is a type of its own: it may refer to itself.
        self.components.insert(name.to_owned(), Type::Named(place.clone()));
        let pointer = Pointer::root().join(["components", "schemas", name]);
        let ty = self.ty(schema.into(), &pointer, &place);
        self.components.insert(name.to_owned(), ty.clone());
        if !self.types.contains_key(&place) {
            self.left_out.itself(&pointer, Reason::Plain);
        }
        ty
    }

    /// Defines the schemas that no operation uses, too: whoever wants the whole document wants them.
    pub(super) fn unused_schemas(&mut self) {
        let document = self.document;
        for name in document.schema_names() {
            let Some(schema) = document.schema(name) else { continue };
            let data = self.data(schema.into());
            let undocumented = data.is_some_and(|data| Extensions(&data.extensions).undocumented());
            if self.components.contains_key(name) {
                continue;
            }
            if undocumented && !self.options.undocumented {
                let at = Pointer::root().join(["components", "schemas", name]);
                self.left_out.whole(&at, Reason::Undocumented);
            } else {
                self.schema(name, schema);
            }
        }
    }

    fn inline(&mut self, schema: &'a Schema, at: &Pointer, place: &Place) -> Type {
        note_meaningless(schema, at, &mut self.left_out);
        match Shape::of(schema) {
            Shape::Any => Type::Any,
            Shape::Boolean(values) => match values[..] {
                [only] => Type::Constant(only),
                _ => Type::Boolean,
            },
            Shape::Integer => Type::Integer,
            Shape::Number => Type::Number,
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
                        note_meaningless(part, &at, &mut self.left_out);
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
                    .error(
                        &at.child(keyword),
                        "unsupported-schema",
                        format!("`{keyword}` here has no Rust yet"),
                    )
                    .help(described_otherwise(&self.document.original(at)));
                self.fall_back(diagnostic, at)
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
        let kind = Kind::Enum(Enum { values: distinct(text.values.into_iter()) });
        self.define(Described::of(&schema.schema_data), kind, place)
    }

    fn object(&mut self, schema: &'a Schema, at: &Pointer, place: &Place) -> Type {
        let Some(mut object) = self.object_shape(SchemaRef::Item(schema), at) else {
            let message = "the parts of this `allOf` are not all objects";
            let diagnostic = self
                .error(&at.child("allOf"), "unsupported-schema", message)
                .help("describe it in another way with an overlay");
            return self.fall_back(diagnostic, at);
        };
        if let Some(alternatives) = object.alternatives.first() {
            let message = "`oneOf` beside the properties of an answer has no Rust yet";
            let diagnostic = self
                .error(&alternatives.at, "unsupported-schema", message)
                .help("move it into a schema of its own with an overlay");
            return self.fall_back(diagnostic, at);
        }
        if object.properties.is_empty() {
            let additional = object.additional.take();
            self.settle(&mut object);
            return self.map(additional, place);
        }
        let kind = Kind::Struct(self.structure(object, place));
        self.define(Described::of(&schema.schema_data), kind, place)
    }

    /// The properties of an object, and what else there may be.
    pub(super) fn structure(&mut self, mut object: ObjectShape<'a>, place: &Place) -> Struct {
        let openness = object.openness();
        let others = object.is_open().then(|| object.additional.take());
        let fields = self.fields(object, place);
        let others = others.map(|additional| {
            let place = place.inside(Step::Property(Others::WORDS.to_owned()));
            Others { name: FieldName::new(Others::WORDS), ty: self.map(additional, &place) }
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

    /// The type of what an array or a map at `place` holds.
    fn held(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Type {
        let ty = self.ty(schema, at, &place.element());
        if self.is_nullable(schema) && ty != Type::Any { Type::Nullable(Box::new(ty)) } else { ty }
    }

    /// The properties of an object that are documented, sorted by key.
    pub(super) fn fields(&mut self, mut object: ObjectShape<'a>, place: &Place) -> Vec<Field> {
        let mut fields = Vec::new();
        for (key, property) in &object.properties {
            let required = object.required.contains(key);
            fields.extend(self.field(key, property.schema, required, &property.at, place));
        }
        self.settle(&mut object);
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
        let data = self.data(schema);
        let extensions = data.map(|data| Extensions(&data.extensions));
        if !self.options.undocumented && extensions.is_some_and(Extensions::undocumented) {
            self.left_out.whole(at, Reason::Undocumented);
            return None;
        }
        Some(Field {
            key: key.to_owned(),
            name: FieldName::new(key),
            ty: self.ty(schema, at, &place.inside(Step::Property(key.to_owned()))),
            presence: self.presence(schema, required),
            docs: data.map(|data| field_docs(schema, data)).unwrap_or_default(),
            deprecated: data
                .and_then(|data| Extensions(&data.extensions).deprecation(data.deprecated)),
            at: Some(at.clone()),
        })
    }

    /// Whether a property has to be there, and whether it may be null.
    pub(super) fn presence(&self, schema: SchemaRef<'a>, required: bool) -> Presence {
        match (required, self.is_nullable(schema)) {
            (true, false) => Presence::Required,
            (true, true) => Presence::RequiredNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        }
    }

    /// What a schema says besides its shape, behind references.
    fn data(&self, schema: SchemaRef<'a>) -> Option<&'a SchemaData> {
        self.resolve(schema, &Pointer::root()).map(|(schema, _)| &schema.schema_data)
    }

    /// Adds a type, and gives its use.
    pub(super) fn define(&mut self, described: Described, kind: Kind, place: &Place) -> Type {
        let definition = Definition {
            modules: Vec::new(),
            // The names pass decides it from the place.
            name: TypeName::new(""),
            docs: described.docs,
            deprecated: described.deprecated,
            usage: Usage::Answers,
            kind,
        };
        self.types.insert(place.clone(), definition);
        Type::Named(place.clone())
    }

    /// Whether the owner of the API leaves a property out of the documentation.
    pub(super) fn is_undocumented(&self, property: &Property<'a>) -> bool {
        let data = self.data(property.schema);
        data.is_some_and(|data| Extensions(&data.extensions).undocumented())
    }
}

/// What the document says about a type besides its shape.
#[derive(Clone, Default)]
pub(super) struct Described {
    docs: Docs,
    deprecated: Option<Deprecation>,
}

impl Described {
    pub(super) fn of(data: &SchemaData) -> Self {
        Self {
            docs: docs(data),
            deprecated: Extensions(&data.extensions).deprecation(data.deprecated),
        }
    }
}

/// What a field says. One that refers to a schema repeats only how that schema begins.
fn field_docs(schema: SchemaRef<'_>, data: &SchemaData) -> Docs {
    let mut docs = docs(data);
    if let SchemaRef::Item(schema) = schema
        && let Some(numbers) = numbers(schema)
    {
        let description = docs.description.take().map(|text| format!("{text}\n\n"));
        docs.description = Some(format!("{}{numbers}", description.unwrap_or_default()));
    }
    if let (SchemaRef::Reference(_), Some(description)) = (schema, &mut docs.description) {
        let paragraph = description.split("\n\n").next().unwrap_or_default().to_owned();
        *description = paragraph;
    }
    docs
}

/// What an enum of numbers says: it is open, so it is a number, and the values are for people.
fn numbers(schema: &Schema) -> Option<String> {
    let values: Vec<String> = match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::Integer(integer)) => {
            integer.enumeration.iter().flatten().map(ToString::to_string).collect()
        }
        SchemaKind::Type(openapiv3::Type::Number(number)) => {
            number.enumeration.iter().flatten().map(ToString::to_string).collect()
        }
        _ => Vec::new(),
    };
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    (!quoted.is_empty()).then(|| format!("One of {}.", quoted.join(", ")))
}

/// What to do about a schema that has no Rust.
pub(super) fn described_otherwise(at: &Pointer) -> String {
    format!(
        "describe it in another way with an overlay:\n       - target: {}\n         update: {{ type: object }}",
        at.to_path()
    )
}

/// Whether a schema describes bytes as they are.
pub(super) fn is_binary(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => {
            string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
        }
        SchemaKind::Any(any) => any.format.as_deref() == Some("binary"),
        _ => false,
    }
}

/// What the elements of an array are.
pub(super) fn items(schema: &Schema) -> Option<SchemaRef<'_>> {
    match Shape::of(schema) {
        Shape::Array(items) => items,
        _ => None,
    }
}

pub(super) fn docs(data: &SchemaData) -> Docs {
    Docs { title: data.title.clone(), description: data.description.clone() }
}
