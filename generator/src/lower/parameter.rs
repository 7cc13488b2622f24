//! Parameters outside of the body.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    Parameter as DescribedParameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::endpoint::Endpoint;
use super::extensions::Extensions;
use super::media::Kind;
use super::shape::{self, SchemaRef};
use super::skipped::Skipped;
use super::types::Types;
use super::view::View;
use crate::api::Reason;
use crate::api::{
    Docs, Encoding, Field, FieldName, Name, Parameter, ParameterLocation, Place, Presence,
    Sensitivity, Style, Type,
};
use crate::document::Pointer;

/// Headers that OpenAPI does not allow as parameters, because other parts of the document describe them.
const NO_PARAMETERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// A parameter in the document.
pub(super) struct Found<'a> {
    pub(super) described: &'a DescribedParameter,
    pub(super) at: Pointer,
}

impl<'a> Types<'a, '_> {
    /// The parameters of an operation outside of its body. `taken` are the words of those in the body.
    pub(super) fn parameters(
        &mut self,
        endpoint: &Endpoint<'a>,
        taken: &[&str],
    ) -> Result<Vec<Parameter>, Skipped> {
        let at = &endpoint.at;
        let mut found = BTreeMap::new();
        let lists = [(&endpoint.item.parameters, at.parent())];
        for (list, at) in lists.into_iter().chain([(&endpoint.operation.parameters, at.clone())]) {
            self.collect(list, &at.child("parameters"), &mut found)?;
        }
        let mut taken: BTreeSet<String> = taken.iter().map(|key| spelled(key)).collect();
        let mut parameters = Vec::new();
        let templates = templates(endpoint.path);
        for template in &templates {
            if !found.contains_key(&(ParameterLocation::Path, *template)) {
                parameters.push(self.undescribed(template, at, &mut taken));
            }
        }
        let queries =
            found.iter().filter(|((location, _), _)| *location == ParameterLocation::Query);
        let queries: Vec<_> = queries.map(|((_, name), found)| (*name, found)).collect();
        self.warn_about_shared_keys(&queries);
        let mut found: Vec<_> = found.into_iter().collect();
        let position = |name: &str| templates.iter().position(|template| *template == name);
        found.sort_by_key(|((location, name), _)| (*location, position(name), *name));
        for ((location, name), found) in found {
            if location == ParameterLocation::Path && position(name).is_none() {
                self.report.warn(
                    &found.at,
                    "ignored-parameter",
                    "the path has no place for this parameter",
                    "correct its name or the path with an overlay, or leave it out there",
                );
                self.report.left_out.whole(&found.at, Reason::NoRust("ignored-parameter"));
                continue;
            }
            parameters.extend(self.parameter(name, &found, &mut taken, &endpoint.place)?);
        }
        parameters.sort_by_key(|parameter| match parameter.location {
            ParameterLocation::Path => position(&parameter.field.key).unwrap_or_default(),
            _ => templates.len(),
        });
        Ok(parameters)
    }

    /// Later parameters, which are those of the operation, replace earlier ones.
    fn collect(
        &mut self,
        list: &'a [ReferenceOr<DescribedParameter>],
        at: &Pointer,
        found: &mut BTreeMap<(ParameterLocation, &'a str), Found<'a>>,
    ) -> Result<(), Skipped> {
        for (index, parameter) in list.iter().enumerate() {
            let (described, at) = self.view.component(parameter, &at.child(index))?;
            let data = described.parameter_data_ref();
            let location = location(described);
            let is_described_elsewhere = location == ParameterLocation::Header
                && NO_PARAMETERS.contains(&data.name.to_lowercase().as_str());
            let hidden =
                Extensions(&data.extensions).undocumented() && !self.view.options.undocumented;
            if hidden {
                self.report.left_out.whole(&at, Reason::Undocumented);
            } else if is_described_elsewhere {
                self.report.left_out.whole(&at, Reason::Elsewhere);
            } else if let Some(earlier) =
                found.insert((location, &data.name), Found { described, at: at.clone() })
                && earlier.at != at
            {
                self.report.left_out.whole(&earlier.at, Reason::Repeated);
            }
        }
        Ok(())
    }

    /// A part of the path without a description is a string.
    fn undescribed(
        &mut self,
        template: &str,
        at: &Pointer,
        taken: &mut BTreeSet<String>,
    ) -> Parameter {
        let message =
            format!("nothing describes the parameter `{template}` of the path; it is a text");
        self.report.warn(
            at,
            "undescribed-parameter",
            message,
            "describe it with an overlay if it is not",
        );
        let location = ParameterLocation::Path;
        Parameter {
            word: word(template, location, taken),
            field: Field {
                key: template.to_owned(),
                name: FieldName::new(template),
                null: None,
                ty: Type::String,
                presence: Presence::Required,
                sensitivity: Sensitivity::Public,
                docs: Docs::default(),
                deprecated: None,
                at: None,
            },
            location,
            encoding: Encoding::of(Style::Simple),
        }
    }

    /// Lowers a parameter; `None` if it is optional and left out.
    fn parameter(
        &mut self,
        name: &str,
        found: &Found<'a>,
        taken: &mut BTreeSet<String>,
        place: &Place,
    ) -> Result<Option<Parameter>, Skipped> {
        let data = found.described.parameter_data_ref();
        let location = location(found.described);
        let mut encoding = encoding(found.described);
        let required = data.required || location == ParameterLocation::Path;
        let (schema, at) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.report.left_out.whole(&found.at.child("content"), Reason::Meaningless);
                (Some(schema), found.at.child("schema"))
            }
            ParameterSchemaOrContent::Content(content) => {
                let content = self.report.choose(content, &found.at);
                let Some(content) = content.filter(|content| content.kind == Kind::Json) else {
                    let message = "a parameter is a text or JSON";
                    let skipped =
                        self.view.unsupported(&found.at, "unsupported-parameter", message);
                    if required {
                        return Err(skipped);
                    }
                    self.report.skip_part(&found.at, skipped);
                    return Ok(None);
                };
                encoding = Encoding::of(Style::Json);
                (content.media.schema.as_ref(), content.at.child("schema"))
            }
        };
        let word = word(name, location, taken);
        let field = match schema {
            Some(schema) => self.field(&word, schema.into(), required, &at, place),
            None => any_field(&word, required),
        };
        let Some(mut field) = field else {
            self.report.left_out.whole(&found.at, Reason::Undocumented);
            return Ok(None);
        };
        complete(&mut field, name, data);
        field.at = Some(found.at.clone());
        Ok(Some(Parameter { field, word, location, encoding }))
    }
}

