//! Request bodies. The properties of an object become parameters; any other body becomes one parameter.

use openapiv3::{ReferenceOr, Schema};

use super::endpoint::Endpoint;
use super::media::{Content, Kind};
use super::object::ObjectShape;
use super::parameter::without_null;
use super::shape::{SchemaRef, Shape, items};
use super::skipped::Skipped;
use super::types::Types;
use super::view::View;
use crate::api::{
    Body, Choice, Docs, Encoding, Field, FieldName, Name, Openness, Parameter, ParameterLocation,
    Place, Presence, Sensitivity, Step, Style, Type, Whole,
};
use crate::document::Pointer;

/// The name of a body that is one parameter.
const BODY: &str = "body";

/// The request body of an operation.
pub(super) struct RequestBody {
    pub(super) body: Body,
    pub(super) parameters: Vec<Parameter>,
    pub(super) choices: Vec<Choice>,
    /// Whether the body may have other properties.
    pub(super) openness: Openness,
}

impl<'a> Types<'a, '_> {
    /// What an operation sends in its body.
    pub(super) fn request_body(&mut self, endpoint: &Endpoint<'a>) -> Result<RequestBody, Skipped> {
        let place = &endpoint.place;
        let nothing = RequestBody {
            body: Body::Nothing,
            parameters: Vec::new(),
            choices: Vec::new(),
            openness: Openness::Open,
        };
        let Some(body) = &endpoint.operation.request_body else { return Ok(nothing) };
        let (body, at) = self.view.component(body, &endpoint.at.child("requestBody"))?;
        let Some(content) = self.report.choose(&body.content, &at) else { return Ok(nothing) };
        let schema_at = content.at.child("schema");
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        Ok(match (content.kind, schema) {
            (Kind::Json, Some(schema)) => match self.view.object_body(schema, &schema_at) {
                Some(object) => self.properties_of(object, Body::Json(content.name), place),
                None => {
                    let ty = self.ty(schema, &schema_at, &whole_place(place));
                    whole(Whole::Json, content.name, ty, body.required, &body.description)
                }
            },
            (Kind::Form | Kind::Multipart, Some(schema)) => {
                let object = self.view.conditions_shape(schema, &schema_at).ok_or_else(|| {
                    self.view.unsupported(
                        &schema_at,
                        "unsupported-body",
                        "a form has to be an object",
                    )
                })?;
                self.form(object, &content, place)
            }
            (kind, _) => {
                self.report.ignore_schema(&content);
                let (kind, ty) = match kind {
                    Kind::Json => (Whole::Json, Type::Any),
                    Kind::Text => (Whole::Text, Type::String),
                    _ => (Whole::Bytes, Type::Bytes),
                };
                whole(kind, content.name, ty, body.required, &body.description)
            }
        })
    }

    fn properties_of(&mut self, object: ObjectShape<'a>, body: Body, place: &Place) -> RequestBody {
        let openness = object.openness();
        let (fields, choices) = self.parameter_groups(object, place);
        let parameters = fields.into_iter().map(|field| Parameter {
            word: field.key.clone(),
            field,
            location: ParameterLocation::Property,
            encoding: Encoding::of(Style::Json),
        });
        RequestBody { body, parameters: parameters.collect(), choices, openness }
    }

    fn form(
        &mut self,
        object: ObjectShape<'a>,
        content: &Content<'a>,
        place: &Place,
    ) -> RequestBody {
        let files: Vec<(String, bool)> = (object.properties.iter())
            .filter_map(|(key, property)| {
                let is_list = self.view.is_file(property.schema, &property.at)?;
                (content.kind == Kind::Multipart).then(|| ((*key).to_owned(), is_list))
            })
            .collect();
        if object.is_open() {
            self.report.warn(
                &content.at.child("schema"),
                "open-form",
                "a form is sent without properties that the document does not name",
                "describe those that you need with an overlay",
            );
        }
        let keys: Vec<String> = object.properties.keys().map(|key| (*key).to_owned()).collect();
        let body = match content.kind {
            Kind::Multipart => Body::Multipart(self.view.part_types(&keys, content)),
            _ => Body::Form(self.view.field_encodings(&keys, content)),
        };
        let mut sent = self.properties_of(object, body, place);
        for Parameter { field, .. } in &mut sent.parameters {
            without_null(field);
            if let Some((_, is_list)) = files.iter().find(|(key, _)| *key == field.key) {
                field.ty = if *is_list { Type::List(Box::new(Type::File)) } else { Type::File };
            }
        }
        sent
    }
}

