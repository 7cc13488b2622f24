//! Gets the document of a version from npm, and caches it below Cargo's target folder.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use seam_generator::Source;

use crate::fetch;
use xtask::npm_package::Package;
use xtask::repo::{Repo, VERSIONS};

use super::client::FOLDER;
use super::list::Version;

/// Returns the document of `version`.
pub(super) fn of(repo: &Repo, version: &Version) -> Result<Source> {
    let name = format!("{}.json", version.version.replace('/', "-"));
    let path = repo.target().join(FOLDER).join("documents").join(&name);
    if !path.exists() {
        let text = brought(version)?;
        keep(&path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let text =
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Source { name, text })
}

fn brought(version: &Version) -> Result<String> {
    let package: Package = version.version.parse()?;
    let brought = fetch::bring(&package)?;
    if let Some(expected) = &version.sha256 {
        let found = &brought.sha256;
        ensure!(
            found == expected,
            "version {} has the sha256 {found}, and {VERSIONS} says {expected}",
            version.version
        );
    }
    Ok(brought.text)
}

/// Writes the file atomically: if the run is killed, the file is complete or does not exist.
fn keep(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
