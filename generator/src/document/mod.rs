//! The document: read, corrected by the overlay, and typed by `openapiv3`.

mod fault;
mod locate;
mod overlay;
mod pointer;
mod read;
mod resolve;

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};
use serde_json::Value;

use self::locate::Locator;
pub(crate) use self::pointer::Pointer;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::{Source, Summary};

/// An OpenAPI 3.0 document with its corrections.
pub(crate) struct Document<'a> {
    locator: Locator<'a>,
    /// The document as JSON, for comparing parts and for what `openapiv3` does not keep.
    root: Value,
    api: OpenAPI,
}

impl<'a> Document<'a> {
    /// Reads `source` and applies `overlay` to it.
    pub(crate) fn read(source: &'a Source, overlay: Option<&Source>) -> Result<Self, Diagnostics> {
        let mut root = read::read(source)?;
        let locator = Locator::new(source);
        read::check_version(source, &root)?;
        if let Some(overlay) = overlay {
            overlay::apply(&mut root, overlay)?;
        }
        let api = fault::type_document(&root).map_err(|(pointer, message)| {
            Diagnostic::error("invalid-document", message)
                .at(locator.locate(&pointer))
                .pointer(&pointer)
                .help("correct the document, or correct it here with an overlay")
        })?;
        Ok(Self { locator, root, api })
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

    /// The line and column of a part of the document.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        self.locator.locate(pointer)
    }

    /// An error about a part of the document.
    pub(crate) fn error(
        &self,
        pointer: &Pointer,
        code: &'static str,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(self.place(pointer)).pointer(pointer)
    }

    /// The path items, in the order of the document.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (&str, &PathItem)> {
        let items = self.api.paths.paths.iter();
        items.filter_map(|(path, item)| Some((path.as_str(), item.as_item()?)))
    }

    /// The paths that are described elsewhere, sorted.
    pub(crate) fn referenced_paths(&self) -> Vec<&str> {
        let items = self.api.paths.paths.iter();
        let mut paths: Vec<&str> = items
            .filter(|(_, item)| item.as_item().is_none())
            .map(|(path, _)| path.as_str())
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
