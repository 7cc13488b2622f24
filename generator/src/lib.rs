//! Turns an OpenAPI 3.0 document into the source of a Rust client.
//!
//! It does no IO: texts come in, a [`SourceTree`] or [`Diagnostics`] go out. [`generate`] is the whole pipeline:
//!
//! 1. `document` reads the text, applies the overlay, and lets `openapiv3` type it;
//! 2. `lower` makes the API out of it, as Rust sees it, starting from the operations that were asked for;
//! 3. `count` checks that everything in the document is in that API, or was left out for a reason;
//! 4. `passes` decide what is left to decide: ids, boxes, names, documentation;
//! 5. `emit` prints it.
//!
//! [`names`] stops before the last of these and lists what there would be to print, `index` by name. [`wire`] does so with
//! two documents and says what a client that is made from the one meets at an API that is as the other describes it.
//!
//! The same document gives the same bytes, in whatever order its keys stand and whether it is JSON or YAML.

mod api;
mod compare;
mod count;
mod diagnostic;
mod document;
mod emit;
mod index;
mod lower;
mod passes;
pub mod samples;
mod tree;

use crate::api::Api;
pub use crate::compare::wire::{Direction, Extent, Finding, FindingKind, Met, Outcome, Wire};
pub use crate::count::{Count, Part, Reason, Tally};
pub use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::document::Document;
pub use crate::index::{Identity, Item, Kind, Role};
pub use crate::tree::SourceTree;

/// A text that the generator reads, with the name it has in messages.
#[derive(Clone, Debug)]
pub struct Source {
    /// What a message calls it, usually the path that the user gave.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// What a document holds, counted without generating anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Paths in the document.
    pub paths: usize,
    /// Operations in the document.
    pub operations: usize,
    /// Component schemas in the document.
    pub schemas: usize,
}

/// Reads `document` and says what it holds, or why it is not a usable OpenAPI 3.0 document.
///
/// # Errors
///
/// Every reason found, each with its place in the document.
pub fn inspect(document: &Source) -> Result<Summary, Diagnostics> {
    Ok(Document::read(document, None)?.summary())
}

/// Reads `document`, corrected by `overlay`, as JSON: what [`samples`] are made from.
///
/// # Errors
///
/// Why it is not a usable OpenAPI 3.0 document, or why the overlay does not fit it.
pub fn read(document: &Source, overlay: Option<&Source>) -> Result<serde_json::Value, Diagnostics> {
    Ok(Document::read(document, overlay)?.into_value())
}

/// What to generate, and under which name.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Paths to limit the output to, with what they reach; all of them when empty.
    pub only: Vec<String>,
    /// Whether to include what the document marks as undocumented.
    pub undocumented: bool,
    /// Whether what cannot be expressed is an error, instead of a warning that says what is generated in its place.
    pub strict: bool,
    /// Name of the package that the tree becomes part of, as its examples write it (`seam-client`).
    pub package: String,
    /// A test, as a path below `src/generated/`, that goes through all types that are read; its module has to have
    /// `round_trip::<T>`, of the type `RoundTrip`. A table of these types is generated for it, in test builds only.
    pub round_trips: Option<String>,
}

/// What a run made.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files, by path below `src/generated/`.
    pub tree: SourceTree,
    /// What the user should know although the run succeeded.
    pub warnings: Diagnostics,
    /// What became of everything that the document has.
    pub count: Count,
}

/// Generates the client of `document`, corrected by `overlay`.
///
/// # Errors
///
/// Everything that could not be expressed, each with its place in the document and what to do about it.
pub fn generate(
    document: &Source,
    overlay: Option<&Source>,
    options: &Options,
) -> Result<Generated, Diagnostics> {
    let (api, warnings, count) = api(document, overlay, options)?;
    let tree = emit::emit(&api)?;
    Ok(Generated { tree, warnings, count })
}

/// Lists the public names of the client that [`generate`] makes, sorted by path, each with its place in the document.
///
/// # Errors
///
/// Those of [`generate`].
pub fn names(
    document: &Source,
    overlay: Option<&Source>,
    options: &Options,
) -> Result<Vec<Item>, Diagnostics> {
    let (api, ..) = api(document, overlay, options)?;
    Ok(index::names(&api))
}

/// Says what the client that [`generate`] makes of `old` meets at an API that is as `new` describes it: what it repairs, what
/// it keeps though it does not know it, and what it fails on.
///
/// # Errors
///
/// Those of [`generate`], for either document.
pub fn wire(
    old: (&Source, Option<&Source>),
    new: (&Source, Option<&Source>),
    options: &Options,
) -> Result<Wire, Diagnostics> {
    let (old, ..) = api(old.0, old.1, options)?;
    // What an owner stops to document is not gone.
    let everything = Options { undocumented: true, ..options.clone() };
    let (new, ..) = api(new.0, new.1, &everything)?;
    Ok(compare::wire::wire(&old, &new))
}

/// All but the printing.
fn api(
    document: &Source,
    overlay: Option<&Source>,
    options: &Options,
) -> Result<(Api, Diagnostics, Count), Diagnostics> {
    let document = Document::read(document, overlay)?;
    let mut diagnostics = Diagnostics::default();
    let (mut api, left_out) = lower::lower(&document, options, &mut diagnostics);
    diagnostics.stop_on_errors()?;
    let count = count::count(&document, &api, &left_out, options, &mut diagnostics);
    diagnostics.stop_on_errors()?;
    passes::run(&mut api);
    Ok((api, diagnostics, count))
}
