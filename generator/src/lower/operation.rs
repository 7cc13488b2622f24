//! Operations: one method for each thing that can be done, by whatever verbs.

use std::collections::BTreeMap;

use openapiv3::{MediaType, Operation as Described, PathItem, ReferenceOr, StatusCode};

use super::extensions::{Extensions, ResponseKey};
use super::shape::{ObjectShape, SchemaRef};
use super::{Lower, schema, twins};
use crate::api::{
    Answer, Docs, FunctionName, Kind, Method, ModuleName, Name, Namespace, Operation, Place,
    Presence, Step, Struct, TypeName, words,
};
use crate::document::Pointer;

/// An operation, and the namespaces that lead to it.
pub(super) type Found = (Vec<String>, Operation);

/// An operation as the document has it.
#[derive(Clone, Copy)]
struct Verb<'a> {
    method: Method,
    operation: &'a Described,
}

/// What a body holds: its media type, if it is JSON.
enum Content<'a> {
    Json(&'a MediaType, Pointer),
    None,
    Unsupported,
}

impl<'a> Lower<'a, '_> {
    /// The documented operations of a path.
    pub(super) fn path(&mut self, path: &'a str) -> Option<Vec<Found>> {
        let (_, item) = self.document.paths().find(|(other, _)| *other == path)?;
        let at = Pointer::root().join(["paths", path]);
        let mut groups: BTreeMap<(Vec<String>, String), Vec<Verb<'a>>> = BTreeMap::new();
        for verb in verbs(item) {
            let undocumented = Extensions(&verb.operation.extensions).undocumented();
            if self.options.undocumented || !undocumented {
                groups.entry(name(path, verb)).or_default().push(verb);
            }
        }
        let mut found = Vec::new();
        for ((namespace, wire), verbs) in groups {
            found.extend(
                self.operation(path, &at, wire, &verbs).map(|operation| (namespace, operation)),
            );
        }
        Some(found)
    }

    /// One operation from the verbs that call it. What POST describes is what counts: it takes a JSON body, which says
    /// everything, where GET and DELETE have to squeeze it into the query. PATCH and PUT have to agree with it.
    fn operation(
        &mut self,
        path: &str,
        at: &Pointer,
        wire: String,
        verbs: &[Verb<'a>],
    ) -> Option<Operation> {
        let original = verbs.iter().find(|verb| verb.method == Method::Post).or(verbs.first())?;
        let pointer = at.child(verb_key(original.method));
        for twin in verbs.iter().filter(|verb| verb.method != original.method) {
            if matches!(twin.method, Method::Patch | Method::Put) {
                let twin = at.child(verb_key(twin.method));
                if let Some(difference) = twins::compare(self.document, &pointer, &twin) {
                    self.diagnostics.push(difference);
                }
            }
        }
        let described = original.operation;
        self.refuse_parameters(described, &pointer);
        let place = Place::operation(path, &wire);
        let extensions = Extensions(&described.extensions);
        let (parameters, choices) = self.request_body(described, &pointer, &place);
        let title =
            extensions.title().or(described.summary.as_deref()).filter(|title| *title != path);
        Some(Operation {
            function: FunctionName::new(&wire),
            module: ModuleName::new(&wire),
            wire,
            path: path.to_owned(),
            methods: methods(original.method, verbs),
            docs: Docs {
                title: title.map(str::to_owned),
                description: described.description.clone(),
            },
            deprecated: extensions.deprecation(described.deprecated),
            security: self.security(described),
            parameters,
            choices,
            answer: self.answer(described, &pointer, &place),
        })
    }

    /// Parameters outside of the body have no Rust yet.
    fn refuse_parameters(&mut self, described: &Described, at: &Pointer) {
        if !described.parameters.is_empty() {
            let diagnostic = self
                .error(
                    &at.child("parameters"),
                    "unsupported-parameters",
                    "parameters outside of the body have no Rust yet",
                )
                .help("leave the operation out with `--only`");
            self.diagnostics.push(diagnostic);
        }
    }

    /// The ways to authenticate, each a combination of schemes.
    fn security(&self, described: &Described) -> Vec<String> {
        let alternatives = described.security.as_ref().or(self.document.api().security.as_ref());
        let mut names: Vec<String> = alternatives
            .into_iter()
            .flatten()
            .map(|schemes| {
                let mut schemes: Vec<&str> = schemes.keys().map(String::as_str).collect();
                schemes.sort_unstable();
                schemes.join(" + ")
            })
            .collect();
        names.dedup();
        names
    }

    /// The object that a request sends as JSON.
    pub(super) fn body_object(
        &mut self,
        described: &'a Described,
        at: &Pointer,
    ) -> Option<ObjectShape<'a>> {
        let at = at.child("requestBody");
        let body = match described.request_body.as_ref()? {
            ReferenceOr::Item(body) => body,
            ReferenceOr::Reference { .. } => {
                self.unsupported_body(&at, "a referenced request body has no Rust yet");
                return None;
            }
        };
        let (media, at) = match json(&body.content, &at) {
            Content::Json(media, at) => (media, at.child("schema")),
            Content::None => return None,
            Content::Unsupported => {
                self.unsupported_body(&at, "only `application/json` bodies have a Rust yet");
                return None;
            }
        };
        let shape = self.conditions_shape(media.schema.as_ref()?.into(), &at);
        if shape.is_none() {
            self.unsupported_body(&at, "a request body has to be an object");
        }
        shape
    }

    fn unsupported_body(&mut self, at: &Pointer, message: &str) {
        let help =
            "describe it in another way with an overlay, or leave the operation out with `--only`";
        let diagnostic = self.error(at, "unsupported-body", message).help(help);
        self.diagnostics.push(diagnostic);
    }

    /// What the first success answers.
    fn answer(&mut self, described: &'a Described, at: &Pointer, place: &Place) -> Answer {
        let responses = described.responses.responses.iter();
        let mut successes: Vec<_> = responses.filter(|(status, _)| is_success(status)).collect();
        successes.sort_by_key(|(status, _)| status.to_string());
        let at = at.child("responses");
        let Some(((status, response), others)) = successes.split_first() else {
            return Answer::Nothing;
        };
        for (status, _) in others {
            let message = "this answer is not read, only that of the first success";
            self.warn(&at.child(status), "ignored-response", message);
        }
        let at = at.child(status);
        let ReferenceOr::Item(response) = response else {
            self.unsupported_body(&at, "a referenced response has no Rust yet");
            return Answer::Nothing;
        };
        let (media, at) = match json(&response.content, &at) {
            Content::Json(media, at) => (media, at.child("schema")),
            Content::None => return Answer::Nothing,
            Content::Unsupported => {
                self.unsupported_body(&at, "only `application/json` answers have a Rust yet");
                return Answer::Nothing;
            }
        };
        let Some(schema) = &media.schema else { return Answer::Nothing };
        match Extensions(&described.extensions).response_key() {
            ResponseKey::Unstated => {
                Answer::Body(self.ty(schema.into(), &at, &place.inside(Step::Output)))
            }
            ResponseKey::Key(key) => self.keyed(schema.into(), key, &at, place),
            ResponseKey::Null => self.envelope(schema.into(), &at, place),
        }
    }

    fn keyed(&mut self, schema: SchemaRef<'a>, key: &str, at: &Pointer, place: &Place) -> Answer {
        let object = self.object_shape(schema, at);
        let property = object.and_then(|object| object.properties.get(key).cloned());
        let Some(property) = property else {
            let message =
                format!("the response has no property `{key}`, which is said to hold the result");
            let diagnostic = self
                .error(at, "missing-response-key", message)
                .help("add the property, or correct `x-response-key` with an overlay");
            self.diagnostics.push(diagnostic);
            return Answer::Nothing;
        };
        let place = place.inside(Step::Property(key.to_owned()));
        Answer::Key { key: key.to_owned(), ty: self.ty(property.schema, &property.at, &place) }
    }

    /// The operation has no result, but may describe data all the same: it comes as it is, with nothing that has to be
    /// there, so that no body makes a failure of what the server did.
    fn envelope(&mut self, schema: SchemaRef<'a>, at: &Pointer, place: &Place) -> Answer {
        let shape = self.object_shape(schema, at).filter(|object| !object.properties.is_empty());
        let Some((shape, (described, _))) = shape.zip(self.resolve(schema, at)) else {
            return Answer::Nothing;
        };
        let place = place.inside(Step::Output);
        let mut fields = self.fields(&shape, &place);
        for field in &mut fields {
            field.presence = Presence::Expendable;
        }
        self.define(
            schema::Described::of(&described.schema_data),
            Kind::Struct(Struct { fields }),
            &place,
        );
        Answer::Envelope(place)
    }
}

