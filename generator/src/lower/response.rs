//! What operations answer.

use std::collections::BTreeMap;

use openapiv3::{Operation, ReferenceOr, Response, StatusCode};

use super::endpoint::Endpoint;

use super::docs::Described;
use super::extensions::{Extensions, ResponseKey};
use super::media::{self, Content, Kind};
use super::object::ObjectShape;
use super::shape::SchemaRef;
use super::skipped::Skipped;
use super::types::Types;
use super::view::{Scope, View};
use crate::api::{
    Answer, Beside, Failure, Kind as Defined, Method, Name, Openness, Place, Presence, Reason,
    Step, Struct, SuccessContent, SuccessStatus, Type, TypeName,
};
use crate::document::Pointer;

/// A response with a status of success.
pub(super) struct DescribedSuccess<'a> {
    pub(super) status: String,
    pub(super) response: &'a Response,
    pub(super) content: Option<Content<'a>>,
    pub(super) at: Pointer,
    /// Where the operation has it, or refers to it.
    pub(super) entry: Pointer,
}

/// What an operation returns.
pub(super) struct Success<'a> {
    pub(super) response: Answer,
    /// The statuses that are read.
    pub(super) statuses: Vec<SuccessStatus>,
    /// The media type to ask for, if it is not `application/json`.
    pub(super) accept: Option<String>,
    /// The schema of the body, if that is JSON, and where it stands.
    pub(super) json: Option<(SchemaRef<'a>, Pointer)>,
}

impl Success<'_> {
    const NOTHING: Self =
        Self { response: Answer::Nothing, statuses: Vec::new(), accept: None, json: None };
}

