//! `cargo xtask diff`: shows what a change of the document means for code that uses the client.

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

/// Show what a change of the document means for users of the client.
///
/// Derives names and types of the client from both documents, with their overlays and options, and compares them. Each
/// change has a weight, the Rust item, its place in both documents, and advice if it is breaking:
///
/// - breaking: code that compiled may not compile;
/// - behaviour: it compiles, and does something else;
/// - addition: there is something new;
/// - documentation: only the text for readers is different.
///
/// The report ends with the effect on clients that are already deployed, when the API becomes as the newer document
/// describes it: each operation works as before, keeps values that it does not know, repairs responses, or fails.
///
/// A side is a file; a folder with openapi.json and optionally overlay.yaml and generate.toml; a version of the npm package
/// @seamapi/types, or NAME@VERSION; or a git revision of this repository. Files and versions have no overlay, unless
/// --overlay gives one for both.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The older document [default: the one in git's HEAD]
    #[arg(value_name = "OLD")]
    old: Option<String>,
    /// The newer document [default: the one in the working tree]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Corrections to documents without an overlay of their own, an OpenAPI Overlay 1.0
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Include operations that the documents mark as undocumented
    #[arg(long)]
    undocumented: bool,
    /// Limit the comparison to this path and what it uses; may be repeated
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Only check the prediction of breaking changes with the compiler; takes about a minute
    ///
    /// Compiles a crate that uses each item of the old client against the new client. Exits with 1 if an item breaks that
    /// was not predicted to break, or compiles although it was.
    #[arg(long, conflicts_with = "format")]
    pub verify: bool,
}

/// The output format of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for a terminal, with colours if it is one
    #[default]
    Text,
    /// Markdown for a pull request
    Markdown,
    /// JSON for programs; xtask/README.md describes the layout, which is versioned
    Json,
}

impl Args {
    /// Whether these arguments need the full program, which downloads documents and compiles clients.
    pub fn needs_full(&self) -> bool {
        let is_published = |name: &String| side::is_published(name);
        self.verify || [&self.old, &self.new].into_iter().flatten().any(is_published)
    }
}

/// Returns the document of a published version.
pub type Published<'a> = &'a dyn Fn(&Repo, &str) -> Result<Source>;

/// The [`Published`] of this program: refuses every version, because this program cannot download.
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

/// Returns the two documents that the arguments name.
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

/// The text that every format prints if nothing changed.
const NO_CHANGES: &str = "no changes";

/// A comparison with its context, to be formatted.
pub struct Report<'a> {
    /// The changes.
    pub comparison: &'a Comparison,
    /// The older document.
    pub old: &'a Side,
    /// The newer document.
    pub new: &'a Side,
    /// The version of the client before the change.
    pub version: &'a str,
}

impl Report<'_> {
    /// Formats the report.
    pub fn written(&self, format: Format) -> Result<String> {
        Ok(match format {
            Format::Text => text::written(self),
            Format::Markdown => markdown::written(self, ""),
            Format::Json => json::written(self)?,
        })
    }

    /// Formats the report as Markdown for a pull request, with the text `first` before the changes.
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
