//! The document: parsed, corrected by the overlay, normalized, and typed by `openapiv3`.
//!
//! The steps are:
//!
//! 1. `read` parses the text to JSON, and `overlay` corrects it;
//! 2. `references` resolves references. Those that are left name components;
//! 3. `adapt` rewrites OpenAPI 3.1 and 3.2 to the model of 3.0, and `limits` replaces schemas that are nested too deeply;
//! 4. `typing` types the document with `openapiv3`, and repairs what `openapiv3` rejects.
//!
//! `origin` records everything that these steps move, so that messages have the pointer and the line in the source.

mod adapt;
mod extensions;
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
mod required;
mod sent;
mod set_aside;
mod typing;
mod version;
mod walk;

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

/// An OpenAPI document after all steps.
///
/// Its references name components. [`Document::dangling`] explains those that could not be resolved.
pub(crate) struct Document<'a> {
    /// Locators for the document, then for the files that it refers to, and then for the overlay.
    locators: Vec<Locator<'a>>,
    /// The document as JSON, for comparing parts and for details that `openapiv3` does not keep.
    root: Value,
    /// The positions of the parts of `root` in the sources.
    history: History,
    unresolved: BTreeMap<String, Unresolved>,
    notes: Vec<Note>,
    /// The parts of `root` that could not be typed, each with the code of the diagnostic about it.
    unusable: Vec<(Pointer, &'static str)>,
    api: OpenAPI,
}

impl<'a> Document<'a> {
    /// Reads `source` and applies `overlay` to it. `files` are the files that it may refer to.
    pub(crate) fn read(
        source: &'a Source,
        overlay: Option<&'a Source>,
        files: &'a [Source],
    ) -> Result<Self, Diagnostics> {
        let mut root = read::read(source)?;
        let version = version::version_of(source, &root)?;
        let overlaid = match overlay {
            Some(overlay) => overlay::apply(&mut root, overlay, files.len() + 1)?,
            None => Origins::default(),
        };
        let sources = std::iter::once(source).chain(files).chain(overlay);
        let locators: Vec<Locator<'a>> = sources.map(Locator::new).collect();
        let Rewritten { mut root, origins: resolved, unresolved } =
            without_other_references(source, root, files, version)?;
        let Adapter { origins: adapted, remarks: early, .. } = adapted(&mut root, version);
        let history = History { overlaid, resolved, adapted };
        check_extensions(&root, &history, &locators)?;
        let circular = references::shorten_aliases(&mut root);
        let mut late: Vec<Remark> = circular.into_iter().map(circular_reference).collect();
        late.extend(required::correct(&mut root));
        late.extend(limits::enforce(&mut root));
        let typed =
            typing::type_document(&mut root, &unresolved).map_err(|(pointer, message)| {
                let origin = history.of(&pointer);
                Diagnostic::error("invalid-document", message)
                    .at(place_of(&locators, &history.source(&origin)))
                    .pointer(&origin.pointer)
                    .help("correct the document, or correct it here with an overlay")
            })?;
        late.extend(typed.remarks);
        let note = |remark: Remark, origin: Origin| {
            let place = place_of(&locators, &history.source(&origin));
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

    /// The typed document.
    pub(crate) fn api(&self) -> &OpenAPI {
        &self.api
    }

    /// The whole document as JSON.
    pub(crate) fn root(&self) -> &Value {
        &self.root
    }

    /// Consumes the document and returns it as JSON.
    pub(crate) fn into_value(self) -> Value {
        self.root
    }

    /// The JSON value at a pointer.
    pub(crate) fn value(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// Diagnostics about the document as a whole and about repaired parts.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The operations and components that could not be typed, each with the code of the diagnostic about it.
    pub(crate) fn unusable(&self) -> &[(Pointer, &'static str)] {
        &self.unusable
    }

    /// The component schema that a reference names, and its name.
    pub(crate) fn referenced(&self, reference: &str) -> Option<(String, &ReferenceOr<Schema>)> {
        let name = references::component_name(reference, "schemas")?;
        let schema = self.schema(&name)?;
        Some((name, schema))
    }

    /// The diagnostic about a reference at `at` that could not be resolved.
    pub(crate) fn dangling(&self, at: &Pointer, reference: &str) -> Diagnostic {
        let unresolved = self.unresolved.get(reference).cloned();
        let Unresolved { code, message, help } =
            unresolved.unwrap_or_else(|| Unresolved::unknown(reference));
        self.error(at, code, message).help(help)
    }

    /// The line and column of a part of the document.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        place_of(&self.locators, &self.history.source(&self.history.of(pointer)))
    }

    /// The line of a part in the document itself, even if an overlay added it.
    pub(crate) fn own_line(&self, pointer: &Pointer) -> usize {
        place_of(&self.locators, &self.history.of(pointer)).line
    }

    /// The pointer to a part of the document in its source.
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

    /// The paths whose reference could not be resolved, sorted, with the reference.
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

    /// The names of the component schemas.
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

    /// The size of the document.
    pub(crate) fn summary(&self) -> Summary {
        Summary {
            paths: self.api.paths.paths.len(),
            operations: self.paths().map(|(_, item)| item.iter().count()).sum(),
            schemas: self.schema_names().count(),
        }
    }
}

/// Parses a text without any further steps.
pub(crate) fn parse(source: &Source) -> Result<Value, Diagnostics> {
    read::read(source)
}

/// Lists the paths of the files that `source` refers to.
pub(crate) fn referenced_files(source: &Source) -> Result<Vec<String>, Diagnostics> {
    let root = read::read(source)?;
    Ok(references::files_of(&source.name, &root).into_iter().collect())
}

/// Resolves references unless all of them name components, as in most documents.
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

/// Refuses extensions that are not what they are read as: none of them is passed over.
fn check_extensions(
    root: &Value,
    history: &History,
    locators: &[Locator<'_>],
) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    for (at, message) in extensions::unusable(root) {
        let origin = history.of(&at);
        let diagnostic = Diagnostic::error("unusable-extension", message)
            .at(place_of(locators, &history.source(&origin)))
            .pointer(&origin.pointer)
            .help("correct the document, or correct it here with an overlay");
        diagnostics.push(diagnostic);
    }
    diagnostics.stop_on_errors()
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
