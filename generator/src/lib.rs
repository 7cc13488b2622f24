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
//! [`names`] stops before the last of these and lists what there would be to print, `index` by name; [`witness`] prints a
//! crate that uses all of it. [`compare`] holds two documents against each other: as the users of their clients
//! see them, and as a client that is made from the one meets an API that is as the other describes it.
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
mod markdown;
mod passes;
mod review;
pub mod samples;
mod tree;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Api;
pub use crate::api::WHOLE_API;
use crate::compare::wire::wire;
pub use crate::compare::wire::{Direction, Extent, Finding, FindingKind, Met, Outcome, Wire};
pub use crate::compare::{Change, ChangeKind, Comparison, Side, Weight};
use crate::count::LeftOut;
pub use crate::count::{Count, Part, Reason, Tally};
pub use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use crate::document::Document;
pub use crate::document::{DeadAction, DeadCause, SetAside, set_aside};
pub use crate::index::{Identity, Item, Kind, Role};
use crate::lower::{Lowered, Scope};
pub use crate::review::{Decision, DecisionKind};
pub use crate::tree::SourceTree;
pub use crate::witness::{Use, Witness};

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
#[derive(Clone, Debug)]
pub struct Options {
    /// Paths to limit the output to, with what they reach; all of them when empty.
    pub only: Vec<String>,
    /// Whether to include what the document marks as undocumented.
    pub undocumented: bool,
    /// Whether what cannot be expressed is an error, instead of a warning that says what is generated in its place.
    pub strict: bool,
    /// Name of the package that the tree becomes part of, as its examples write it (`petstore-client`).
    pub package: String,
    /// Name of the client type, which the runtime of the package defines, in upper camel case: `Client`.
    pub client: String,
    /// Path of a constant in the package with what the document does not say of the API: `crate::petstore::PROFILE`. Without one,
    /// the runtime's own is used.
    pub profile: Option<String>,
    /// A test, as a path below `src/generated/`, that goes through all types that are read; its module has to have
    /// `round_trip::<T>`, of the type `RoundTrip`. A table of these types is generated for it, in test builds only.
    pub round_trips: Option<String>,
    /// Whether to make calls of each operation for a test, in `conformance/`. The library does not compile them: the test does,
    /// whose root has to have `Case`, `Call`, `called` and what else they need.
    pub conformance: bool,
}

impl Default for Options {
    /// Everything that is documented, for a client type named `Client`.
    fn default() -> Self {
        Self {
            only: Vec::new(),
            undocumented: false,
            strict: false,
            package: String::new(),
            client: "Client".to_owned(),
            profile: None,
            round_trips: None,
            conformance: false,
        }
    }
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
    let document = Document::read(document, overlay)?;
    let (api, warnings, count) = api(&document, options)?;
    let (tree, calls) = (emit::emit(&api)?, emit::test_calls(&api));
    Ok(Generated { tree, warnings, count, calls, features: api.features })
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
    let document = Document::read(document, overlay)?;
    Ok(index::names(&named(&document, options)?))
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
    let document = Document::read(document, overlay)?;
    let (api, ..) = api(&document, options)?;
    Ok(witness::of(&index::entries(&api)))
}

/// A document as a client is made from it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The document.
    pub document: &'a Source,
    /// Corrections to it.
    pub overlay: Option<&'a Source>,
    /// What is made of it.
    pub options: &'a Options,
}

/// Says what a user of the client of `old` would notice in that of `new`, and what the old client would if it stayed while
/// the API becomes as `new` describes it.
///
/// # Errors
///
/// Those of [`generate`], for one of the two.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Result<Comparison, Diagnostics> {
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| side(old));
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
    let document = Document::read(version.document, version.overlay)?;
    let api = named(&document, version.options)?;
    Ok((document, api))
}

/// All but the printing.
fn api(
    document: &Document<'_>,
    options: &Options,
) -> Result<(Api, Diagnostics, Count), Diagnostics> {
    let (mut api, mut diagnostics, left_out) = lowered(document, options, Scope::Client)?;
    let count = count::count(document, &api, &left_out, options, &mut diagnostics);
    diagnostics.stop_on_errors()?;
    passes::run(&mut api);
    Ok((api, diagnostics, count))
}

/// What `lower` makes, what there is to say about it, and what it left out.
fn lowered(
    document: &Document<'_>,
    options: &Options,
    scope: Scope,
) -> Result<(Api, Diagnostics, LeftOut), Diagnostics> {
    let lowered = lower::lower(document, options, scope);
    let Lowered { api, left_out, mut diagnostics } = lowered;
    diagnostics.stop_on_errors()?;
    Ok((api, diagnostics, left_out))
}

/// The API as far as its names, for whoever prints nothing and leaves the count to [`generate`].
fn named(document: &Document<'_>, options: &Options) -> Result<Api, Diagnostics> {
    let (mut api, ..) = lowered(document, options, Scope::Client)?;
    passes::run(&mut api);
    Ok(api)
}