impl<'a> Types<'a, '_> {
    /// What an operation returns if it succeeds.
    pub(super) fn success(&mut self, endpoint: &Endpoint<'a>) -> Result<Success<'a>, Skipped> {
        let mut successes = self.view.successes(endpoint.operation, &endpoint.at)?;
        for one in &successes {
            self.report.left_out.whole(&one.at.child("headers"), Reason::Header);
            self.report.choose(&one.response.content, &one.at);
        }
        if endpoint.method == Method::Head {
            let entries = successes.iter().map(|one| &one.entry);
            entries.for_each(|entry| self.report.left_out.whole(entry, Reason::NoResult));
            return Ok(Success::NOTHING);
        }
        let key = Extensions(&endpoint.operation.extensions).response_key();
        let Some(first) = first(&successes, &key) else {
            let statuses = successes.iter().map(DescribedSuccess::status).collect();
            return Ok(Success { statuses, ..Success::NOTHING });
        };
        if matches!(key, ResponseKey::Unstated) && self.view.are_different(&successes) {
            return Ok(self.by_status(successes, &endpoint.place));
        }
        let success = successes.remove(first);
        let statuses = self.read_alike(&success, &successes);
        let may_lack = success.content.is_some()
            && statuses.iter().any(|one| one.content == SuccessContent::Nothing);
        let success = self.content(success.content, key, may_lack, &endpoint.place);
        Ok(Success { statuses, ..success })
    }

    /// The statuses that are read like `success`, sorted, with those that have no body. Reports the others.
    fn read_alike(
        &mut self,
        success: &DescribedSuccess<'a>,
        others: &[DescribedSuccess<'a>],
    ) -> Vec<SuccessStatus> {
        let mut statuses = vec![success.status()];
        for other in others {
            self.report.left_out.whole(&other.entry, Reason::OtherAnswer);
            let is_read = match (&success.content, &other.content) {
                (Some(content), Some(other)) => self.view.is_same(content, other),
                (_, None) => true,
                (None, Some(_)) => false,
            };
            if is_read {
                statuses.push(other.status());
                continue;
            }
            let message = "this answer is not read, only that of the first success";
            let help =
                "describe all successes by one schema, with an overlay, if they are to be read";
            self.report.warn(&other.at, "ignored-response", message, help);
        }
        statuses.sort_by(|a, b| a.status.cmp(&b.status));
        statuses
    }

    /// What the other statuses say, where that is JSON and described.
    pub(super) fn failures(&mut self, endpoint: &Endpoint<'a>) -> Vec<Failure> {
        let (described, place) = (endpoint.operation, &endpoint.place);
        let at = endpoint.at.child("responses");
        let mut failures = Vec::new();
        for status in others_of(described) {
            self.report.left_out.whole(&self.view.entry(&at, &status), Reason::OtherAnswer);
        }
        for (status, response) in failures_of(described) {
            let at = self.view.entry(&at, &status);
            let (response, at) = match self.view.component(response, &at) {
                Ok(found) => found,
                Err(skipped) => {
                    self.report.skip_part(&at, skipped);
                    continue;
                }
            };
            self.report.left_out.whole(&at.child("headers"), Reason::Header);
            let Some(content) = self.report.choose(&response.content, &at) else { continue };
            if content.kind != Kind::Json {
                self.report.ignore_schema(&content);
                continue;
            }
            let Some(schema) = &content.media.schema else { continue };
            let place = place.inside(Step::Failure(status.to_lowercase()));
            let ty = self.ty(schema.into(), &content.at.child("schema"), &place);
            if let Type::Named(ty) = ty {
                let name = TypeName::new(&format!("failure_{}", status.to_lowercase()));
                failures.push(Failure { status, name, ty });
            }
        }
        failures
    }

    fn content(
        &mut self,
        content: Option<Content<'a>>,
        key: ResponseKey<'a>,
        may_lack: bool,
        place: &Place,
    ) -> Success<'a> {
        let Some(content) = content else { return Success::NOTHING };
        let accept = content.accept.clone();
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let at = content.at.child("schema");
        if content.kind != Kind::Json {
            self.report.ignore_schema(&content);
        }
        let response = match (content.kind, schema) {
            (Kind::Json, None) => return Success::NOTHING,
            (Kind::Json, Some(schema)) => match key {
                ResponseKey::Unstated => {
                    let ty = self.ty(schema, &at, &place.inside(Step::Output));
                    if may_lack {
                        Answer::Optional(ty)
                    } else {
                        Answer::Body(self.or_null(ty, schema))
                    }
                }
                ResponseKey::Key(key) => self.keyed(schema, key, &at, place),
                ResponseKey::Null => self.envelope(schema, &at, place),
            },
            (Kind::Text | Kind::Form, _) => Answer::Text,
            (Kind::Bytes | Kind::Multipart, _) => Answer::Bytes,
        };
        let json = schema.filter(|_| content.kind == Kind::Json).map(|schema| (schema, at));
        Success { response, statuses: Vec::new(), accept, json }
    }

    /// The type of a body, which is an option if the body may be null.
    pub(super) fn or_null(&self, ty: Type, schema: SchemaRef<'a>) -> Type {
        let may_be_null = self.view.presence(schema, true) == Presence::RequiredNullable;
        if may_be_null && ty != Type::Any { Type::Nullable(Box::new(ty)) } else { ty }
    }

    fn keyed(&mut self, schema: SchemaRef<'a>, key: &str, at: &Pointer, place: &Place) -> Answer {
        let mut object = self.view.object_shape(schema, at).unwrap_or_default();
        let Some(property) = object.properties.remove(key) else {
            let message =
                format!("the response has no property `{key}`, which is said to hold the result");
            let diagnostic = self
                .view
                .error(at, "missing-response-key", message)
                .help("add the property, or correct `x-response-key` with an overlay");
            self.report.degrade(diagnostic, "so the body is the result");
            return Answer::Body(self.ty(schema, at, &place.inside(Step::Output)));
        };
        // The result may stand in the outer output, with properties of the same names.
        let beside_at = place.inside(Step::Output).inside(Step::Output);
        let place = self.place_of(key, place);
        let presence = self.view.presence(property.schema, object.required.contains(key));
        let beside = self.beside_result(object, &beside_at);
        let ty = self.ty(property.schema, &property.at, &place);
        Answer::Key { key: key.to_owned(), ty, presence, at: property.at, beside }
    }

    fn beside_result(
        &mut self,
        mut others: ObjectShape<'a>,
        place: &Place,
    ) -> BTreeMap<String, Beside> {
        let mut beside = BTreeMap::new();
        for (key, property) in &others.properties {
            self.report.left_out.whole(&property.at, Reason::BesideResult);
            let presence = self.view.presence(property.schema, others.required.contains(key));
            let ty = (self.view.scope == Scope::Everything).then(|| {
                let place = place.inside(Step::Property((*key).to_owned()));
                self.ty(property.schema, &property.at, &place)
            });
            beside.insert((*key).to_owned(), Beside { presence, ty });
        }
        self.report.settle(&mut others);
        beside
    }

    /// Where the type of the result stands; a parameter of that name may have a type there.
    fn place_of(&self, key: &str, place: &Place) -> Place {
        let [property, element] = [Step::Property, Step::Element].map(|step| step(key.to_owned()));
        let is_taken = self.defined.keys().any(|other| {
            let first = other.steps.first();
            other.root == place.root && (first == Some(&property) || first == Some(&element))
        });
        place.inside(if is_taken { Step::Output } else { property })
    }

    /// The operation has no result, but may describe data all the same: it comes as it is, with nothing that has to be
    /// there, so that no body makes a failure of what the server did.
    fn envelope(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Answer {
        let shape =
            self.view.object_shape(schema, at).filter(|object| !object.properties.is_empty());
        let Some((shape, (schema, _))) = shape.zip(self.view.resolve(schema, at)) else {
            self.report.left_out.inside(at, Reason::NoResult);
            return Answer::Nothing;
        };
        let place = place.inside(Step::Output);
        let mut fields = self.fields(shape, &place);
        let presences = fields.iter().map(|field| (field.key.clone(), field.presence));
        let described = presences.collect();
        for field in &mut fields {
            field.presence = Presence::Droppable;
        }
        self.define(
            Described::of(&schema.schema_data),
            Defined::Struct(Struct { fields, others: None, openness: Openness::Open }),
            &place,
        );
        Answer::Envelope { ty: place, described }
    }
}

impl<'a> View<'a, '_> {
    /// The responses of an operation whose status is a success, sorted by it.
    fn successes(
        &self,
        operation: &'a Operation,
        at: &Pointer,
    ) -> Result<Vec<DescribedSuccess<'a>>, Skipped> {
        let responses = at.child("responses");
        let successes = successes_of(operation).into_iter().map(|(status, response)| {
            let entry = self.entry(&responses, &status);
            let (response, at) = self.component(response, &entry)?;
            let content = media::choose(&response.content, &at);
            Ok(DescribedSuccess { status, response, content, at, entry })
        });
        successes.collect()
    }

    /// The name of the component schema of what an operation returns, if it returns one.
    pub(super) fn returned_schema(
        &self,
        operation: &'a Operation,
        method: Method,
        at: &Pointer,
    ) -> Option<String> {
        let mut successes =
            self.successes(operation, at).ok().filter(|_| method != Method::Head)?;
        let key = Extensions(&operation.extensions).response_key();
        let success = successes.remove(first(&successes, &key)?);
        let content = success.content.filter(|content| content.kind == Kind::Json)?;
        let schema: SchemaRef<'a> = content.media.schema.as_ref()?.into();
        match key {
            ResponseKey::Unstated => self.component_name(schema),
            ResponseKey::Null => None,
            ResponseKey::Key(key) => {
                let object = self.object_shape(schema, &content.at.child("schema"));
                let property = object.and_then(|mut object| object.properties.remove(key));
                self.component_name(property.map_or(schema, |property| property.schema))
            }
        }
    }

    /// Whether two contents are described alike.
    pub(super) fn is_same(&self, one: &Content<'a>, other: &Content<'a>) -> bool {
        let schema = |content: &Content<'a>| self.document.value(&content.at.child("schema"));
        one.kind == other.kind && (!matches!(one.kind, Kind::Json) || schema(one) == schema(other))
    }

    /// Where an operation has an answer. The document may write a range in small letters.
    fn entry(&self, responses: &Pointer, status: &str) -> Pointer {
        let at = responses.child(status);
        let is_there = !status.ends_with("XX") || self.document.value(&at).is_some();
        if is_there { at } else { responses.child(status.to_lowercase()) }
    }
}