fn is_success(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}

fn json<'a>(content: &'a indexmap::IndexMap<String, MediaType>, at: &Pointer) -> Content<'a> {
    let at = at.child("content");
    let is_json =
        |name: &str| name.split(';').next().is_some_and(|name| name.trim() == "application/json");
    match content.iter().filter(|(name, _)| is_json(name)).min_by_key(|(name, _)| *name) {
        Some((name, media)) => Content::Json(media, at.child(name)),
        None if content.is_empty() => Content::None,
        None => Content::Unsupported,
    }
}

fn verbs(item: &PathItem) -> Vec<Verb<'_>> {
    let all = [
        (Method::Post, &item.post),
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Patch, &item.patch),
        (Method::Delete, &item.delete),
    ];
    let described = all.into_iter().filter_map(|(method, operation)| {
        operation.as_ref().map(|operation| Verb { method, operation })
    });
    described.collect()
}

fn verb_key(method: Method) -> String {
    method.as_str().to_lowercase()
}

/// PATCH where the path has it, else POST: both take JSON, and POST always works.
fn methods(original: Method, verbs: &[Verb<'_>]) -> Vec<Method> {
    let has_patch = verbs.iter().any(|verb| verb.method == Method::Patch);
    match original {
        Method::Post if has_patch => vec![Method::Patch, Method::Post],
        other => vec![other],
    }
}

/// The namespaces and the name of an operation: as the document says, else from the path and the operation id.
fn name(path: &str, verb: Verb<'_>) -> (Vec<String>, String) {
    let extensions = Extensions(&verb.operation.extensions);
    let segments =
        path.split('/').filter(|segment| !segment.is_empty() && !segment.starts_with('{'));
    let mut namespace: Vec<String> = match extensions.group_name() {
        Some(group) => group.into_iter().map(str::to_owned).collect(),
        None => segments.map(words).collect(),
    };
    if namespace.is_empty() {
        namespace.push("root".to_owned());
    }
    let method = extensions.method_name().or(verb.operation.operation_id.as_deref());
    (namespace, method.map_or_else(|| verb_key(verb.method), str::to_owned))
}

/// The tree of namespaces that the operations stand in.
pub(super) fn into_namespaces(found: Vec<Found>) -> Vec<Namespace> {
    let mut roots = Vec::new();
    for (path, operation) in found {
        let mut level = &mut roots;
        let mut operations = None;
        for depth in 0..path.len() {
            let namespace = enter(level, &path[..=depth]);
            level = &mut namespace.namespaces;
            operations = Some(&mut namespace.operations);
        }
        if let Some(operations) = operations {
            operations.push(operation);
        }
    }
    roots
}

fn enter<'a>(level: &'a mut Vec<Namespace>, path: &[String]) -> &'a mut Namespace {
    let index = level.iter().position(|namespace| namespace.path == path).unwrap_or_else(|| {
        let word = path.last().map_or("", String::as_str);
        level.push(Namespace {
            path: path.to_vec(),
            module: ModuleName::new(word),
            function: FunctionName::new(word),
            name: TypeName::new(word),
            operations: Vec::new(),
            namespaces: Vec::new(),
        });
        level.len() - 1
    });
    &mut level[index]
}
