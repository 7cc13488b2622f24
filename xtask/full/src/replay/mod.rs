//! `cargo xtask replay`: decodes responses of a newer API with the client of an older document, and compares the result with
//! the prediction of `diff`.

mod client;
mod samples;
mod table;
mod verdict;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use seam_generator::{Options, Source, Version, WireReport};

use crate::versions;
use xtask::Outcome;
use xtask::output::print;
use xtask::repo::{DOCUMENT, Repo, VERSIONS};

use self::samples::Samples;
use self::verdict::Verdict;

/// Decode responses of a newer API with a client of an older document, and check the prediction of diff.
///
/// Generates and compiles the client of the older document. Generates sample responses from the newer document, which
/// contain every alternative at least once. The client decodes each of them, and the result (a value, unknown values that
/// are kept, repairs, or an error) is compared with the prediction. No overlay is applied.
///
/// Exits with 1 if a result is worse than predicted, or if a value changes without a report.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The document of the client: a version of @seamapi/types, NAME@VERSION, or a file
    #[arg(value_name = "OLD")]
    old: String,
    /// The document of the API, in the same forms [default: openapi/openapi.json]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Also fail if a result is better than predicted
    #[arg(long)]
    exact: bool,
    /// Also print the predictions
    #[arg(long)]
    report: bool,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let old = document(repo, &args.old)?;
    let new = match &args.new {
        Some(name) => document(repo, name)?,
        None => checked_in(repo)?,
    };
    let replay = Replay::of(repo, old, new)?;
    if args.report {
        print(&format!("{}\n\n", replay.foretold))?;
    }
    print(&table::shown(&replay))?;
    let strictness = if args.exact { Verdict::is_exact } else { Verdict::is_foreseen };
    Ok(if strictness(&replay.verdict) { Outcome::Done } else { Outcome::Failed })
}

/// Replays every version that `openapi/versions.toml` marks as `replayed` against the checked-in document, in both
/// directions.
///
/// The older clients have to decode all responses of the checked-in API, as predicted. In the other direction, predicted
/// errors are accepted: an older API may return a result under another key.
pub(crate) fn passes(repo: &Repo) -> Result<bool> {
    let versions = versions::replayed(repo)?;
    ensure!(!versions.is_empty(), "{VERSIONS} has no version that is `replayed`");
    let mut passes = true;
    for version in versions {
        let (old, new) = (document(repo, &version)?, checked_in(repo)?);
        let forward = Replay::of(repo, old.clone(), new.clone())?;
        eprint!("{}", table::shown(&forward));
        let back = Replay::of(repo, new, old)?;
        eprint!("{}", table::shown(&back));
        passes &= forward.verdict.is_foreseen() && forward.verdict.is_all_read();
        passes &= back.verdict.is_foreseen();
    }
    Ok(passes)
}

/// The client of one document, and how it decoded the samples of the other.
struct Replay {
    old: String,
    new: String,
    foretold: WireReport,
    verdict: Verdict,
}

impl Replay {
    fn of(repo: &Repo, old: Source, new: Source) -> Result<Self> {
        let options = Options::default();
        let version = |document| Version { document, overlay: None, options: &options };
        let foretold = seam_generator::compare(version(&old), version(&new))?.wire;
        let samples = Samples::of(&new, &foretold)?;
        let (old_name, new_name) = (old.name.clone(), new.name);
        let read = client::read(repo, old, &samples)?;
        let verdict = Verdict::of(&foretold, &samples, &read);
        Ok(Self { old: old_name, new: new_name, foretold, verdict })
    }
}

fn checked_in(repo: &Repo) -> Result<Source> {
    let text = repo.read(DOCUMENT, "run `cargo xtask fetch`")?;
    Ok(Source { name: DOCUMENT.to_owned(), text })
}

fn document(repo: &Repo, name: &str) -> Result<Source> {
    if Path::new(name).exists() {
        let text =
            std::fs::read_to_string(name).with_context(|| format!("{name} cannot be read"))?;
        return Ok(Source { name: name.to_owned(), text });
    }
    versions::document(repo, name)
}
