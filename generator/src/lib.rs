//! Turns an OpenAPI 3.0 or 3.1 document into the source of a Rust client.
//!
//! The crate does no IO: it takes texts and returns a [`SourceTree`] or [`Diagnostics`]. [`generate`] is the whole pipeline:
//!
//! 1. `document` parses the text, applies the overlay, resolves references, rewrites 3.1 to 3.0, and types it with
//!    `openapiv3`;
//! 2. `lower` translates the requested operations and everything they use into the `api` model;
//! 3. `checks::coverage` accounts for every part of the document: it is in the model or was skipped with a reason;
//! 4. `passes` make all remaining decisions: IDs, boxes, names, documentation, examples;
//! 5. `emit` prints the client, and `checks` prints its tests.
//!
//! [`names`] stops before printing, without the coverage check, and lists the public names (`index`). [`witness`] prints a
//! crate that uses each of these names. [`compare`] compares two documents: what users of the generated client would notice
//! (source changes), and what a client generated from the old document would meet at an API that follows the new one (wire
//! changes).
//!
//! The output depends only on the meaning of the document: key order, and JSON or YAML, make no difference.

mod api;
mod checks;
mod compare;
mod diagnostic;
mod document;
mod emit;
mod index;
mod lower;
mod markdown;
mod options;
mod passes;
mod review;
mod stack;
mod tree;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Omissions};
pub use crate::api::{Reason, WHOLE_API};
use crate::checks::Tests;
pub use crate::checks::any_json::AnyJson;
use crate::checks::any_json::any_json;
pub use crate::checks::coverage::{Count, Part, Tally};
pub use crate::checks::samples;
use crate::compare::wire::wire;
pub use crate::compare::wire::{
    Direction, Frequency, OperationImpact, Outcome, WireChange, WireChangeKind, WireReport,
};
pub use crate::compare::{Change, ChangeKind, Comparison, Side, Weight};
pub use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::document::Document;
pub use crate::document::{DeadAction, DeadCause, SetAside, set_aside};
pub use crate::index::{Identity, Item, Kind, Role};
use crate::lower::{Lowered, Scope};
pub use crate::options::{Options, Source, Summary, Version};
pub use crate::review::{Decision, DecisionKind};
use crate::stack::with_room;
pub use crate::tree::SourceTree;
pub use crate::witness::{Use, Witness};

/// Reads `document` and counts its paths, operations and schemas.
///
/// # Errors
///
/// Every reason why the text is not a usable OpenAPI document, each with its position.
pub fn inspect(document: &Source) -> Result<Summary, Diagnostics> {
    with_room(|| Ok(Document::read(document, None, &[])?.summary()))
}

/// Parses JSON or YAML without repairing or converting it.
///
/// # Errors
///
/// The syntax errors, if the text is neither.
pub fn parse(source: &Source) -> Result<serde_json::Value, Diagnostics> {
    with_room(|| document::parse(source))
}

/// Reads `document`, corrected by `overlay`, as JSON: the input of [`samples`]. Unlike [`parse`], this repairs the document
/// and converts it to OpenAPI 3.0.
///
/// # Errors
///
/// Every reason why the text is not a usable OpenAPI document, or why the overlay does not apply to it.
pub fn read(document: &Source, overlay: Option<&Source>) -> Result<serde_json::Value, Diagnostics> {
    read_with_files(document, overlay, &[])
}

/// Reads a document like [`read`], together with the files that it refers to.
///
/// # Errors
///
/// The same as [`read`].
pub fn read_with_files(
    document: &Source,
    overlay: Option<&Source>,
    files: &[Source],
) -> Result<serde_json::Value, Diagnostics> {
    with_room(|| Ok(Document::read(document, overlay, files)?.into_value()))
}

/// Lists the files that `source` refers to. The paths are relative to the same folder as the name of `source`.
///
/// # Errors
///
/// The syntax errors, if the text cannot be parsed.
pub fn referenced_files(source: &Source) -> Result<Vec<String>, Diagnostics> {
    document::referenced_files(source)
}

/// The result of [`generate`].
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files, by path below `src/generated/`.
    pub tree: SourceTree,
    /// Warnings for the user; the run succeeded nonetheless.
    pub warnings: Diagnostics,
    /// How much of the document was generated, and how much was skipped for which reason.
    pub count: Count,
    /// The places that are `serde_json::Value` in Rust.
    pub any_json: AnyJson,
    /// The test calls of each operation, by its path in Rust.
    pub calls: BTreeMap<String, BTreeSet<String>>,
    /// The Cargo features of the API and its parts, each with the features that it requires. Empty if the API is always
    /// compiled as a whole.
    pub features: BTreeMap<String, BTreeSet<String>>,
}

