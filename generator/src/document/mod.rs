//! The document: read, corrected by the overlay, brought to one form, and typed by `openapiv3`.
//!
//! The steps, in this order:
//!
//! 1. `read` makes JSON of the text, and `overlay` corrects it;
//! 2. `references` resolves references, so that all that are left name components;
//! 3. `adapt` rewrites OpenAPI 3.1 and 3.2 to the model of 3.0, and `limits` cuts off what goes too deep;
//! 4. `typing` lets `openapiv3` type it, and repairs what that refuses.
//!
//! Whatever moves on the way is known to `origin`, so that messages name the pointer and the line of the source.

mod adapt;
mod follow;
mod format;
mod grammar;
mod json_path;
mod limits;
mod locate;
mod note;
mod origin;
mod overlay;
mod pointer;
mod read;
mod references;
mod set_aside;
mod typing;
mod version;

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};
use serde_json::Value;

use self::adapt::{Adapter, Remark};
use self::locate::Locator;
use self::note::Note;
use self::origin::{History, Origin, Origins};
pub use self::overlay::{DeadAction, DeadCause};
pub(crate) use self::pointer::Pointer;
pub(crate) use self::references::component_name;
use self::references::{Rewritten, Unresolved};
pub use self::set_aside::{SetAside, set_aside};
use self::version::Version;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::options::{Source, Summary};

/// An OpenAPI document with its corrections.
///
/// Its references name components ([`Document::dangling`] says why any other cannot be followed).
pub(crate) struct Document<'a> {
    /// Those of the document, and then of the files that it refers to.
    locators: Vec<Locator<'a>>,
    /// The document as JSON, for comparing parts and for what `openapiv3` does not keep.
    root: Value,
    /// Where the parts of `root` stand in the sources.
    history: History,
    unresolved: BTreeMap<String, Unresolved>,
    notes: Vec<Note>,
    /// What is in `root` and could not be typed, each with the code of what was said about it.
    unusable: Vec<(Pointer, &'static str)>,
    api: OpenAPI,
}

impl<'a> Document<'a> {
    /// Reads `source` and applies `overlay` to it. Its references may lead to `files`.
    pub(crate) fn read(
        source: &'a Source,
        overlay: Option<&Source>,
        files: &'a [Source],
    ) -> Result<Self, Diagnostics> {
        let mut root = read::read(source)?;
        let version = version::version_of(source, &root)?;
        if let Some(overlay) = overlay {
            overlay::apply(&mut root, overlay)?;
        }
        let sources = std::iter::once(source).chain(files);
        let locators: Vec<Locator<'a>> = sources.map(Locator::new).collect();
        let Rewritten { mut root, origins: resolved, unresolved } =
            without_other_references(source, root, files, version)?;
        let Adapter { origins: adapted, remarks: early, .. } = adapted(&mut root, version);
        let history = History { resolved, adapted };
        let circular = references::shorten_aliases(&mut root);
        let mut late: Vec<Remark> = circular.into_iter().map(circular_reference).collect();
        late.extend(limits::enforce(&mut root));
        let typed =
            typing::type_document(&mut root, &unresolved).map_err(|(pointer, message)| {
                let origin = history.of(&pointer);
                Diagnostic::error("invalid-document", message)
                    .at(place_of(&locators, &origin))
                    .pointer(&origin.pointer)
                    .help("correct the document, or correct it here with an overlay")
            })?;
        late.extend(typed.remarks);
        let note = |remark: Remark, origin: Origin| {
            let place = place_of(&locators, &origin);
            Note::new(Remark { at: origin.pointer, ..remark }, place)
        };
        let early = early.into_iter().map(|remark| {
            let origin = history.resolved.of(&remark.at);
            note(remark, origin)
        });
        let late = late.into_iter().map(|remark| {
            let origin = history.of(&remark.at);
            note(remark, origin)
        });
        let notes = early.chain(late).collect();
        let (api, unusable) = (typed.api, typed.unusable);
        Ok(Self { locators, root, history, unresolved, notes, unusable, api })
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

    /// The operations and components that could not be typed, each with the code of the diagnostic on it.
    pub(crate) fn unusable(&self) -> &[(Pointer, &'static str)] {
        &self.unusable
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
        place_of(&self.locators, &self.history.of(pointer))
    }

    /// Where a part of the document stands in its source.
    pub(crate) fn original(&self, pointer: &Pointer) -> Pointer {
        self.history.of(pointer).pointer
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

/// What a text says, before anything is made of it.
pub(crate) fn parse(source: &Source) -> Result<Value, Diagnostics> {
    read::read(source)
}

/// The files that `source` refers to, by path.
pub(crate) fn referenced_files(source: &Source) -> Result<Vec<String>, Diagnostics> {
    let root = read::read(source)?;
    Ok(references::files_of(&source.name, &root).into_iter().collect())
}

/// The document with references to components only. Most documents have no others.
fn without_other_references(
    source: &Source,
    root: Value,
    files: &[Source],
    version: Version,
) -> Result<Rewritten, Diagnostics> {
    if references::are_plain(&root) {
        let (origins, unresolved) = (Origins::default(), BTreeMap::new());
        return Ok(Rewritten { root, origins, unresolved });
    }
    let mut sources = vec![(source.name.clone(), root)];
    for file in files {
        sources.push((file.name.clone(), read::read(file)?));
    }
    Ok(references::rewrite(&sources, version))
}

fn adapted(root: &mut Value, version: Version) -> Adapter {
    let mut adapter = Adapter::new(version);
    if version > Version::V3_0 {
        adapter.document(root);
    }
    adapter
}

fn place_of(locators: &[Locator<'_>], origin: &Origin) -> Place {
    let locator = locators.get(origin.file).or(locators.first());
    let nowhere = || Place { source: String::new(), line: 1, column: 1 };
    locator.map_or_else(nowhere, |locator| locator.locate(&origin.pointer))
}

fn circular_reference(at: Pointer) -> Remark {
    Remark {
        at,
        code: "unsupported-ref",
        message: "this schema is only a reference to itself".to_owned(),
        instead: Some("so it is any JSON"),
        help: "say with an overlay what it is".to_owned(),
    }
}
