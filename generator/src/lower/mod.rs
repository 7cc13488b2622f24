//! From the document to the API.
//!
//! It begins with the operations that were asked for and follows what they reach. Afterwards nobody looks at the document.

mod answer;
mod any_of;
mod body;
mod choice;
mod component;
mod degrade;
mod extensions;
mod key;
mod media;
mod naming;
mod operation;
mod parameter;
mod passed;
mod schema;
mod select;
mod server;
mod shape;
mod twins;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use crate::Options;
use crate::api::{Api, Definition, Place, Type};
use crate::count::{LeftOut, Reason};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};

/// Lowers the operations that `options` select, and what they reach. Gives what it left out, too.
pub(crate) fn lower(
    document: &Document<'_>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> (Api, LeftOut) {
    let selected = select::select(document, options, diagnostics);
    let mut lower = Lower::new(document, options, diagnostics);
    lower.not_asked_for(&selected);
    if options.only.is_empty() {
        lower.referenced_paths();
    }
    lower.duplicate_ids(&selected);
    let server = lower.server();
    let operations = selected.iter().filter_map(|path| lower.path(path)).flatten().collect();
    if options.only.is_empty() {
        lower.unused_schemas();
    }
    let described = document.api();
    let api = Api {
        package: options.package.clone(),
        title: described.info.title.clone(),
        version: described.info.version.clone(),
        server,
        namespaces: operation::into_namespaces(operations),
        resources: lower.resources(),
        types: lower.types,
        ids: BTreeMap::new(),
    };
    (api, lower.left_out)
}

/// What lowering has found so far.
struct Lower<'a, 's> {
    document: &'a Document<'s>,
    options: &'a Options,
    types: BTreeMap<Place, Definition>,
    /// What the component schemas that were reached have become.
    components: BTreeMap<String, Type>,
    names: naming::Names<'a>,
    /// What is inline in schemas and is being lowered where it is referred to.
    expanded: BTreeSet<Pointer>,
    /// What was passed over, for the count.
    left_out: LeftOut,
    /// Why an operation was left out most recently.
    obstacle: &'static str,
    diagnostics: &'a mut Diagnostics,
}

impl<'a, 's> Lower<'a, 's> {
    fn new(
        document: &'a Document<'s>,
        options: &'a Options,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            document,
            options,
            types: BTreeMap::new(),
            components: BTreeMap::new(),
            names: naming::name_all(document),
            expanded: BTreeSet::new(),
            left_out: LeftOut::default(),
            obstacle: "",
            diagnostics,
        }
    }

    /// Notes the paths of which nobody asked.
    fn not_asked_for(&mut self, selected: &BTreeSet<&str>) {
        for path in self.document.api().paths.paths.keys() {
            if !self.options.only.is_empty() && !selected.contains(path.as_str()) {
                let at = Pointer::root().join(["paths", path]);
                self.left_out.whole(&at, Reason::NotAskedFor);
            }
        }
    }

    /// Says what is wrong at `pointer`; what stands there is lowered as any JSON, so that the rest is looked at too.
    fn refuse(&mut self, diagnostic: Diagnostic) -> Type {
        self.diagnostics.push(diagnostic);
        Type::Any
    }

    fn error(&self, at: &Pointer, code: &'static str, message: impl Into<String>) -> Diagnostic {
        self.document.error(at, code, message)
    }

    /// Says something about the output that a user should know.
    fn warn(&mut self, at: &Pointer, code: &'static str, message: impl Into<String>) {
        let warning = Diagnostic::warning(code, message).at(self.document.place(at)).pointer(at);
        self.diagnostics.push(warning);
    }

    /// The component schemas that have an id of their own, or whose variants have.
    fn resources(&self) -> BTreeSet<String> {
        let has_own_id = |name: &&str| {
            let id = format!("{name}_id");
            let schema = Pointer::root().join(["components", "schemas", name]);
            let variants = self.document.value(&schema.child("oneOf"));
            let variants = variants.and_then(|value| value.as_array()).into_iter().flatten();
            let mut shapes = self.document.value(&schema).into_iter().chain(variants);
            shapes.any(|shape| shape.get("properties").is_some_and(|all| all.get(&id).is_some()))
        };
        self.document.schema_names().filter(has_own_id).map(str::to_owned).collect()
    }
}
