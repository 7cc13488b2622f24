//! `cargo xtask replay`: reads responses of a newer API with the client of an older document, and compares with the
//! prediction of `diff`.

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

/// Read what a newer API answers with a client that was made from an older document.
///
/// The client is generated and compiled. Samples of what the newer document describes show every alternative at least
/// once; each is read by the client's own code, and what came out (a value, unknown values that are kept, repairs, an error)
/// is held against what comparing the two documents foretells. Nothing corrects the documents.
///
/// Exits with 1 if anything is worse than foretold, or changed without a word.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The document of the client: a version of @seamapi/types, NAME@VERSION, or a file
    #[arg(value_name = "OLD")]
    old: String,
    /// The document of the API, likewise; openapi/openapi.json if not given
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Fail also if anything is better than foretold
    #[arg(long)]
    exact: bool,
    /// Print everything that was foretold, too
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

/// Whether the clients of the versions of which openapi/versions.toml says so read all that the API of the checked-in
/// document answers, and whether a client of that reads what these versions answer, but for what was foretold: an API that
/// goes back may have a result under another key.
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

/// One client, and what became of all samples.
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
