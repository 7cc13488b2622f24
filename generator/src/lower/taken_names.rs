//! Operations with the same name in their extensions.

use std::collections::{BTreeMap, BTreeSet};

use super::extensions::Extensions;
use super::types::Types;
use super::verbs::{verb_key, verbs};
use crate::api::{Method, words};
use crate::document::Pointer;

impl Types<'_, '_> {
    /// Reports operations whose name in an extension is also that of an operation on another path. A number at the end
    /// would mean nothing to users, and could change with other operations.
    pub(super) fn taken_names(&mut self, selected: &BTreeSet<&str>) {
        let mut seen: BTreeMap<String, (&str, Method)> = BTreeMap::new();
        let paths: BTreeMap<&str, _> = self.view.document.paths().collect();
        for (path, item) in paths.into_iter().filter(|(path, _)| selected.contains(path)) {
            for verb in verbs(item) {
                let extensions = Extensions(&verb.operation.extensions);
                let is_hidden = extensions.undocumented() && !self.view.options.undocumented;
                let named = self.view.names.get(&(path, verb.method.as_str()));
                let (Some(_), Some((namespace, name)), false) =
                    (extensions.method_name(), named, is_hidden)
                else {
                    continue;
                };
                let chain = namespace.iter().chain([name]).map(|word| words(word));
                let chain = chain.collect::<Vec<_>>().join(".");
                let first = *seen.entry(chain.clone()).or_insert((path, verb.method));
                if first.0 != path {
                    self.taken_name(&chain, first, (path, verb.method));
                }
            }
        }
    }

    fn taken_name(&mut self, name: &str, first: (&str, Method), second: (&str, Method)) {
        let at = |(path, method): (&str, Method)| {
            Pointer::root().join(["paths", path, &verb_key(method), "x-fern-sdk-method-name"])
        };
        let message = format!("`{name}` is the name of {} {} too", first.1.as_str(), first.0);
        let help = format!(
            "that name is at {}; give one of the two another name with an overlay",
            self.view.document.place(&at(first))
        );
        let error = self.view.error(&at(second), "duplicate-name", message);
        self.report.push(error.help(help));
    }
}
