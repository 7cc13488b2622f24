//! Operations: one method for each thing that can be done, by whatever verbs.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation as Described, PathItem};

use super::answer::Answered;
use super::body::Sent;
use super::extensions::Extensions;
use super::naming::Named;
use super::{Lower, naming, twins};
use crate::api::{
    Docs, Effect, FunctionName, Method, ModuleName, Name, Namespace, Operation, Parameter, Place,
    TypeName,
};
use crate::count::Reason;
use crate::document::Pointer;

/// An operation, and the namespaces that lead to it.
pub(super) type Found = (Vec<String>, Operation);

/// An operation as the document has it.
#[derive(Clone, Copy)]
pub(super) struct Verb<'a> {
    pub(super) method: Method,
    pub(super) operation: &'a Described,
}

impl<'a> Lower<'a, '_> {
    /// The documented operations of a path.
    pub(super) fn path(&mut self, path: &'a str) -> Option<Vec<Found>> {
        let (_, item) = self.document.paths().find(|(other, _)| *other == path)?;
        let at = Pointer::root().join(["paths", path]);
        let mut groups: BTreeMap<(Vec<String>, String), Vec<Verb<'a>>> = BTreeMap::new();
        for verb in all_verbs(item) {
            if let Some(reason) = self.reason_against(verb) {
                self.left_out.whole(&at.child(verb_key(verb.method)), reason);
                continue;
            }
            let named = self.names.get(&(path, verb.method.as_str()))?.clone();
            groups.entry(named).or_default().push(verb);
        }
        self.other_servers(&item.servers, &at);
        let mut found = Vec::new();
        for ((namespace, wire), verbs) in groups {
            found.extend(
                self.operation(item, path, &at, wire, &verbs)
                    .map(|operation| (namespace, operation)),
            );
        }
        if found.is_empty() {
            self.left_out.whole(&at.child("parameters"), Reason::Unused);
        }
        Some(found)
    }

    /// Why an operation is none of the client's, if the document says so.
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

    /// One operation from the verbs that call it. What POST describes is what counts: it takes a JSON body, which says
    /// everything, where GET and DELETE have to squeeze it into the query. PATCH and PUT have to agree with it.
    fn operation(
        &mut self,
        item: &'a PathItem,
        path: &str,
        at: &Pointer,
        wire: String,
        verbs: &[Verb<'a>],
    ) -> Option<Operation> {
        let original = verbs.iter().find(|verb| verb.method == Method::Post).or(verbs.first())?;
        let pointer = at.child(verb_key(original.method));
        for twin in verbs.iter().filter(|verb| verb.method != original.method) {
            let has_to_agree = matches!(twin.method, Method::Patch | Method::Put);
            let twin = at.child(verb_key(twin.method));
            self.left_out.whole(&twin, Reason::OtherVerb);
            if has_to_agree && let Some(difference) = twins::compare(self.document, &pointer, &twin)
            {
                self.diagnostics.push(difference);
            }
        }
        let described = original.operation;
        self.other_servers(&described.servers, &pointer);
        let place = Place::operation(path, &wire, &pointer);
        let Some(parts) = self.parts(item, path, described, original.method, &pointer, &place)
        else {
            self.left_out.whole(&pointer, Reason::NoRust(self.obstacle));
            // What it would have used is of no use to anybody else.
            self.types.retain(|other, _| other.root != place.root);
            return None;
        };
        let (parameters, sent, answered) = parts;
        let parameters: Vec<Parameter> = parameters.into_iter().chain(sent.parameters).collect();
        let pagination = self.pagination(&pointer, &parameters, &answered);
        let Answered { answer, accept, .. } = answered;
        let wait = self.wait(&pointer, &answer);
        let methods = methods(original.method, verbs);
        let failures = self.failures(described, &pointer, &place);
        let extensions = Extensions(&described.extensions);
        let title =
            extensions.title().or(described.summary.as_deref()).filter(|title| *title != path);
        Some(Operation {
            function: FunctionName::new(&wire),
            module: ModuleName::new(&wire),
            request: TypeName::new("request"),
            response: TypeName::new("response"),
            wire,
            path: path.to_owned(),
            other_methods: other_methods(&methods, verbs),
            methods,
            effect: effect(verbs, extensions),
            docs: Docs {
                title: title.map(str::to_owned),
                description: described.description.clone(),
            },
            deprecated: extensions.deprecation(described.deprecated),
            security: self.security(described, &pointer),
            at: pointer,
            parameters,
            choices: sent.choices,
            body: sent.body,
            openness: sent.openness,
            answer,
            failures,
            accept,
            pagination,
            wait,
            polling: None,
            calls: Vec::new(),
        })
    }

    /// What an operation takes and gives; nothing if that cannot be expressed.
    fn parts(
        &mut self,
        item: &'a PathItem,
        path: &str,
        described: &'a Described,
        method: Method,
        at: &Pointer,
        place: &Place,
    ) -> Option<(Vec<Parameter>, Sent, Answered<'a>)> {
        let sent = self.sent(described, at, place)?;
        let taken: Vec<String> = sent.parameters.iter().map(|one| one.word.clone()).collect();
        let parameters = self.parameters(item, described, at, place, path, &taken)?;
        let answered = self.answer(described, method, at, place)?;
        self.left_out.whole(&at.child("callbacks"), Reason::Callback);
        Some((parameters, sent, answered))
    }

    /// Paths that refer to what cannot be followed have no operations here.
    pub(super) fn referenced_paths(&mut self) {
        for (path, reference) in self.document.referenced_paths() {
            let at = Pointer::root().join(["paths", path]);
            let diagnostic = self.document.dangling(&at, reference);
            self.left_out.whole(&at, Reason::NoRust(diagnostic.code));
            self.degrade(diagnostic, "so it is left out");
        }
    }

    /// Operation ids that stand for several operations: each has a name all the same, but it says less.
    pub(super) fn duplicate_ids(&mut self, selected: &BTreeSet<&str>) {
        for (path, method, id) in naming::duplicates(self.document) {
            if selected.contains(path) {
                let at = Pointer::root().join(["paths", path, &verb_key(method), "operationId"]);
                let message = format!("`{id}` is the id of another operation too");
                let help = "give each its own with an overlay, for names that say more";
                self.warn(&at, "duplicate-operation-id", message, help);
            }
        }
    }
}

