//! Operations: one method for each thing that can be done, by whatever verbs.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Operation as Described, PathItem};

use super::answer::Answered;
use super::body::Sent;
use super::extensions::Extensions;
use super::{Lower, naming, twins};
use crate::api::{
    Docs, FunctionName, Method, ModuleName, Name, Namespace, Operation, Parameter, Place, TypeName,
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
        for verb in verbs(item) {
            let undocumented = Extensions(&verb.operation.extensions).undocumented();
            if undocumented && !self.options.undocumented {
                self.left_out.whole(&at.child(verb_key(verb.method)), Reason::Undocumented);
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
            if has_to_agree {
                if let Some(difference) = twins::compare(self.document, &pointer, &twin) {
                    self.diagnostics.push(difference);
                }
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
        let (parameters, sent, (answer, accept)) = parts;
        let failures = self.failures(described, &pointer, &place);
        let extensions = Extensions(&described.extensions);
        let title =
            extensions.title().or(described.summary.as_deref()).filter(|title| *title != path);
        Some(Operation {
            function: FunctionName::new(&wire),
            module: ModuleName::new(&wire),
            wire,
            path: path.to_owned(),
            at: pointer,
            methods: methods(original.method, verbs),
            docs: Docs {
                title: title.map(str::to_owned),
                description: described.description.clone(),
            },
            deprecated: extensions.deprecation(described.deprecated),
            security: self.security(described),
            parameters: parameters.into_iter().chain(sent.parameters).collect(),
            choices: sent.choices,
            body: sent.body,
            answer,
            failures,
            accept,
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
    ) -> Option<(Vec<Parameter>, Sent, Answered)> {
        let sent = self.sent(described, at, place)?;
        let taken: Vec<String> = sent.parameters.iter().map(|one| one.word.clone()).collect();
        let parameters = self.parameters(item, described, at, place, path, &taken)?;
        let answered = self.answer(described, method, at, place)?;
        self.left_out.whole(&at.child("callbacks"), Reason::Callback);
        Some((parameters, sent, answered))
    }

    /// Paths that only refer to another document have no operations here.
    pub(super) fn referenced_paths(&mut self) {
        for path in self.document.referenced_paths() {
            let at = Pointer::root().join(["paths", path]);
            let message = "a path that is described elsewhere has no Rust";
            self.leave_out_part(&at, "unsupported-ref", message);
        }
    }

    /// Operation ids that stand for several operations: each has a name all the same, but it says less.
    pub(super) fn duplicate_ids(&mut self, selected: &BTreeSet<&str>) {
        for (path, method, id) in naming::duplicates(self.document) {
            if selected.contains(path) {
                let at = Pointer::root().join(["paths", path, &verb_key(method), "operationId"]);
                let message = format!("`{id}` is the id of another operation too");
                self.warn(&at, "duplicate-operation-id", message);
            }
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
            // No scheme at all is a way that asks for nothing.
            .filter(|name| !name.is_empty())
            .collect();
        names.dedup();
        names
    }
}

pub(super) fn verbs(item: &PathItem) -> Vec<Verb<'_>> {
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
