//! `cargo xtask diff`: what a change of the document means for code that uses the client.

mod bump;
mod causes;
mod json;
mod markdown;
mod side;
mod text;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use seam_generator::{Comparison, Source, Version};

use crate::Outcome;
use crate::output::print;
use crate::progress;
use crate::repo::Repo;

pub use self::bump::{Bump, version_in};
pub use self::causes::{Cause, causes};
pub use self::side::{Side, file_at};

/// Say what a user of the client would notice between two documents.
///
/// Both become clients as far as their names and types, with their overlays and options, and these are compared. Each
/// change has its weight, the item in Rust, its place in both documents, and what to do about it if it is breaking:
///
/// - breaking: code that compiled may not compile;
/// - behaviour: it compiles, and something else happens;
/// - addition: there is more than before;
/// - documentation: only what people read is different.
///
/// Then it says what a client that is already deployed meets when the API becomes as the newer document describes it: for
/// each operation whether it works as before, keeps values that it does not know, repairs answers, or fails.
///
/// A side is a file; a folder with openapi.json and its overlay.yaml and generate.toml, if any; a version of the npm package
/// @seamapi/types, or NAME@VERSION; or a git revision of this repository. Files and versions have no overlay, unless
/// --overlay gives one for both.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Before: the document of git's HEAD if not given
    #[arg(value_name = "OLD")]
    old: Option<String>,
    /// After: the document in the working tree if not given
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Corrections to documents that have none of their own, an OpenAPI Overlay 1.0
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Include what the documents mark as undocumented
    #[arg(long)]
    undocumented: bool,
    /// Limit the comparison to this path and what it reaches; may be repeated
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Print nothing else than whether the compiler agrees on what is breaking, which takes about a minute
    ///
    /// A crate that uses each item of the old client by itself is compiled against the new one. Exits with 1 if it breaks
    /// where it was not predicted to, or compiles where it was.
    #[arg(long, conflicts_with = "format")]
    pub verify: bool,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal, in colour if it is one
    #[default]
    Text,
    /// For a pull request
    Markdown,
    /// For programs; xtask/README.md describes the layout, which has a version
    Json,
}

impl Args {
    /// Whether only the full program can do this: it downloads a version of the document, or compiles clients.
    pub fn needs_full(&self) -> bool {
        let is_published = |name: &String| side::is_published(name);
        self.verify || [&self.old, &self.new].into_iter().flatten().any(is_published)
    }
}

/// Gives the document of a published version.
pub type Published<'a> = &'a dyn Fn(&Repo, &str) -> Result<Source>;

/// Refuses published versions: this program cannot download them.
///
/// # Errors
///
/// Always.
pub fn not_downloaded(_: &Repo, version: &str) -> Result<Source> {
    bail!("{version} would have to be downloaded")
}

/// Runs the command.
pub fn run(repo: &Repo, args: &Args, published: Published<'_>) -> Result<Outcome> {
    let (old, new) = sides(repo, args, published)?;
    let comparison = compare(&old, &new)?;
    let version = bump::client_version(repo)?;
    let report = Report { comparison: &comparison, old: &old, new: &new, version: &version };
    print(&report.written(args.format)?)?;
    Ok(Outcome::Done)
}

/// The two documents that the arguments name.
pub fn sides(repo: &Repo, args: &Args, published: Published<'_>) -> Result<(Side, Side)> {
    let overlay = args.overlay.as_deref();
    let side = |name: &Option<String>| -> Result<Option<Side>> {
        let Some(name) = name else { return Ok(None) };
        Ok(Some(limited(Side::named(repo, name, overlay, published)?, args)))
    };
    let old = match side(&args.old)? {
        Some(old) => old,
        None => limited(Side::revision(repo, "HEAD")?, args),
    };
    let new = match side(&args.new)? {
        Some(new) => new,
        None => limited(Side::working_tree(repo)?, args),
    };
    Ok((old, new))
}

fn limited(mut side: Side, args: &Args) -> Side {
    side.limit(args.undocumented, &args.only);
    side
}

/// Compares two documents.
pub fn compare(old: &Side, new: &Side) -> Result<Comparison> {
    let comparison = progress::during("comparing".to_owned(), || {
        seam_generator::compare(version(old), version(new))
    });
    Ok(comparison?)
}

fn version(side: &Side) -> Version<'_> {
    let Side { document, overlay, options, .. } = side;
    Version { document, overlay: overlay.as_ref(), options }
}

/// What every format says if nothing changed.
const NO_CHANGES: &str = "no changes";

/// A comparison, and what there is to say about it as a whole.
pub struct Report<'a> {
    /// What is different.
    pub comparison: &'a Comparison,
    /// The document before.
    pub old: &'a Side,
    /// The document after.
    pub new: &'a Side,
    /// The version of the client before.
    pub version: &'a str,
}

impl Report<'_> {
    /// The report as text.
    pub fn written(&self, format: Format) -> Result<String> {
        Ok(match format {
            Format::Text => text::written(self),
            Format::Markdown => markdown::written(self, ""),
            Format::Json => json::written(self)?,
        })
    }

    /// The Markdown of a pull request, with `first` before the changes.
    pub fn pull_request(&self, first: &str) -> String {
        markdown::written(self, first)
    }

    /// Whether nothing changed, neither for code nor for deployed clients.
    fn is_empty(&self) -> bool {
        self.comparison.changes.is_empty() && self.comparison.wire.findings.is_empty()
    }

    fn bump(&self) -> Bump {
        Bump::of(self.version, self.comparison.weight())
    }

    /// The changes of one weight.
    fn changes(
        &self,
        weight: seam_generator::Weight,
    ) -> impl Iterator<Item = &seam_generator::Change> {
        self.comparison.changes.iter().filter(move |change| change.weight == weight)
    }
}
