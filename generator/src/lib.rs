//! Turns an OpenAPI 3.0 or 3.1 document into the source of a Rust client.
//!
//! It does no IO: texts come in, a [`SourceTree`] or [`Diagnostics`] go out. [`generate`] is the whole pipeline:
//!
//! 1. `document` reads the text, applies the overlay, resolves references, rewrites 3.1 to 3.0, and lets `openapiv3` type it;
//! 2. `lower` makes the API out of it, as Rust sees it, starting from the operations that were asked for;
//! 3. `checks::coverage` accounts for everything in the document: it is in that API, or was left out for a reason;
//! 4. `passes` make every decision that is left: IDs, boxes, names, documentation, examples;
//! 5. `emit` prints the client, and `checks` prints its tests.
//!
//! [`names`] stops before the last of these and lists what there would be to print, `index` by name; [`witness`] prints a
//! crate that uses all of it. [`compare`] holds two documents against each other: as the users of their clients
//! see them, and as a client that is made from the one meets an API that is as the other describes it.
//!
//! The same document gives the same bytes, in whatever order its keys stand and whether it is JSON or YAML.

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

/// Reads `document` and says what it holds, or why it is not a usable OpenAPI document.
///
/// # Errors
///
/// Every reason found, each with its place in the document.
pub fn inspect(document: &Source) -> Result<Summary, Diagnostics> {
    with_room(|| Ok(Document::read(document, None, &[])?.summary()))
}

/// Parses a text, JSON or YAML, without repairing or converting what it says.
///
/// # Errors
///
/// Why it is neither.
pub fn parse(source: &Source) -> Result<serde_json::Value, Diagnostics> {
    with_room(|| document::parse(source))
}

/// Reads `document`, corrected by `overlay`, as JSON: what [`samples`] are made from. What this repairs and converts,
/// [`parse`] leaves as it is written.
///
/// # Errors
///
/// Why it is not a usable OpenAPI document, or why the overlay does not fit it.
pub fn read(document: &Source, overlay: Option<&Source>) -> Result<serde_json::Value, Diagnostics> {
    read_with_files(document, overlay, &[])
}

/// Reads a document like [`read`], with the files that it refers to.
///
/// # Errors
///
/// Those of [`read`].
pub fn read_with_files(
    document: &Source,
    overlay: Option<&Source>,
    files: &[Source],
) -> Result<serde_json::Value, Diagnostics> {
    with_room(|| Ok(Document::read(document, overlay, files)?.into_value()))
}

/// Lists the files that `source` refers to, by path. The paths are relative to the folder that the name of `source` is
/// relative to.
///
/// # Errors
///
/// Why the text cannot be read.
pub fn referenced_files(source: &Source) -> Result<Vec<String>, Diagnostics> {
    document::referenced_files(source)
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
    /// The test calls of each operation, by its path in Rust.
    pub calls: BTreeMap<String, BTreeSet<String>>,
    /// The Cargo features that the API and its parts are compiled with, each with those that it cannot do without; none if
    /// all of it always is.
    pub features: BTreeMap<String, BTreeSet<String>>,
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
    with_room(|| {
        let document = Document::read(document, overlay, &options.files)?;
        let (api, warnings, count) = api(&document, options)?;
        let tests = Tests::of(&api, &document, options);
        let mut tree = emit::emit(&api, options)?;
        tree.append(tests.print(&api)?);
        let calls = tests.labels(&api);
        Ok(Generated { tree, warnings, count, calls, features: api.features })
    })
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
    with_room(|| {
        let document = Document::read(document, overlay, &options.files)?;
        Ok(index::names(&named(&document, options)?))
    })
}

/// Makes the crate that uses each public item of the client that [`generate`] makes. Compiled with the client of another
/// document, it shows what a user of the first one would have to change.
///
/// # Errors
///
/// Those of [`generate`].
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

/// Says what a user of the client of `old` would notice in that of `new`, and what the old client would if it stayed while
/// the API becomes as `new` describes it.
///
/// # Errors
///
/// Those of [`generate`], for one of the two.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Result<Comparison, Diagnostics> {
    with_room(|| compared(old, new))
}

fn compared(old: Version<'_>, new: Version<'_>) -> Result<Comparison, Diagnostics> {
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| with_room(|| side(old)));
        let new = side(new).and_then(|(document, now)| {
            // What an owner stops to document is not gone, and an old client may read what the new one does not.
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

/// A document, and its API as far as its names.
fn side(version: Version<'_>) -> Result<(Document<'_>, Api), Diagnostics> {
    let document = Document::read(version.document, version.overlay, &version.options.files)?;
    let api = named(&document, version.options)?;
    Ok((document, api))
}

/// All but the printing.
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

/// What `lower` makes, what there is to say about it, and what it left out.
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

/// The API as far as its names, for whoever prints nothing and leaves the count to [`generate`].
fn named(document: &Document<'_>, options: &Options) -> Result<Api, Diagnostics> {
    let (mut api, ..) = lowered(document, options, Scope::Client)?;
    passes::run(&mut api);
    Ok(api)
}
