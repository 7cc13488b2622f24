//! Checks of a run: accounts for every part of the document, and generates tests of the client.
//!
//! After lowering, only this module reads the document.

pub(crate) mod any_json;
mod calls;
pub(crate) mod coverage;
mod round_trips;
pub mod samples;

use std::collections::{BTreeMap, BTreeSet};

use self::calls::Calls;
use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::emit;
use crate::options::Options;
use crate::tree::SourceTree;

/// The tests that are generated with a client.
pub(crate) struct Tests<'a> {
    /// The test calls, if a conformance test was requested.
    calls: Option<Calls>,
    /// The path of the round-trip test, if there is one.
    round_trips: Option<&'a str>,
}

impl<'a> Tests<'a> {
    /// Plans the tests that `options` request.
    pub(crate) fn of(api: &Api, document: &Document<'_>, options: &'a Options) -> Self {
        let calls = options.conformance.then(|| calls::plan(api, document, options));
        Self { calls, round_trips: options.round_trips.as_deref() }
    }

    /// The labels of the test calls of each operation, by its path in Rust.
    pub(crate) fn labels(&self, api: &Api) -> BTreeMap<String, BTreeSet<String>> {
        let operations = api.operations().into_iter();
        let labels = operations.map(|operation| {
            let calls = self.calls.as_ref().and_then(|calls| calls.get(&operation.place()));
            let labels = calls.into_iter().flatten().map(|call| call.label.clone());
            (calls::conformance::name(operation), labels.collect())
        });
        labels.collect()
    }

    /// Prints the tests.
    pub(crate) fn print(&self, api: &Api) -> Result<SourceTree, Diagnostics> {
        emit::tree(api, || {
            let mut modules = Vec::new();
            if let Some(test) = self.round_trips {
                modules.push(("round_trips.rs".to_owned(), round_trips::module(api, test)?));
            }
            if let Some(calls) = &self.calls {
                let cases = calls::conformance::modules(api, calls)?.into_iter();
                modules
                    .extend(cases.map(|(path, module)| (format!("conformance/{path}.rs"), module)));
            }
            Ok(modules)
        })
    }
}
