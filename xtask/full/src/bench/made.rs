//! Crates that are written for measuring, and what their programs say.

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

/// What to do where a file of the repository is missing.
pub(super) const RESTORE: &str = "restore it from git";

/// The document, corrected by its overlay.
pub(super) fn document(repo: &Repo) -> Result<Value> {
    let Input { document, overlay, .. } = Input::client(repo, Options::default())?;
    Ok(seam_generator::read(&document, overlay.as_ref())?)
}

/// Writes a file. Cargo builds what was written, so what is the same stays.
pub(super) fn put(path: PathBuf, text: &str) -> Result<()> {
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    written.and_then(|()| fs::write(&path, text)).with_context(|| format!("{}", path.display()))
}

/// Builds what is in a folder, as release builds.
pub(super) fn build(repo: &Repo, place: &Path, what: &str) -> Result<()> {
    let mut build = building(repo, ["build", "--quiet", "--release"]);
    build.current_dir(place);
    let built = progress::during(what.to_owned(), || build.status());
    ensure!(built.context("cargo cannot be started")?.success(), "{what} cannot be built");
    Ok(())
}

/// What a program has measured, by case.
pub(super) struct Measured(BTreeMap<String, Vec<f64>>);

impl Measured {
    /// The numbers of a case, which has to have so many.
    pub(super) fn of<const N: usize>(&self, case: &str) -> Result<[f64; N]> {
        let numbers = self.0.get(case).map(Vec::as_slice);
        let all = numbers.and_then(|numbers| numbers.try_into().ok());
        all.with_context(|| format!("there are no {N} numbers of {case}, but {numbers:?}"))
    }
}

/// What a program prints.
pub(super) fn said(program: &Path) -> Result<String> {
    let output = Command::new(program).output();
    let output = output.with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program prints as lines with the name of a case, and numbers.
pub(super) fn measured(program: &Path) -> Result<Measured> {
    let said = said(program)?;
    let lines = said.lines().filter_map(|line| line.split_once(' '));
    let numbers = |text: &str| text.split(' ').map(str::parse).collect::<Result<_, _>>();
    let cases = lines.map(|(name, rest)| Ok((name.to_owned(), numbers(rest)?)));
    Ok(Measured(cases.collect::<Result<_>>()?))
}
