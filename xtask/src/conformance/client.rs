//! Runs the conformance test in a crate that is generated from another document.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use seam_generator::Options;

use crate::cargo::cargo_in;
use crate::generate::{self, IMPOSSIBLE, Input};
use crate::repo::{LOCK, Repo};

use super::trials::{TEST, Trials};
use super::{Args, started};

/// Writes the crate and runs its test. Returns `None` if the crate does not compile.
pub(super) fn trials(repo: &Repo, args: &Args, spec: &Path) -> Result<Option<Trials>> {
    let package = generate::package_name(TEST, &spec.to_string_lossy());
    let folder = repo.target().join(TEST).join(&package);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let options = Options { package, conformance: true, ..Options::default() };
    let input = Input::of(spec, args.overlay.as_deref(), options)?;
    generate::package(repo, input, folder.clone())?;
    let write = |name: &str, text: String| {
        fs::write(folder.join(name), text).with_context(|| format!("{name} cannot be written"))
    };
    write(LOCK, repo.read(LOCK, "restore it from git")?)?;
    let listed = args.impossible.as_deref().map(fs::read_to_string).transpose();
    write(IMPOSSIBLE, listed.context("the list cannot be read")?.unwrap_or_default())?;

    if !compiles(repo, &folder)? {
        return Ok(None);
    }
    let servers = started(repo, args, spec)?;
    Trials::of(repo, test(repo, &folder), servers.as_ref()).map(Some)
}

/// Whether the test of the crate in `folder` compiles. Cargo prints the errors.
pub(super) fn compiles(repo: &Repo, folder: &Path) -> Result<bool> {
    let status = test(repo, folder).arg("--no-run").status().context("cargo cannot be started")?;
    Ok(status.success())
}

/// Prepares the command that runs the test of the crate in `folder`.
pub(super) fn test(repo: &Repo, folder: &Path) -> Command {
    cargo_in(repo, folder, ["test", "--quiet", "--test", TEST])
}