/// Generates the client of `document`, corrected by `overlay`.
///
/// # Errors
///
/// Every problem that prevents generation, each with its position in the document and a remedy.
pub fn generate(
    document: &Source,
    overlay: Option<&Source>,
    options: &Options,
) -> Result<Generated, Diagnostics> {
    with_room(|| {
        let document = Document::read(document, overlay, &options.files)?;
        let (api, warnings, count) = api(&document, options)?;
        let tests = Tests::of(&api, &document, options);
        let mut tree = emit::emit(&api, options)?;
        tree.append(tests.print(&api)?);
        let calls = tests.labels(&api);
        let any_json = any_json(&api, &document);
        Ok(Generated { tree, warnings, count, any_json, calls, features: api.features })
    })
}

/// Lists the public names of the client that [`generate`] makes, sorted by path, each with its place in the document.
///
/// # Errors
///
/// The same as [`generate`].
pub fn names(
    document: &Source,
    overlay: Option<&Source>,
    options: &Options,
) -> Result<Vec<Item>, Diagnostics> {
    with_room(|| {
        let document = Document::read(document, overlay, &options.files)?;
        Ok(index::names(&named(&document, options)?))
    })
}

/// Generates a crate that uses each public item of the client that [`generate`] makes. If it is compiled against the client
/// of another document, the compiler errors show what a user of the first client would have to change.
///
/// # Errors
///
/// The same as [`generate`].
pub fn witness(
    document: &Source,
    overlay: Option<&Source>,
    options: &Options,
) -> Result<Witness, Diagnostics> {
    with_room(|| {
        let document = Document::read(document, overlay, &options.files)?;
        let (api, ..) = api(&document, options)?;
        Ok(witness::of(&index::entries(&api)))
    })
}

/// Compares two versions of a document: what a user of the client would notice after upgrading, and what a deployed client
/// of `old` would notice once the API behaves as `new` describes.
///
/// # Errors
///
/// The same as [`generate`], for either version.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Result<Comparison, Diagnostics> {
    with_room(|| compared(old, new))
}

fn compared(old: Version<'_>, new: Version<'_>) -> Result<Comparison, Diagnostics> {
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| with_room(|| side(old)));
        let new = side(new).and_then(|(document, now)| {
            // An operation that is no longer documented is still served, and an old client may use types that the new client
            // skips.
            let everything = Options { undocumented: true, ..new.options.clone() };
            let (mut served, ..) = lowered(&document, &everything, Scope::Everything)?;
            passes::types(&mut served);
            Ok((document, now, served))
        });
        (old.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), new)
    });
    let ((before, old), (after, now, served)) = (old?, new?);
    let decisions = review::new(review::decisions(&before, &old), review::decisions(&after, &now));
    let (before, after) = (compare::Read::new(&before, &old), compare::Read::new(&after, &now));
    let wire = wire(&old, before.entries(), &served);
    Ok(Comparison { decisions, ..compare::compare(&before, &after, wire) })
}

/// Reads a document and lowers it to a model with all names.
fn side(version: Version<'_>) -> Result<(Document<'_>, Api), Diagnostics> {
    let document = Document::read(version.document, version.overlay, &version.options.files)?;
    let api = named(&document, version.options)?;
    Ok((document, api))
}

/// Runs every step of the pipeline but printing.
fn api(
    document: &Document<'_>,
    options: &Options,
) -> Result<(Api, Diagnostics, Count), Diagnostics> {
    let (mut api, mut diagnostics, omissions) = lowered(document, options, Scope::Client)?;
    let count = checks::coverage::count(document, &api, &omissions, options, &mut diagnostics);
    diagnostics.stop_on_errors()?;
    passes::run(&mut api);
    Ok((api, diagnostics, count))
}

/// Lowers the document. Returns the model, the diagnostics, and what was left out.
fn lowered(
    document: &Document<'_>,
    options: &Options,
    scope: Scope,
) -> Result<(Api, Diagnostics, Omissions), Diagnostics> {
    let lowered = lower::lower(document, options, scope);
    let Lowered { api, left_out: omissions, mut diagnostics } = lowered;
    diagnostics.stop_on_errors()?;
    Ok((api, diagnostics, omissions))
}

/// Lowers the document and runs the passes, without the coverage check and its diagnostics.
fn named(document: &Document<'_>, options: &Options) -> Result<Api, Diagnostics> {
    let (mut api, ..) = lowered(document, options, Scope::Client)?;
    passes::run(&mut api);
    Ok(api)
}
