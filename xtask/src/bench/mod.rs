//! `cargo xtask bench`.

mod decode;

use anyhow::Result;

use crate::Outcome;
use crate::repo::Repo;

/// Measures.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Runs the command.
pub(crate) fn run(repo: &Repo, _: &Args) -> Result<Outcome> {
    decode::run(repo)?;
    Ok(Outcome::Done)
}
