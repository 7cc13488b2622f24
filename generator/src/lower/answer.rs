//! What operations answer.

use std::collections::BTreeMap;

use openapiv3::{Operation, ReferenceOr, Response, StatusCode};

use super::extensions::{Extensions, ResponseKey};
use super::media::{Content, Kind};
use super::schema::Described;
use super::shape::{ObjectShape, SchemaRef};
use super::{Lower, Scope};
use crate::api::{
    Answer, Beside, Failure, Kind as Defined, Method, Name, Openness, Place, Presence, Step,
    Struct, Type, TypeName,
};
use crate::count::Reason;
use crate::document::Pointer;

/// A described answer.
struct Success<'a> {
    content: Option<Content<'a>>,
    at: Pointer,
    /// Where the operation has it, or refers to it.
    entry: Pointer,
}

/// What an operation answers.
pub(super) struct Answered<'a> {
    pub(super) answer: Answer,
    /// Which media type to ask for, where it is not the usual one.
    pub(super) accept: Option<String>,
    /// What describes the body, where it is JSON.
    pub(super) body: Option<(SchemaRef<'a>, Pointer)>,
}

impl Answered<'_> {
    const NOTHING: Self = Self { answer: Answer::Nothing, accept: None, body: None };
}

impl<'a> Lower<'a, '_> {
    /// What the successes answer; nothing if that cannot be expressed.
    pub(super) fn answer(
        &mut self,
        described: &'a Operation,
        method: Method,
        at: &Pointer,
        place: &Place,
    ) -> Option<Answered<'a>> {
        let at = at.child("responses");
        let mut successes = Vec::new();
        for (status, response) in successes_of(described) {
            let entry = self.entry(&at, &status);
            let (response, at) = self.component(response, &entry)?;
            self.left_out.whole(&at.child("headers"), Reason::Header);
            successes.push(Success { content: self.choose(&response.content, &at), at, entry });
        }
        if method == Method::Head {
            successes.iter().for_each(|one| self.left_out.whole(&one.entry, Reason::NoResult));
            return Some(Answered::NOTHING);
        }
        let key = Extensions(&described.extensions).response_key();
        // Where the document says what the result is, the first success has it.
        let first = match key {
            ResponseKey::Unstated => successes.iter().position(|one| one.content.is_some()),
            _ => (!successes.is_empty()).then_some(0),
        };
        let Some(success) = first.map(|first| successes.remove(first)) else {
            return Some(Answered::NOTHING);
        };
        let mut may_lack = false;
        for other in &successes {
            self.left_out.whole(&other.entry, Reason::OtherAnswer);
            match (&success.content, &other.content) {
                (Some(content), Some(other)) if self.is_same(content, other) => {}
                (Some(_), None) => may_lack = true,
                (None, None) => {}
                _ => {
                    let message = "this answer is not read, only that of the first success";
                    let help = "describe all successes by one schema, with an overlay, if they are to be read";
                    self.warn(&other.at, "ignored-response", message, help);
                }
            }
        }
        Some(self.content(success.content, key, may_lack, place))
    }

    /// What the other statuses say, where that is JSON and described.
    pub(super) fn failures(
        &mut self,
        described: &'a Operation,
        at: &Pointer,
        place: &Place,
    ) -> Vec<Failure> {
        let at = at.child("responses");
        let mut failures = Vec::new();
        for status in others_of(described) {
            self.left_out.whole(&self.entry(&at, &status), Reason::OtherAnswer);
        }
        for (status, response) in failures_of(described) {
            let at = self.entry(&at, &status);
            if let ReferenceOr::Reference { reference } = response
                && self.document.is_dangling(reference)
            {
                let diagnostic = self.document.dangling(&at.child("$ref"), reference);
                self.left_out.whole(&at, Reason::NoRust(diagnostic.code));
                self.degrade(diagnostic, "so it is left out");
                continue;
            }
            let Some((response, at)) = self.component(response, &at) else { continue };
            self.left_out.whole(&at.child("headers"), Reason::Header);
            let Some(content) = self.choose(&response.content, &at) else { continue };
            if content.kind != Kind::Json {
                self.as_a_whole(&content);
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
    ) -> Answered<'a> {
        let Some(content) = content else { return Answered::NOTHING };
        let accept = content.accept.clone();
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let at = content.at.child("schema");
        if content.kind != Kind::Json {
            self.as_a_whole(&content);
        }
        let answer = match (content.kind, schema) {
            (Kind::Json, None) => return Answered::NOTHING,
            (Kind::Json, Some(schema)) => match key {
                ResponseKey::Unstated => {
                    let ty = self.ty(schema, &at, &place.inside(Step::Output));
                    if may_lack { Answer::Optional(ty) } else { Answer::Body(ty) }
                }
                ResponseKey::Key(key) => self.keyed(schema, key, &at, place),
                ResponseKey::Null => self.envelope(schema, &at, place),
            },
            (Kind::Text | Kind::Form, _) => Answer::Text,
            (Kind::Bytes | Kind::Multipart, _) => Answer::Bytes,
        };
        let body = schema.filter(|_| content.kind == Kind::Json).map(|schema| (schema, at));
        Answered { answer, accept, body }
    }

    /// Whether two contents are described alike.
    fn is_same(&self, one: &Content<'a>, other: &Content<'a>) -> bool {
        let schema = |content: &Content<'a>| self.document.value(&content.at.child("schema"));
        one.kind == other.kind && (!matches!(one.kind, Kind::Json) || schema(one) == schema(other))
    }

    fn keyed(&mut self, schema: SchemaRef<'a>, key: &str, at: &Pointer, place: &Place) -> Answer {
        let mut object = self.object_shape(schema, at).unwrap_or_default();
        let Some(property) = object.properties.remove(key) else {
            let message =
                format!("the response has no property `{key}`, which is said to hold the result");
            let diagnostic = self
                .error(at, "missing-response-key", message)
                .help("add the property, or correct `x-response-key` with an overlay");
            self.degrade(diagnostic, "so the body is the result");
            return Answer::Body(self.ty(schema, at, &place.inside(Step::Output)));
        };
        // The result may stand in the one, with properties of the same names.
        let beside_at = place.inside(Step::Output).inside(Step::Output);
        let place = self.place_of(key, place);
        let presence = self.presence(property.schema, object.required.contains(key));
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
            self.left_out.whole(&property.at, Reason::BesideResult);
            let presence = self.presence(property.schema, others.required.contains(key));
            let ty = (self.scope == Scope::Everything).then(|| {
                let place = place.inside(Step::Property((*key).to_owned()));
                self.ty(property.schema, &property.at, &place)
            });
            beside.insert((*key).to_owned(), Beside { presence, ty });
        }
        self.settle(&mut others);
        beside
    }

    /// Where an operation has an answer. The document may write a range in small letters.
    fn entry(&self, responses: &Pointer, status: &str) -> Pointer {
        let at = responses.child(status);
        let is_there = !status.ends_with("XX") || self.document.value(&at).is_some();
        if is_there { at } else { responses.child(status.to_lowercase()) }
    }

    /// Where the type of the result stands; a parameter of that name may have a type there.
    fn place_of(&self, key: &str, place: &Place) -> Place {
        let [property, element] = [Step::Property, Step::Element].map(|step| step(key.to_owned()));
        let is_taken = self.types.keys().any(|other| {
            let first = other.steps.first();
            other.root == place.root && (first == Some(&property) || first == Some(&element))
        });
        place.inside(if is_taken { Step::Output } else { property })
    }

    /// The operation has no result, but may describe data all the same: it comes as it is, with nothing that has to be
    /// there, so that no body makes a failure of what the server did.
    fn envelope(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Answer {
        let shape = self.object_shape(schema, at).filter(|object| !object.properties.is_empty());
        let Some((shape, (schema, _))) = shape.zip(self.resolve(schema, at)) else {
            self.left_out.inside(at, Reason::NoResult);
            return Answer::Nothing;
        };
        let place = place.inside(Step::Output);
        let mut fields = self.fields(shape, &place);
        let presences = fields.iter().map(|field| (field.key.clone(), field.presence));
        let described = presences.collect();
        for field in &mut fields {
            field.presence = Presence::Expendable;
        }
        self.define(
            Described::of(&schema.schema_data),
            Defined::Struct(Struct { fields, others: None, openness: Openness::Open }),
            &place,
        );
        Answer::Envelope { ty: place, described }
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
