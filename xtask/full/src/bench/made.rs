//! Writes and builds crates for measurements, and parses the output of their programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use seam_generator::Options;
use serde_json::Value;

use xtask::generate::Input;
use xtask::progress;
use xtask::repo::Repo;

use super::building;

/// The remedy for a missing file of the repository.
pub(super) const RESTORE: &str = "restore it from git";

/// Reads the document and applies its overlay.
pub(super) fn document(repo: &Repo) -> Result<Value> {
    let Input { document, overlay, .. } = Input::client(repo, Options::default())?;
    Ok(seam_generator::read(&document, overlay.as_ref())?)
}

/// Writes a file, unless it has this text already: Cargo rebuilds files whose modification time changed.
pub(super) fn put(path: PathBuf, text: &str) -> Result<()> {
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    written.and_then(|()| fs::write(&path, text)).with_context(|| format!("{}", path.display()))
}

/// Makes a release build of the crates in a folder.
pub(super) fn build(repo: &Repo, place: &Path, what: &str) -> Result<()> {
    let mut build = building(repo, ["build", "--quiet", "--release"]);
    build.current_dir(place);
    let built = progress::during(what.to_owned(), || build.status());
    ensure!(built.context("cargo cannot be started")?.success(), "{what} cannot be built");
    Ok(())
}

/// The measurements that a program printed, by case.
pub(super) struct Measured(BTreeMap<String, Vec<f64>>);

impl Measured {
    /// The numbers of a case. It is an error if their count is not `N`.
    pub(super) fn of<const N: usize>(&self, case: &str) -> Result<[f64; N]> {
        let numbers = self.0.get(case).map(Vec::as_slice);
        let all = numbers.and_then(|numbers| numbers.try_into().ok());
        all.with_context(|| format!("there are no {N} numbers of {case}, but {numbers:?}"))
    }
}

/// Runs a program and returns its standard output.
pub(super) fn said(program: &Path) -> Result<String> {
    let output = Command::new(program).output();
    let output = output.with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a program that prints one line for each case: the name, and numbers.
pub(super) fn measured(program: &Path) -> Result<Measured> {
    let said = said(program)?;
    let lines = said.lines().filter_map(|line| line.split_once(' '));
    let numbers = |text: &str| text.split(' ').map(str::parse).collect::<Result<_, _>>();
    let cases = lines.map(|(name, rest)| Ok((name.to_owned(), numbers(rest)?)));
    Ok(Measured(cases.collect::<Result<_>>()?))
}
