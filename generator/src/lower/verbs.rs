//! The operations of a path, by HTTP method.

use openapiv3::{Operation, PathItem};

use super::extensions::Extensions;
use crate::api::Method;

/// An operation of a path.
#[derive(Clone, Copy)]
pub(super) struct Verb<'a> {
    pub(super) method: Method,
    pub(super) operation: &'a Operation,
}

/// The operations of a path, without those that the document excludes from clients.
pub(super) fn verbs(item: &PathItem) -> Vec<Verb<'_>> {
    let all = all_verbs(item).into_iter();
    all.filter(|verb| !Extensions(&verb.operation.extensions).ignored()).collect()
}

/// All operations of a path, POST first.
pub(super) fn all_verbs(item: &PathItem) -> Vec<Verb<'_>> {
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

/// The key of an operation in its path item.
pub(super) fn verb_key(method: Method) -> String {
    method.as_str().to_lowercase()
}
