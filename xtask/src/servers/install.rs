//! Installs the servers from npm, in the versions that the lock file pins.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::node::{self, NPM};
use crate::progress;
use crate::repo::Repo;

use super::server::{FOLDER, OTHERWISE};

/// A copy of the lock file, written after its packages have been installed.
const STAMP: &str = "node_modules/.installed";

/// Installs the packages of the lock file, unless they are installed already.
pub(super) fn packages(repo: &Repo) -> Result<()> {
    let file = |name: &str| format!("{FOLDER}/{name}");
    let lock = repo.read(&file("package-lock.json"), "restore it from git")?;
    if repo.read_if_present(&file(STAMP))?.as_ref() == Some(&lock) {
        return Ok(());
    }
    // `npm ci` starts by deleting `node_modules`, with the stamp, so an interrupted installation does not count as complete.
    let mut command = Command::new(NPM);
    command.args(["ci", "--loglevel", "error"]).current_dir(repo.path(FOLDER)).stdin(Stdio::null());
    let output = progress::during(format!("npm ci in {FOLDER}"), || command.output());
    let output = node::started(NPM, output, OTHERWISE)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`npm ci` failed in {FOLDER}; see what it says\n{}", said.trim());
    }
    let stamp = repo.path(&file(STAMP));
    fs::write(&stamp, lock).with_context(|| format!("{FOLDER}/{STAMP} cannot be written"))
}
