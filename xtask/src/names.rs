//! `cargo xtask names`: lists every public name of the client with its place in the document.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use seam_generator::Options;

use crate::Outcome;
use crate::generate::Input;
use crate::output::print;
use crate::repo::Repo;

/// List every public name of the client: its Rust path, the kind of item, and its place in the document.
///
/// The three columns are separated by tabs. The place is a JSON pointer without array positions: variants are identified by
/// their tags, parameters by their location and name.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// List the names of this OpenAPI document, JSON or YAML, instead of the checked-in one
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Corrections to the document of --spec, an OpenAPI Overlay 1.0
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
    /// Include operations that the document marks as undocumented
    #[arg(long)]
    undocumented: bool,
    /// List only this path and what it uses; may be repeated
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
}

/// Runs the command.
pub fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let options =
        Options { only: args.only.clone(), undocumented: args.undocumented, ..Options::default() };
    let input = match &args.spec {
        Some(spec) => Input::of(spec, args.overlay.as_deref(), options)?,
        None => Input::client(repo, options)?,
    };
    let items = seam_generator::names(&input.document, input.overlay.as_ref(), &input.options)?;
    let mut lines = String::new();
    for item in items {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{item}");
    }
    print(&lines)?;
    Ok(Outcome::Done)
}