/// The success that the client reads. If the document says what the result is, the first one has it.
fn first(successes: &[DescribedSuccess<'_>], key: &ResponseKey<'_>) -> Option<usize> {
    match key {
        ResponseKey::Unstated => successes.iter().position(|one| one.content.is_some()),
        ResponseKey::Null | ResponseKey::Key(_) => (!successes.is_empty()).then_some(0),
    }
}

/// The answers that are successes, sorted by status. Where only a default is described, it is what to expect.
fn successes_of(described: &Operation) -> Vec<(String, &ReferenceOr<Response>)> {
    let responses = described.responses.responses.iter();
    let mut successes: Vec<_> = responses
        .filter(|(status, _)| is_success(status))
        .map(|(status, response)| (status.to_string(), response))
        .collect();
    successes.sort_by(|(a, _), (b, _)| a.cmp(b));
    if described.responses.responses.is_empty() {
        successes.extend(described.responses.default.iter().map(|one| ("default".to_owned(), one)));
    }
    successes
}

/// The answers that are failures, sorted by status. A default beside others is what else may be said.
fn failures_of(described: &Operation) -> Vec<(String, &ReferenceOr<Response>)> {
    let responses = &described.responses;
    let others = responses.responses.iter().filter(|(status, _)| is_failure(status));
    let mut failures: Vec<_> =
        others.map(|(status, response)| (status.to_string(), response)).collect();
    failures.sort_by(|(a, _), (b, _)| a.cmp(b));
    if !responses.responses.is_empty() {
        failures.extend(responses.default.iter().map(|one| ("default".to_owned(), one)));
    }
    failures
}

/// The described statuses that begin with 3, sorted.
pub(super) fn redirects(described: &Operation) -> Vec<String> {
    let failures = failures_of(described).into_iter().map(|(status, _)| status);
    failures.filter(|status| status.starts_with('3')).collect()
}

/// The answers that come before the end of a request, or that no server gives.
fn others_of(described: &Operation) -> Vec<String> {
    let statuses = described.responses.responses.keys();
    let others = statuses.filter(|status| !is_success(status) && !is_failure(status));
    others.map(StatusCode::to_string).collect()
}

fn is_failure(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (300..600).contains(code),
        StatusCode::Range(range) => (3..6).contains(range),
    }
}

fn is_success(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}
