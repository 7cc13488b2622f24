//! Operations: each becomes one method, whatever verbs the document offers for it.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::PathItem;

use super::at_least_one;
use super::endpoint::Endpoint;
use super::extensions::Extensions;
use super::naming::{self, Named};
use super::request_body::RequestBody;
use super::response::{Success, redirects};
use super::security::Schemes;
use super::shape::SchemaRef;
use super::skipped::Skipped;
use super::types::Types;
use super::verbs::{Verb, all_verbs, verb_key, verbs};
use super::view::View;
use super::{server, verb_aliases};
use crate::api::Reason;
use crate::api::{
    Docs, Effect, Field, FunctionName, Method, ModuleFile, ModuleName, Name, Operation, Parameter,
    Place, TypeName,
};
use crate::document::Pointer;

/// An operation that has been lowered.
pub(super) struct LoweredOperation<'a> {
    /// The namespaces that lead to it.
    pub(super) namespace: Vec<String>,
    pub(super) operation: Operation,
    /// The schema of its JSON response, and where it stands.
    pub(super) json: Option<(SchemaRef<'a>, Pointer)>,
}

/// Lowers operations. What they reach goes into the types and the security schemes.
pub(super) struct Operations<'t, 'a, 's> {
    pub(super) types: &'t mut Types<'a, 's>,
    pub(super) schemes: &'t mut Schemes<'a, 's>,
}

impl<'a> Operations<'_, 'a, '_> {
    /// The documented operations of a path.
    pub(super) fn path(&mut self, path: &'a str) -> Vec<LoweredOperation<'a>> {
        let view = self.types.view;
        let Some((_, item)) = view.document.paths().find(|(other, _)| *other == path) else {
            return Vec::new();
        };
        let at = Pointer::root().join(["paths", path]);
        let mut groups: BTreeMap<Named, Vec<Verb<'a>>> = BTreeMap::new();
        for verb in all_verbs(item) {
            if let Some(reason) = view.reason_against(verb) {
                self.types.report.left_out.whole(&at.child(verb_key(verb.method)), reason);
            } else if let Some(named) = view.names.get(&(path, verb.method.as_str())) {
                groups.entry(named.clone()).or_default().push(verb);
            }
        }
        server::ignored(&mut self.types.report, &item.servers, &at);
        let mut lowered = Vec::new();
        for ((namespace, name), verbs) in groups {
            let Some(endpoint) = endpoint(path, item, &name, &verbs) else { continue };
            self.aliases(&endpoint, &verbs);
            match self.operation(&endpoint, name, &verbs) {
                Ok((operation, json)) => {
                    lowered.push(LoweredOperation { namespace, operation, json })
                }
                Err(skipped) => {
                    self.types.report.skip_operation(&endpoint.at, skipped);
                    self.types.forget(&endpoint.place.root);
                }
            }
        }
        if lowered.is_empty() {
            self.types.report.left_out.whole(&at.child("parameters"), Reason::Unused);
        }
        lowered
    }

    /// Leaves out the other verbs of an operation. PATCH and PUT have to agree with the one that describes it.
    fn aliases(&mut self, endpoint: &Endpoint<'a>, verbs: &[Verb<'a>]) {
        let report = &mut self.types.report;
        for verb in verbs.iter().filter(|verb| verb.method != endpoint.method) {
            let at = endpoint.at.parent().child(verb_key(verb.method));
            report.left_out.whole(&at, Reason::OtherVerb);
            if matches!(verb.method, Method::Patch | Method::Put) {
                let document = self.types.view.document;
                let difference = verb_aliases::compare(document, &endpoint.at, &at);
                difference.into_iter().for_each(|difference| report.push(difference));
            }
        }
        server::ignored(report, &endpoint.operation.servers, &endpoint.at);
    }

