//! Downloads documents from npm packages, and caches them below the target folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use seam_generator::Source;

use xtask::atomic_dir;
use xtask::npm_package::Package;
use xtask::repo::Repo;

use crate::fetch;

use super::client::FOLDER;
use super::list::{CORPUS, Listed};

/// Returns the listed documents, in this order.
pub(super) fn documents(repo: &Repo, listed: &[Listed]) -> Result<Vec<Source>> {
    let missing: Vec<&Listed> = listed.iter().filter(|one| !kept_at(repo, one).exists()).collect();
    let packages: BTreeSet<&str> = missing.iter().map(|one| one.package.as_str()).collect();
    for package in packages {
        let wanted: Vec<&&Listed> = missing.iter().filter(|one| one.package == package).collect();
        let paths: Vec<&str> = wanted.iter().map(|one| one.path.as_str()).collect();
        let files = fetch::files_of_package(&package.parse::<Package>()?, &paths)?;
        for (one, bytes) in wanted.iter().zip(files) {
            atomic_dir::replace_file(&kept_at(repo, one), bytes)?;
        }
    }
    listed.iter().map(|one| document(repo, one)).collect()
}

fn kept_at(repo: &Repo, listed: &Listed) -> PathBuf {
    let package = listed.package.replace('/', "-");
    repo.target().join(FOLDER).join("documents").join(package).join(&listed.path)
}

fn document(repo: &Repo, listed: &Listed) -> Result<Source> {
    let path = kept_at(repo, listed);
    let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let found = fetch::sha256(&bytes);
    ensure!(
        found == listed.sha256,
        "{} of {} has the sha256 {found}, and {CORPUS} says {}",
        listed.path,
        listed.package,
        listed.sha256
    );
    let text = String::from_utf8(bytes).with_context(|| format!("{} is not text", listed.path))?;
    Ok(Source { name: listed.path.clone(), text })
}
