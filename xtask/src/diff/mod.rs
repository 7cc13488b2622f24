//! `cargo xtask diff`: what a change of the document means for the users of the client.

mod verify;

use std::path::PathBuf;

use anyhow::Result;
use seam_generator::Options;

use crate::Outcome;
use crate::generate::Input;
use crate::output::print;
use crate::repo::Repo;

/// Say what a change of the document means for the users of the client.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Ask the compiler which items break
    #[arg(long, required = true)]
    verify: bool,
    /// The older document
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The newer document
    #[arg(value_name = "NEW")]
    new: PathBuf,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let old = Input::of(&args.old, None, Options::default())?;
    let new = Input::of(&args.new, None, Options::default())?;
    let verdict = verify::verify(repo, &old, new)?;
    for ((path, role), messages) in &verdict.broken {
        print(&format!("{path}\t{role:?}\t{}\n", messages.join("; ")))?;
    }
    let verify::Verdict { broken, used, rounds } = verdict;
    eprintln!("{} of {used} uses break, found in {rounds} rounds", broken.len());
    Ok(Outcome::Done)
}
