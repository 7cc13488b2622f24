//! `cargo xtask update`: from a newer document to changes that are ready to be committed.

mod changelog;
mod edits;
mod manifest;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use seam_generator::{Comparison, Weight};

use crate::fetch::{self, Found};
use xtask::Outcome;
use xtask::atomic_dir;
use xtask::diff::{self, Bump, Format, Report, Side};
use xtask::generate::Client;
use xtask::output::print;
use xtask::repo::{DOCUMENT, GENERATED, LOCK, MANIFEST, OPENAPI, Repo};

use self::edits::Edits;

const CHANGELOG: &str = "generated-client/CHANGELOG.md";

/// Fetch a newer document, and update the client, its version and its changelog.
///
/// It fetches the document, compares it with that of git's HEAD as `diff` does, generates the client, raises its version as
/// the changes ask for, and begins an entry in its changelog with them. All of that is worked out first; if a step fails
/// nothing is written, and what is interrupted while it writes is finished by another run. Since everything is told from
/// HEAD, a second run changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    from: fetch::From,
    /// Write nothing; print what would change
    #[arg(long)]
    dry_run: bool,
    /// Write what changes to this file, as Markdown for a pull request
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Write the weight of the heaviest change to this file: breaking, behaviour, addition, documentation or none
    #[arg(long, value_name = "FILE")]
    weight: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    if !args.dry_run {
        atomic_dir::recover(&repo.path(OPENAPI))?;
        atomic_dir::recover(&repo.path(GENERATED))?;
    }
    let found = fetch::find(repo, &args.from)?;
    let text = match &found {
        Some(found) => found.text.clone(),
        None => repo.read(DOCUMENT, "run `cargo xtask fetch`")?,
    };
    let old = Side::revision(repo, "HEAD")?;
    let is_news = text != old.document.text;
    let name = found.as_ref().map_or("the working tree", |found| &found.origin);
    let new = Side::working_tree_with(repo, name, text)?;
    if !is_news && found.as_ref().is_none_or(|found| found.is_same) {
        eprintln!("no news: {DOCUMENT} is what is published");
        return report(args, "There is no newer document.\n", None);
    }
    let planned = plan(repo, &old, &new, found.as_ref())?;
    if !planned.client.warnings.is_empty() {
        eprintln!("{}", planned.client.warnings);
    }
    let markdown = planned.markdown(&old, &new)?;
    let reported = report(args, &markdown, planned.comparison.weight())?;
    if args.dry_run {
        print(&planned.report(&old, &new).written(Format::Text)?)?;
        for path in planned.edits.paths() {
            eprintln!("would write {path}");
        }
    } else {
        planned.edits.write(repo, &planned.client, found.as_ref())?;
        eprintln!("{}", planned.bump.sentence());
    }
    Ok(reported)
}

/// Everything that there is to write, before anything is.
struct Planned {
    comparison: Comparison,
    client: Client,
    bump: Bump,
    edits: Edits,
}

fn plan(repo: &Repo, old: &Side, new: &Side, found: Option<&Found>) -> Result<Planned> {
    let client = Client::of(repo, new.document.text.clone())?;
    let comparison = diff::compare(old, new)?;
    let bump = Bump::of(&manifest::at_head(repo)?, comparison.weight());
    let mut edits = Edits::default();
    let read = |name: &str| repo.read(name, "restore it from git");
    let found_manifest = read(MANIFEST)?;
    let mut new_manifest = client.manifest(&found_manifest)?;
    if bump.from != bump.to {
        new_manifest = manifest::with_version(&new_manifest, &bump.to)?;
        let lock = read(LOCK)?;
        edits.add(LOCK, lock.clone(), manifest::locked(&lock, &manifest::name(repo)?, &bump.to)?);
        let before = repo.read_if_present(CHANGELOG)?.unwrap_or_default();
        let origin = found.map_or("the published document", |found| found.origin.as_str());
        let after = changelog::with_entry(&before, &bump.to, origin, &comparison);
        edits.add(CHANGELOG, before, after);
    }
    edits.add(MANIFEST, found_manifest, new_manifest);
    Ok(Planned { comparison, client, bump, edits })
}

impl Planned {
    fn report<'a>(&'a self, old: &'a Side, new: &'a Side) -> Report<'a> {
        Report { comparison: &self.comparison, old, new, version: &self.bump.from }
    }

    /// What a pull request says: the changes, and what the generator says of the new document.
    fn markdown(&self, old: &Side, new: &Side) -> Result<String> {
        let mut text = self.report(old, new).written(Format::Markdown)?;
        if !self.client.warnings.is_empty() {
            let diagnostics = self.client.warnings.to_string();
            // As many as fit into a pull request beside the rest; the run has printed all of them.
            let shown: Vec<&str> = diagnostics.lines().take(100).collect();
            text.push_str(&format!("\n## Diagnostics\n\n```\n{}\n```\n", shown.join("\n")));
        }
        Ok(text)
    }
}

/// Writes what was asked for besides.
fn report(args: &Args, markdown: &str, weight: Option<Weight>) -> Result<Outcome> {
    let weight = weight.map_or("none", Weight::as_str);
    for (file, text) in [(&args.summary, markdown), (&args.weight, &format!("{weight}\n"))] {
        if let Some(path) = file {
            fs::write(path, text)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
    }
    Ok(Outcome::Done)
}
