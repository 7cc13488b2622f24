//! Gets the document of a version from npm, and caches it below Cargo's target folder.

use std::fs;

use anyhow::{Context, Result, ensure};
use seam_generator::Source;

use crate::fetch;
use xtask::atomic_dir;
use xtask::npm_package::Package;
use xtask::repo::{Repo, VERSIONS};

use super::list::Version;

/// The folder of the documents and the clients, below the target folder.
pub(super) const FOLDER: &str = "versions";

/// Returns the document of `version`.
pub(super) fn of(repo: &Repo, version: &Version) -> Result<Source> {
    let name = format!("{}.json", version.version.replace('/', "-"));
    let path = repo.target().join(FOLDER).join("documents").join(&name);
    if !path.exists() {
        atomic_dir::replace_file(&path, download(version)?)?;
    }
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Source { name, text })
}

fn download(version: &Version) -> Result<String> {
    let package: Package = version.version.parse()?;
    let document = fetch::npm_document(&package)?;
    if let Some(expected) = &version.sha256 {
        let found = &document.sha256;
        ensure!(
            found == expected,
            "version {} has the sha256 {found}, and {VERSIONS} says {expected}",
            version.version
        );
    }
    Ok(document.text)
}