    fn operation(
        &mut self,
        endpoint: &Endpoint<'a>,
        name: String,
        verbs: &[Verb<'a>],
    ) -> Result<(Operation, Option<(SchemaRef<'a>, Pointer)>), Skipped> {
        let (parameters, body, success) = self.parts(endpoint)?;
        let Success { response, statuses, accept, json } = success;
        let methods = methods(endpoint.method, verbs);
        let described = endpoint.operation;
        let extensions = Extensions(&described.extensions);
        let title = extensions.title().or(described.summary.as_deref());
        let title = title.filter(|title| *title != endpoint.path);
        let failures = self.types.failures(endpoint);
        let at_least_one = self.at_least_one(endpoint, &parameters, &body);
        let operation = Operation {
            function: FunctionName::new(&name),
            module: ModuleName::new(&name),
            file: ModuleFile::default(),
            links: Vec::new(),
            modules: Vec::new(),
            request: TypeName::new("request"),
            response: TypeName::new("response"),
            wire: name,
            path: endpoint.path.to_owned(),
            other_methods: other_methods(&methods, verbs),
            methods,
            effect: effect(verbs, extensions),
            docs: Docs {
                title: title.map(str::to_owned),
                description: at_least_one::described(
                    described.description.as_deref(),
                    &at_least_one,
                ),
            },
            deprecated: extensions.deprecation(described.deprecated),
            security: self.schemes.security(endpoint, &mut self.types.report),
            at: endpoint.at.clone(),
            parameters,
            choices: body.choices,
            at_least_one,
            body: body.body,
            openness: body.openness,
            answer: response,
            successes: statuses,
            failures,
            redirects: redirects(described),
            accept,
            pagination: None,
            wait: None,
            polling: None,
            example: None,
        };
        Ok((operation, json))
    }

    /// The parameters of which one has to be set. An alternative that has to be chosen is one of any.
    fn at_least_one(
        &mut self,
        endpoint: &Endpoint<'a>,
        parameters: &[Parameter],
        body: &RequestBody,
    ) -> Vec<Vec<String>> {
        let extensions = &endpoint.operation.extensions;
        if !body.choices.is_empty() && at_least_one::is_any(extensions) {
            return Vec::new();
        }
        let fields: Vec<&Field> = parameters.iter().map(|one| &one.field).collect();
        self.types.at_least_one(extensions, &endpoint.at, &fields)
    }

    /// What an operation sends and receives.
    fn parts(
        &mut self,
        endpoint: &Endpoint<'a>,
    ) -> Result<(Vec<Parameter>, RequestBody, Success<'a>), Skipped> {
        let mut body = self.types.request_body(endpoint)?;
        let in_body = std::mem::take(&mut body.parameters);
        let taken: Vec<&str> = in_body.iter().map(|one| one.word.as_str()).collect();
        let mut parameters = self.types.parameters(endpoint, &taken)?;
        parameters.extend(in_body);
        let success = self.types.success(endpoint)?;
        self.types.report.left_out.whole(&endpoint.at.child("callbacks"), Reason::Callback);
        Ok((parameters, body, success))
    }
}

impl<'a> Types<'a, '_> {
    /// Leaves out the paths whose description is a reference that leads nowhere.
    pub(super) fn referenced_paths(&mut self) {
        for (path, reference) in self.view.document.referenced_paths() {
            let at = Pointer::root().join(["paths", path]);
            self.report.skip_part(&at, self.view.document.dangling(&at, reference).into());
        }
    }

    /// Warns of operation IDs that several operations have. Their methods get longer names.
    pub(super) fn duplicate_ids(&mut self, selected: &BTreeSet<&str>) {
        for (path, method, id) in naming::duplicates(self.view.document) {
            if selected.contains(path) {
                let at = Pointer::root().join(["paths", path, &verb_key(method), "operationId"]);
                let message = format!("`{id}` is the id of another operation too");
                let help = "give each its own with an overlay, for names that say more";
                self.report.warn(&at, "duplicate-operation-id", message, help);
            }
        }
    }
}

impl View<'_, '_> {
    /// The reason for which the document excludes an operation from the client.
    fn reason_against(&self, verb: Verb<'_>) -> Option<Reason> {
        let extensions = Extensions(&verb.operation.extensions);
        let is_hidden = extensions.undocumented() && !self.options.undocumented;
        match (extensions.ignored(), is_hidden) {
            (true, _) => Some(Reason::Ignored),
            (false, true) => Some(Reason::Undocumented),
            (false, false) => None,
        }
    }

    /// Where the verb stands that describes the operation of this name.
    pub(super) fn original(&self, path: &str, named: &Named) -> Option<Pointer> {
        let (_, item) = self.document.paths().find(|(other, _)| *other == path)?;
        let is_named =
            |verb: &Verb<'_>| self.names.get(&(path, verb.method.as_str())) == Some(named);
        let verbs = verbs(item).into_iter().filter(is_named);
        let original = verbs.min_by_key(|verb| self.reason_against(*verb).is_some())?;
        Some(Pointer::root().join(["paths", path]).child(verb_key(original.method)))
    }
}

/// The verb that describes an operation. POST takes precedence: its JSON body says everything, where GET and DELETE have to
/// squeeze it into the query.
fn endpoint<'a>(
    path: &'a str,
    item: &'a PathItem,
    name: &str,
    verbs: &[Verb<'a>],
) -> Option<Endpoint<'a>> {
    let verb = verbs.iter().find(|verb| verb.method == Method::Post).or(verbs.first())?;
    let at = Pointer::root().join(["paths", path, &verb_key(verb.method)]);
    let place = Place::operation(path, name, &at);
    Some(Endpoint { path, item, method: verb.method, operation: verb.operation, at, place })
}

/// PATCH where the path has it, else POST: both take JSON, and POST always works.
fn methods(original: Method, verbs: &[Verb<'_>]) -> Vec<Method> {
    let has_patch = verbs.iter().any(|verb| verb.method == Method::Patch);
    match original {
        Method::Post if has_patch => vec![Method::Patch, Method::Post],
        other => vec![other],
    }
}

/// The verbs of the document by which the client does not call the operation.
fn other_methods(methods: &[Method], verbs: &[Verb<'_>]) -> Vec<Method> {
    let others = verbs.iter().map(|verb| verb.method);
    others.filter(|method| !methods.contains(method)).collect()
}

/// What a second call does, judged by the verbs of an operation. POST says nothing about it, so another verb of the same
/// operation decides. An extension of the document takes precedence.
fn effect(verbs: &[Verb<'_>], extensions: Extensions<'_>) -> Effect {
    let has = |wanted: &[Method]| verbs.iter().any(|verb| wanted.contains(&verb.method));
    let by_verb = if has(&[Method::Put, Method::Delete]) {
        Effect::Idempotent
    } else if has(&[Method::Get, Method::Head, Method::Options, Method::Trace])
        && !has(&[Method::Patch])
    {
        Effect::Read
    } else {
        Effect::Write
    };
    match extensions.idempotent() {
        None => by_verb,
        Some(true) if by_verb == Effect::Write => Effect::Idempotent,
        Some(true) => by_verb,
        Some(false) => Effect::Write,
    }
}
