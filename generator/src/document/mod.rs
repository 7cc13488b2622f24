//! The document: read, corrected by the overlay, brought to one form, and typed by `openapiv3`.
//!
//! The steps, in this order: `read` makes JSON of the text, `overlay` corrects it, `references` resolves references, and
//! `fault` lets `openapiv3` type it. Whatever moved on the way is known to `origin`, so that messages name the line and
//! the pointer of the source.

mod fault;
mod follow;
mod format;
mod grammar;
mod locate;
mod note;
mod origin;
mod overlay;
mod pointer;
mod read;
mod references;
mod set_aside;
mod version;

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};
use serde_json::Value;

use self::locate::Locator;
use self::note::Note;
use self::origin::{Origin, Origins};
pub use self::overlay::{DeadAction, DeadCause};
pub(crate) use self::pointer::Pointer;
use self::references::Unresolved;
pub(crate) use self::references::component_name;
pub use self::set_aside::{SetAside, set_aside};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::{Source, Summary};

/// An OpenAPI document with its corrections.
///
/// Its references name components ([`Document::dangling`] says why any other cannot be followed).
pub(crate) struct Document<'a> {
    locator: Locator<'a>,
    /// The document as JSON, for comparing parts and for what `openapiv3` does not keep.
    root: Value,
    /// Where the parts of `root` stood.
    origins: Origins,
    unresolved: BTreeMap<String, Unresolved>,
    notes: Vec<Note>,
    api: OpenAPI,
}

impl<'a> Document<'a> {
    /// Reads `source` and applies `overlay` to it.
    pub(crate) fn read(source: &'a Source, overlay: Option<&Source>) -> Result<Self, Diagnostics> {
        let mut root = read::read(source)?;
        let locator = Locator::new(source);
        let version = version::version_of(source, &root)?;
        if let Some(overlay) = overlay {
            overlay::apply(&mut root, overlay)?;
        }
        let (mut origins, mut unresolved) = (Origins::default(), BTreeMap::new());
        if !references::are_plain(&root) {
            let files = [(source.name.clone(), root)];
            let rewritten = references::rewrite(&files, version);
            root = rewritten.root;
            (origins, unresolved) = (rewritten.origins, rewritten.unresolved);
        }
        let circular = references::shorten_aliases(&mut root);
        let api = fault::type_document(&root).map_err(|(pointer, message)| {
            let pointer = origins.of(&pointer).pointer;
            Diagnostic::error("invalid-document", message)
                .at(locator.locate(&pointer))
                .pointer(&pointer)
                .help("correct the document, or correct it here with an overlay")
        })?;
        let mut document = Self { locator, root, origins, unresolved, notes: Vec::new(), api };
        document.notes = circular.into_iter().map(|at| document.circular(at)).collect();
        Ok(document)
    }

    fn circular(&self, at: Pointer) -> Note {
        let diagnostic = self
            .error(&at, "unsupported-ref", "this schema is only a reference to itself")
            .help("say with an overlay what it is");
        Note { at, diagnostic, instead: Some("so it is any JSON") }
    }

    /// The document as `openapiv3` sees it.
    pub(crate) fn api(&self) -> &OpenAPI {
        &self.api
    }

    /// The whole document as JSON.
    pub(crate) fn root(&self) -> &Value {
        &self.root
    }

    /// The same for whoever needs nothing else.
    pub(crate) fn into_value(self) -> Value {
        self.root
    }

    /// A part of the document as JSON.
    pub(crate) fn value(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// What the run should say about the document as a whole and about parts that were repaired.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The component schema that a reference names, with its name.
    pub(crate) fn referenced(&self, reference: &str) -> Option<(String, &ReferenceOr<Schema>)> {
        let name = references::component_name(reference, "schemas")?;
        let schema = self.schema(&name)?;
        Some((name, schema))
    }

    /// What is wrong with a reference at `at` that cannot be followed.
    pub(crate) fn dangling(&self, at: &Pointer, reference: &str) -> Diagnostic {
        let unresolved = self.unresolved.get(reference).cloned();
        let Unresolved { code, message, help } =
            unresolved.unwrap_or_else(|| Unresolved::unknown(reference));
        self.error(at, code, message).help(help)
    }

    /// The line and column of a part of the document.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let Origin { pointer, .. } = self.origins.of(pointer);
        self.locator.locate(&pointer)
    }

    /// Where a part of the document stands in its source.
    pub(crate) fn original(&self, pointer: &Pointer) -> Pointer {
        self.origins.of(pointer).pointer
    }

    /// An error about a part of the document.
    pub(crate) fn error(
        &self,
        pointer: &Pointer,
        code: &'static str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, message).at(self.place(pointer));
        diagnostic.pointer(self.original(pointer))
    }

    /// The path items, in the order of the document.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, &PathItem)> {
        let items = self.api.paths.paths.iter();
        items.filter_map(|(path, item)| Some((path.as_str(), item.as_item()?)))
    }

    /// The paths that refer to what cannot be followed, sorted, with the reference.
    pub(crate) fn referenced_paths(&self) -> Vec<(&str, &str)> {
        let items = self.api.paths.paths.iter();
        let mut paths: Vec<(&str, &str)> = items
            .filter_map(|(path, item)| match item {
                ReferenceOr::Reference { reference } => Some((path.as_str(), reference.as_str())),
                ReferenceOr::Item(_) => None,
            })
            .collect();
        paths.sort_unstable();
        paths
    }

    /// The component schemas' names.
    pub(crate) fn schema_names(&self) -> impl Iterator<Item = &str> {
        self.api
            .components
            .iter()
            .flat_map(|components| components.schemas.keys())
            .map(String::as_str)
    }

    /// A component schema.
    pub(crate) fn schema(&self, name: &str) -> Option<&ReferenceOr<Schema>> {
        self.api.components.as_ref()?.schemas.get(name)
    }

    /// What the document holds.
    pub(crate) fn summary(&self) -> Summary {
        Summary {
            paths: self.api.paths.paths.len(),
            operations: self.paths().map(|(_, item)| item.iter().count()).sum(),
            schemas: self.schema_names().count(),
        }
    }
}
