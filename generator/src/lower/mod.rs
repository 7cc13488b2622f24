//! From the document to the API.
//!
//! It begins with the operations that were asked for and follows what they reach. Afterwards nobody looks at the document.

mod answer;
mod body;
mod choice;
mod component;
mod degrade;
mod extensions;
mod key;
mod kinds;
mod media;
mod mixed;
mod naming;
mod one_of;
mod operation;
mod pages;
mod parameter;
mod passed;
mod polling;
mod samples;
mod schema;
mod security;
mod select;
mod server;
mod settings;
mod shape;
mod twins;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use self::operation::Found;
use crate::Options;
use crate::api::{Api, Definition, Place, Scheme, Type};
use crate::count::{LeftOut, Reason};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Pointer};

/// How much of a document is lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What the client reads and writes.
    Client,
    /// Whatever a server may send besides, such as properties beside the result.
    Everything,
}

/// Lowers the operations that `options` select, and what they reach. Gives what it left out, too.
pub(crate) fn lower(
    document: &Document<'_>,
    options: &Options,
    scope: Scope,
    diagnostics: &mut Diagnostics,
) -> (Api, LeftOut) {
    let selected = select::select(document, options, diagnostics);
    let mut lower = Lower { scope, ..Lower::new(document, options, diagnostics) };
    if options.only.is_empty() {
        lower.referenced_paths();
    }
    lower.duplicate_ids(&selected);
    let server = lower.server();
    lower.read_sequels();
    let operations = selected.iter().filter_map(|path| lower.path(path)).flatten();
    let mut operations: Vec<Found> = operations.collect();
    lower.settle_polling(&mut operations);
    lower.not_asked_for(&selected, &operations);
    lower.unused_pagination(&operations);
    if options.only.is_empty() {
        lower.unused_schemas();
    }
    let described = document.api();
    let samples = lower.samples(&operations);
    let api = Api {
        package: options.package.clone(),
        client: options.client.clone(),
        profile: options.profile.clone(),
        round_trips: options.round_trips.clone(),
        samples,
        title: described.info.title.clone(),
        version: described.info.version.clone(),
        server,
        namespaces: operation::into_namespaces(operations),
        resources: lower.resources(),
        schemas: lower.components,
        types: lower.types,
        ids: BTreeMap::new(),
        schemes: lower.schemes,
        features: BTreeMap::new(),
        users: BTreeMap::new(),
    };
    (api, lower.left_out)
}

/// What lowering has found so far.
struct Lower<'a, 's> {
    document: &'a Document<'s>,
    options: &'a Options,
    scope: Scope,
    types: BTreeMap<Place, Definition>,
    /// What the component schemas that were reached have become.
    components: BTreeMap<String, Type>,
    names: naming::Names<'a>,
    /// The security schemes that operations take.
    schemes: BTreeMap<String, Scheme>,
    /// The same with those that have no Rust.
    looked_up_schemes: BTreeSet<&'a str>,
    /// What holds for every operation that it fits.
    pagination: Option<pages::Setting>,
    /// The component schemas of what may not be over when it is answered.
    polled: BTreeMap<String, polling::Setting>,
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
            scope: Scope::Client,
            types: BTreeMap::new(),
            components: BTreeMap::new(),
            names: naming::name_all(document),
            schemes: BTreeMap::new(),
            looked_up_schemes: BTreeSet::new(),
            pagination: None,
            polled: BTreeMap::new(),
            left_out: LeftOut::default(),
            obstacle: "",
            diagnostics,
        }
    }

    /// Reads what the document says about what follows answers.
    fn read_sequels(&mut self) {
        self.pagination = self.default_pagination();
        self.polled = self.polled_schemas();
    }

    /// Notes the paths of which nobody asked, and that nothing else needs.
    fn not_asked_for(&mut self, selected: &BTreeSet<&str>, operations: &[Found]) {
        let needed = |path: &str| operations.iter().any(|(_, operation)| operation.path == path);
        for path in self.document.api().paths.paths.keys() {
            if !self.options.only.is_empty() && !selected.contains(path.as_str()) && !needed(path) {
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

    /// Says something about the output that a user should know, and what may be done about it.
    fn warn(&mut self, at: &Pointer, code: &'static str, message: impl Into<String>, help: &str) {
        let warning = self.error(at, code, message).help(help);
        self.warning(warning);
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
