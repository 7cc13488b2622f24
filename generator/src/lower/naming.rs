//! The namespaces and the names of operations: as the document says in extensions, else from tags, operation ids and
//! paths.
//!
//! Without extensions the first tag is the namespace, or the words of the path where there is none. The name is the
//! operation id without the words of the namespace, unless two operations would be called the same; without an id it is
//! the verb and what the path adds.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Operation as Described;

use super::extensions::Extensions;
use super::verbs::{Verb, verb_key, verbs};
use crate::api::{Method, singular, words};
use crate::document::Document;

/// The words of the method chain, and the name of the method.
pub(super) type Named = (Vec<String>, String);

/// The names of all operations, by path and verb.
pub(super) type Names<'a> = BTreeMap<(&'a str, &'static str), Named>;

/// An operation before it is known whether its short name is its own.
struct Candidate<'a> {
    path: &'a str,
    verb: &'static str,
    namespace: Vec<String>,
    short: String,
    long: String,
}

/// Names all operations of the document, so that it makes no difference which of them are asked for.
pub(super) fn name_all<'a>(document: &'a Document<'_>) -> Names<'a> {
    let mut candidates = Vec::new();
    for (path, item) in document.paths() {
        candidates.extend(verbs(item).into_iter().map(|verb| candidate(path, verb)));
    }
    let mut users: BTreeMap<Named, BTreeSet<(&str, String)>> = BTreeMap::new();
    for one in &candidates {
        let users = users.entry((one.namespace.clone(), words(&one.short))).or_default();
        users.insert((one.path, one.long.clone()));
    }
    let named = candidates.into_iter().map(|one| {
        let is_own = users
            .get(&(one.namespace.clone(), words(&one.short)))
            .is_none_or(|users| users.len() == 1);
        let name = if is_own { one.short } else { one.long };
        ((one.path, one.verb), (one.namespace, name))
    });
    named.collect()
}

/// The operation ids that are not the only ones of their name, where names come from them, with the paths after the first.
pub(super) fn duplicates<'a>(document: &'a Document<'_>) -> Vec<(&'a str, Method, &'a str)> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut duplicates = Vec::new();
    let paths: BTreeMap<&str, _> = document.paths().collect();
    for (path, item) in paths {
        for verb in verbs(item) {
            let Some(id) = operation_id(verb.operation) else { continue };
            if Extensions(&verb.operation.extensions).method_name().is_some() {
                continue;
            }
            if *seen.entry(id).or_insert(path) != path {
                duplicates.push((path, verb.method, id));
            }
        }
    }
    duplicates
}

fn candidate<'a>(path: &'a str, verb: Verb<'a>) -> Candidate<'a> {
    let extensions = Extensions(&verb.operation.extensions);
    let tag = verb.operation.tags.first().map(|tag| words(tag)).filter(|tag| !tag.is_empty());
    let mut namespace: Vec<String> = match (extensions.group_name(), tag) {
        (Some(group), _) => group.into_iter().map(str::to_owned).collect(),
        (None, Some(tag)) => vec![tag],
        (None, None) => segments(path).filter(|part| !is_template(part)).map(words).collect(),
    };
    if namespace.is_empty() {
        namespace.push("root".to_owned());
    }
    let (short, long) = match (extensions.method_name(), operation_id(verb.operation)) {
        (Some(name), _) => (name.to_owned(), name.to_owned()),
        (None, Some(id)) => (without(&namespace, id), id.to_owned()),
        (None, None) => from_path(path, &namespace, verb.method),
    };
    Candidate { path, verb: verb.method.as_str(), namespace, short, long }
}

fn operation_id(operation: &Described) -> Option<&str> {
    operation.operation_id.as_deref().filter(|id| !words(id).is_empty())
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn is_template(segment: &str) -> bool {
    segment.starts_with('{')
}

/// The words of an operation id without those of its namespace at the beginning or the end: `listPets` of `pets` is
/// `list`. The whole id if nothing would be left, or the same words once more.
fn without(namespace: &[String], id: &str) -> String {
    let all = words(id);
    let all: Vec<&str> = all.split('_').collect();
    let last = namespace.last().map(|last| words(last)).unwrap_or_default();
    let last: Vec<&str> = last.split('_').collect();
    let same = |some: &[&str]| {
        some.len() == last.len() && some.iter().zip(&last).all(|(a, b)| singular(a) == singular(b))
    };
    if all.len() <= last.len() {
        return id.to_owned();
    }
    let (begin, end) = (last.len(), all.len() - last.len());
    let rest = match (same(&all[..begin]), same(&all[end..])) {
        (true, _) => &all[begin..],
        (false, true) => &all[..end],
        (false, false) => return id.to_owned(),
    };
    // `getCustomersCustomer` is not the `getCustomers` that it would be taken for.
    if rest.windows(last.len()).any(same) { id.to_owned() } else { rest.join("_") }
}

/// `GET /users/{id}/keys` is `get_by_id_keys` of `users`. The verb alone is not enough: the same could be said of others.
fn from_path(path: &str, namespace: &[String], method: Method) -> (String, String) {
    let mut name = verb_key(method);
    for segment in segments(path) {
        if is_template(segment) {
            let inner = segment.trim_matches(|c| matches!(c, '{' | '}'));
            name.push_str(&format!("_by_{}", words(inner)));
        } else if !namespace.contains(&words(segment)) {
            name.push_str(&format!("_{}", words(segment)));
        }
    }
    (name.clone(), name)
}
