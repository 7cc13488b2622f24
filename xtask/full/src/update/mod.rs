//! `cargo xtask update`: updates the repository for a newer document, ready to be committed.

mod changelog;
mod corrections;
mod edits;
mod impossible;
mod manifest;
mod proposal;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use seam_generator::{Comparison, Source, Weight};

use crate::fetch::{self, Found};
use xtask::Outcome;
use xtask::atomic_dir;
use xtask::diff::{self, Bump, Format, Report, Side};
use xtask::generate::Client;
use xtask::output::print;
use xtask::repo::{DOCUMENT, GENERATED, LOCK, MANIFEST, OPENAPI, OVERLAY, Repo};

use self::corrections::Corrections;
use self::edits::Edits;
use self::impossible::IMPOSSIBLE;
use self::proposal::{Label, Proposal};

const CHANGELOG: &str = "generated-client/CHANGELOG.md";

/// Fetch a newer document, and update the client, its version and its changelog.
///
/// Compares the document with the one in git's HEAD as `diff` does, generates the client, raises its version as the changes
/// require, and adds them to the changelog. Overlay actions that no longer have an effect are commented out, and calls that
/// no longer exist are removed from the list of impossible calls. The summary lists what a maintainer has to decide, and the
/// remaining steps.
///
/// Everything is prepared before anything is written, so nothing is written if a step fails. If writing is interrupted,
/// another run finishes it. Since the comparison is always with HEAD, a second run changes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    from: fetch::From,
    /// Write nothing; print what would change
    #[arg(long)]
    dry_run: bool,
    /// Exit with 1 if a maintainer has to decide something
    #[arg(long)]
    strict: bool,
    /// Write a summary to this file, as Markdown for a pull request
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    /// Write the weight of the heaviest change to this file: breaking, behaviour, addition, documentation or none
    #[arg(long, value_name = "FILE")]
    weight: Option<PathBuf>,
    /// Write the labels for the pull request to this file, one per line: decide, set-aside
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
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
    if !is_news && found.as_ref().is_none_or(|found| found.is_same) {
        eprintln!("no news: {DOCUMENT} is what is published");
        report(args, "There is no newer document.\n", None, &[])?;
        return Ok(Outcome::Done);
    }
    let document = Source { name: DOCUMENT.to_owned(), text: text.clone() };
    let corrections = Corrections::of(repo, old.overlay.as_ref(), &document)?;
    let name = found.as_ref().map_or("the working tree", |found| &found.origin);
    let new = Side::working_tree_with(repo, name, text, corrections.after.clone())?;
    let planned = plan(repo, &old, &new, found.as_ref(), corrections)?;
    if !planned.client.warnings.is_empty() {
        eprintln!("{}", planned.client.warnings);
    }
    let markdown = planned.markdown(&old, &new);
    report(args, &markdown, planned.comparison.weight(), &planned.proposal.labels())?;
    if args.dry_run {
        print(&planned.report(&old, &new).written(Format::Text)?)?;
        for change in planned.edits.changes(&planned.client, found.as_ref())? {
            eprintln!("would write {change}");
        }
    } else {
        planned.edits.write(repo, &planned.client, found.as_ref())?;
        eprintln!("{}", planned.bump.sentence());
    }
    planned.proposal.lines().iter().for_each(|line| eprintln!("{line}"));
    let is_decided = planned.proposal.decisions.is_empty();
    Ok(if args.strict && !is_decided { Outcome::Failed } else { Outcome::Done })
}

/// All changes, prepared before anything is written.
struct Planned {
    comparison: Comparison,
    client: Client,
    bump: Bump,
    edits: Edits,
    proposal: Proposal,
}

fn plan(
    repo: &Repo,
    old: &Side,
    new: &Side,
    found: Option<&Found>,
    corrections: Corrections,
) -> Result<Planned> {
    let client = Client::of(repo, new.document.text.clone(), corrections.after.clone())?;
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
    let mut proposal = Proposal {
        decisions: comparison.decisions.clone(),
        set_aside: corrections.set_aside,
        taken_off: Vec::new(),
    };
    if let (Some(before), Some(after)) = (corrections.before, corrections.after) {
        edits.add(OVERLAY, before, after);
    }
    if let Some(before) = repo.read_if_present(IMPOSSIBLE)? {
        let (after, gone) = impossible::without_gone(&before, &client.calls);
        proposal.taken_off = gone;
        edits.add(IMPOSSIBLE, before, after);
    }
    Ok(Planned { comparison, client, bump, edits, proposal })
}

impl Planned {
    fn report<'a>(&'a self, old: &'a Side, new: &'a Side) -> Report<'a> {
        Report { comparison: &self.comparison, old, new, version: &self.bump.from }
    }

    /// The text of a pull request: decisions and steps, the changes, and the diagnostics of the new document.
    fn markdown(&self, old: &Side, new: &Side) -> String {
        let mut text = self.report(old, new).pull_request(&self.proposal.markdown());
        if !self.client.warnings.is_empty() {
            let diagnostics = self.client.warnings.to_string();
            // The number of lines is limited to what fits into a pull request. The run has printed all of them.
            let shown: Vec<&str> = diagnostics.lines().take(100).collect();
            text.push_str(&format!("\n## Diagnostics\n\n```\n{}\n```\n", shown.join("\n")));
        }
        text
    }
}

/// Writes the files that the options name.
fn report(args: &Args, markdown: &str, weight: Option<Weight>, labels: &[Label]) -> Result<()> {
    let weight = format!("{}\n", weight.map_or("none", Weight::as_str));
    let labels: String = labels.iter().map(|label| format!("{}\n", label.as_str())).collect();
    let files =
        [(&args.summary, markdown), (&args.weight, &weight), (&args.labels, labels.as_str())];
    for (file, text) in files {
        if let Some(path) = file {
            fs::write(path, text)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
    }
    Ok(())
}