impl<'a> View<'a, '_> {
    /// Whether a schema describes bytes.
    pub(super) fn is_binary(&self, schema: SchemaRef<'a>, at: &Pointer) -> bool {
        self.resolve(schema, at).is_some_and(|(schema, _)| shape::is_binary(schema))
    }
}

/// A parameter without a schema.
fn any_field(word: &str, required: bool) -> Option<Field> {
    Some(Field {
        key: word.to_owned(),
        name: FieldName::new(word),
        null: None,
        ty: Type::Any,
        presence: if required { Presence::Required } else { Presence::Optional },
        sensitivity: Sensitivity::Public,
        docs: Docs::default(),
        deprecated: None,
        at: None,
    })
}

/// Applies the keywords of a parameter to the field of its schema.
fn complete(field: &mut Field, name: &str, data: &ParameterData) {
    field.key = name.to_owned();
    if data.description.is_some() {
        field.docs.description.clone_from(&data.description);
    }
    match Extensions(&data.extensions).sensitive() {
        Some(true) => field.sensitivity = Sensitivity::Secret,
        Some(false) => field.sensitivity = Sensitivity::Public,
        None => {}
    }
    let deprecated = Extensions(&data.extensions).deprecation(data.deprecated == Some(true));
    field.deprecated = deprecated.or(field.deprecated.take());
    without_null(field);
}

/// Only JSON distinguishes null from absent.
pub(super) fn without_null(field: &mut Field) {
    field.presence = match field.presence {
        Presence::RequiredNullable => Presence::Required,
        Presence::OptionalNullable => Presence::Optional,
        other => other,
    };
}

/// The names in `{}`, in the order of the path.
fn templates(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    let mut seen = BTreeSet::new();
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| seen.insert(*name))
        .collect()
}

fn spelled(word: &str) -> String {
    FieldName::new(word).as_str().to_owned()
}

/// Adds the location to the word of a parameter that has the same name as a property of the body or as a parameter in
/// another location.
fn word(name: &str, location: ParameterLocation, taken: &mut BTreeSet<String>) -> String {
    if taken.insert(spelled(name)) {
        return name.to_owned();
    }
    let word = format!("{}_{name}", location.word());
    taken.insert(spelled(&word));
    word
}

fn location(described: &DescribedParameter) -> ParameterLocation {
    match described {
        DescribedParameter::Path { .. } => ParameterLocation::Path,
        DescribedParameter::Query { .. } => ParameterLocation::Query,
        DescribedParameter::Header { .. } => ParameterLocation::Header,
        DescribedParameter::Cookie { .. } => ParameterLocation::Cookie,
    }
}

pub(super) fn encoding(described: &DescribedParameter) -> Encoding {
    let (style, reserved) = match described {
        DescribedParameter::Path { style, .. } => (path_style(style), false),
        DescribedParameter::Query { style, allow_reserved, .. } => {
            (query_style(style), *allow_reserved)
        }
        DescribedParameter::Header { .. } => (Style::Simple, false),
        DescribedParameter::Cookie { .. } => (Style::Form, false),
    };
    let default = Encoding::of(style);
    let explode = described.parameter_data_ref().explode.unwrap_or(default.explode);
    Encoding { style, explode, reserved }
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Simple => Style::Simple,
        PathStyle::Label => Style::Label,
        PathStyle::Matrix => Style::Matrix,
    }
}

fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}