/// The operations of a path, without those that generators are told to leave alone.
pub(super) fn verbs(item: &PathItem) -> Vec<Verb<'_>> {
    let all = all_verbs(item).into_iter();
    all.filter(|verb| !Extensions(&verb.operation.extensions).ignored()).collect()
}

/// The operations of a path; POST comes first.
fn all_verbs(item: &PathItem) -> Vec<Verb<'_>> {
    let all = [
        (Method::Post, &item.post),
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Patch, &item.patch),
        (Method::Delete, &item.delete),
        (Method::Options, &item.options),
        (Method::Head, &item.head),
        (Method::Trace, &item.trace),
    ];
    let described = all.into_iter().filter_map(|(method, operation)| {
        operation.as_ref().map(|operation| Verb { method, operation })
    });
    described.collect()
}

pub(super) fn verb_key(method: Method) -> String {
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

/// The verbs that are there besides.
fn other_methods(methods: &[Method], verbs: &[Verb<'_>]) -> Vec<Method> {
    let others = verbs.iter().map(|verb| verb.method);
    others.filter(|method| !methods.contains(method)).collect()
}

/// What the verbs of an operation tell about calling it twice. POST tells nothing, so that another verb beside it says
/// what the operation is; what the document says itself counts most.
fn effect(verbs: &[Verb<'_>], extensions: Extensions<'_>) -> Effect {
    let has = |wanted: &[Method]| verbs.iter().any(|verb| wanted.contains(&verb.method));
    let told = if has(&[Method::Put, Method::Delete]) {
        Effect::Idempotent
    } else if has(&[Method::Get, Method::Head, Method::Options, Method::Trace])
        && !has(&[Method::Patch])
    {
        Effect::Read
    } else {
        Effect::Write
    };
    match extensions.idempotent() {
        None => told,
        Some(true) if told == Effect::Write => Effect::Idempotent,
        Some(true) => told,
        Some(false) => Effect::Write,
    }
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
            feature: None,
            operations: Vec::new(),
            namespaces: Vec::new(),
        });
        level.len() - 1
    });
    &mut level[index]
}
