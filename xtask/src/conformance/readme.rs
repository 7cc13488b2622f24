//! The table in the client's README.

use std::fs;

use anyhow::{Context, Result, anyhow};

use crate::repo::Repo;

use super::table::markdown;
use super::trials::Trials;

const README: &str = "generated-client/README.md";
/// The table stands between these two.
const BEGIN: &str = "<!-- written by `cargo xtask conformance --write` -->\n";
const END: &str = "<!-- end -->\n";

/// Puts the table there.
pub(super) fn write(repo: &Repo, trials: &Trials) -> Result<bool> {
    let text = wanted(repo, trials)?;
    fs::write(repo.path(README), text).with_context(|| format!("{README} cannot be written"))?;
    Ok(true)
}

/// Whether the table there says what was found.
pub(super) fn is_true(repo: &Repo, trials: &Trials) -> Result<bool> {
    let is_true = read(repo)? == wanted(repo, trials)?;
    if !is_true {
        eprintln!("{README} does not say so\nrun: cargo xtask conformance --write");
    }
    Ok(is_true)
}

fn read(repo: &Repo) -> Result<String> {
    repo.read(README, "restore it from git")
}

/// The README with the table that it should have.
fn wanted(repo: &Repo, trials: &Trials) -> Result<String> {
    let text = read(repo)?;
    let parts =
        text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts
        .ok_or_else(|| anyhow!("{README} has no place for the table, from {BEGIN}to {END}"))?;
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", markdown(trials)))
}
