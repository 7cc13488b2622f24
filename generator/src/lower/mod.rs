//! Lowers the document to the API.
//!
//! Lowering starts with the selected operations, and follows everything that they reach. No later phase but the checks
//! reads the document.

mod at_least_one;
mod by_status;
mod dispatch;
mod distribution;
mod docs;
mod endpoint;
mod enums;
mod extensions;
mod families;
mod ignored_keywords;
mod inheritance;
mod intersection;
mod json_types;
mod media;
mod namespaces;
mod naming;
mod object;
mod operation;
mod pagination;
mod parameter;
mod parameter_groups;
mod polling;
mod references;
mod report;
mod request_body;
mod response;
mod schema;
mod security;
mod selection;
mod sensitivity;
mod server;
mod settings;
mod shape;
mod shared_keys;
mod skipped;
mod tagged;
mod taken_names;
mod types;
mod unions;
mod untagged;
mod verb_aliases;
mod verbs;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use self::operation::{LoweredOperation, Operations};
use self::report::Report;
use self::security::Schemes;
use self::types::Types;
pub(crate) use self::view::Scope;
use self::view::View;
use crate::api::Api;
use crate::api::{Omissions, Reason};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Pointer};
use crate::options::Options;

/// A document that has been lowered.
pub(crate) struct Lowered {
    pub(crate) api: Api,
    /// The parts of the document that are left out.
    pub(crate) left_out: Omissions,
    pub(crate) diagnostics: Diagnostics,
}

/// Lowers the operations that `options` select, and everything that they reach.
pub(crate) fn lower(document: &Document<'_>, options: &Options, scope: Scope) -> Lowered {
    let names = naming::name_all(document);
    let inheritance = inheritance::Inheritance::of(document);
    let view = View { document, options, scope, names: &names, inheritance: &inheritance };
    let mut types = Types::new(view);
    let mut schemes = Schemes::new(view);
    notes(view, &mut types.report);
    let asked_for = selection::select(view, &mut types.report);
    if options.only.is_empty() {
        types.referenced_paths();
    }
    types.duplicate_ids(&asked_for);
    types.taken_names(&asked_for);
    let server = server::default(view, &mut types.report);
    let polled = polling::settings(view, &mut types.report);
    let polling_paths = polling::paths(view, &polled, &asked_for);
    let selected: BTreeSet<&str> = asked_for.union(&polling_paths).copied().collect();
    not_asked_for(view, &mut types.report, &selected);

    let mut operations = Operations { types: &mut types, schemes: &mut schemes };
    let mut lowered: Vec<LoweredOperation<'_>> =
        selected.iter().flat_map(|path| operations.path(path)).collect();
    if options.only.is_empty() {
        types.unused_schemas();
    } else {
        types.schemas_not_asked_for();
    }
    pagination::read(&mut types, &mut lowered);
    polling::read(&mut types, &polled, &mut lowered);

    let info = &document.api().info;
    let operations = lowered.into_iter().map(|one| (one.namespace, one.operation)).collect();
    let Types { report, defined, components, .. } = types;
    let api = Api {
        package: options.package.clone(),
        client: options.client.clone(),
        reserved: options.reserved.clone(),
        profile: options.profile.clone(),
        title: info.title.clone(),
        version: info.version.clone(),
        server,
        namespaces: namespaces::into_namespaces(operations),
        resources: view.resources(),
        schemas: components,
        types: defined,
        ids: BTreeMap::new(),
        schemes: schemes.found,
        features: BTreeMap::new(),
        users: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    Lowered { api, left_out: report.left_out, diagnostics: report.diagnostics }
}

/// Reports the remarks of reading the document about selected paths, and leaves out parts that could not be read.
fn notes(view: View<'_, '_>, report: &mut Report<'_, '_>) {
    for (at, code) in view.document.unusable() {
        report.left_out.whole(at, Reason::NoRust(code));
    }
    let only = &view.options.only;
    for note in view.document.notes() {
        if note.path().is_none_or(|path| only.is_empty() || only.contains(&path)) {
            report.push(note.diagnostic(view.options.strict));
        }
    }
}

/// Leaves out the paths that are not selected.
fn not_asked_for(view: View<'_, '_>, report: &mut Report<'_, '_>, selected: &BTreeSet<&str>) {
    let paths = view.document.api().paths.paths.keys();
    // A path that refers to another document is left out as a reference, unless only some paths are selected.
    let only = !view.options.only.is_empty();
    for path in paths.filter(|path| only && !selected.contains(path.as_str())) {
        let at = Pointer::root().join(["paths", path]);
        report.left_out.whole(&at, Reason::NotAskedFor);
    }
}