impl<'a> View<'a, '_> {
    /// The object whose properties become parameters, if the body is an object that is described inline. An object that
    /// allows other properties has a type of its own, which can hold them.
    fn object_body(&self, schema: SchemaRef<'a>, at: &Pointer) -> Option<ObjectShape<'a>> {
        let SchemaRef::Item(inline) = schema else { return None };
        if let Shape::AnyOf(branches) = Shape::of(inline)
            && !self.agree(branches, &at.child("anyOf"))
        {
            return None;
        }
        if self.component_name(schema).is_some_and(|name| self.is_polymorphic(&name)) {
            return None;
        }
        let object = self.conditions_shape(schema, at)?;
        (!object.is_open()).then_some(object)
    }

    /// Whether the objects of an `anyOf` agree on the properties that they share, so that one object can hold each of
    /// them.
    fn agree(&self, branches: &'a [ReferenceOr<Schema>], at: &Pointer) -> bool {
        let shapes = branches
            .iter()
            .enumerate()
            .filter_map(|(index, branch)| self.conditions_shape(branch.into(), &at.child(index)));
        self.merged(shapes).is_some()
    }

    /// Whether a property is a file, and then whether it is a list of them.
    fn is_file(&self, schema: SchemaRef<'a>, at: &Pointer) -> Option<bool> {
        if self.is_binary(schema, at) {
            return Some(false);
        }
        let (schema, at) = self.resolve(schema, at)?;
        let items = items(schema)?;
        self.is_binary(items, &at).then_some(true)
    }

    /// The media types of parts, where the document has them.
    fn part_types(&self, keys: &[String], content: &Content<'a>) -> Vec<(String, String)> {
        let types = keys.iter().filter_map(|key| {
            let media = content.media.encoding.get(key)?.content_type.as_deref()?;
            let is_one = !media.contains([',', '*']) && media.contains('/') && media.is_ascii();
            is_one.then(|| (key.clone(), media.trim().to_owned()))
        });
        types.collect()
    }

    /// The fields with an encoding other than the default. `openapiv3` does not keep whether `explode` is present.
    fn field_encodings(&self, keys: &[String], content: &Content<'a>) -> Vec<(String, Encoding)> {
        let encodings = keys.iter().filter_map(|key| {
            let said = self.document.value(&content.at.child("encoding").child(key))?;
            let flag = |name: &str| said.get(name).and_then(serde_json::Value::as_bool);
            let style = match said.get("style").and_then(serde_json::Value::as_str) {
                Some("spaceDelimited") => Style::SpaceDelimited,
                Some("pipeDelimited") => Style::PipeDelimited,
                Some("deepObject") => Style::DeepObject,
                Some(_) => Style::Form,
                None if flag("explode").is_some() || flag("allowReserved").is_some() => Style::Form,
                None => {
                    let media = said.get("contentType").and_then(serde_json::Value::as_str)?;
                    let is_json = media == "application/json" || media.ends_with("+json");
                    return is_json.then(|| (key.clone(), Encoding::of(Style::Json)));
                }
            };
            let usual = Encoding::of(style);
            let encoding = Encoding {
                explode: flag("explode").unwrap_or(usual.explode),
                reserved: flag("allowReserved").unwrap_or_default(),
                ..usual
            };
            Some((key.clone(), encoding))
        });
        encodings.collect()
    }
}

fn whole_place(place: &Place) -> Place {
    place.inside(Step::Property(BODY.to_owned()))
}

fn whole(
    kind: Whole,
    media: String,
    ty: Type,
    required: bool,
    docs: &Option<String>,
) -> RequestBody {
    let field = Field {
        key: BODY.to_owned(),
        name: FieldName::new(BODY),
        null: None,
        ty,
        presence: if required { Presence::Required } else { Presence::Optional },
        sensitivity: Sensitivity::Public,
        docs: Docs { title: None, description: docs.clone() },
        deprecated: None,
        at: None,
    };
    let body = Parameter {
        word: BODY.to_owned(),
        field,
        location: ParameterLocation::Body,
        encoding: Encoding::of(Style::Json),
    };
    RequestBody {
        body: Body::Whole(kind, media),
        parameters: vec![body],
        choices: Vec::new(),
        openness: Openness::Open,
    }
}
