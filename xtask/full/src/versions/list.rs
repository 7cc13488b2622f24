//! `openapi/versions.toml`: the versions of the document that the generator is tested with.

use anyhow::{Context, Result};
use serde::Deserialize;

use xtask::repo::{Repo, VERSIONS};

/// A published version of the document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Version {
    /// The version on npm.
    pub(super) version: String,
    /// The SHA-256 of the published bytes; `None` for a version that is not in the file.
    #[serde(default)]
    pub(super) sha256: Option<String>,
    /// Whether `cargo xtask test --all` tests this version.
    #[serde(default)]
    pub(super) tested: bool,
    /// Whether its client has to decode the responses of the checked-in API.
    #[serde(default)]
    pub(super) replayed: bool,
}

impl Version {
    fn new(name: &str, sha256: Option<&str>) -> Self {
        let (version, sha256) = (name.to_owned(), sha256.map(str::to_owned));
        Self { version, sha256, tested: false, replayed: false }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Vec<Version>,
}

/// The versions in the file, in the order of the file.
pub(super) fn pinned(repo: &Repo) -> Result<Vec<Version>> {
    let text = repo.read(VERSIONS, "restore it from git")?;
    let file: File =
        toml_edit::de::from_str(&text).with_context(|| format!("{VERSIONS} cannot be used"))?;
    Ok(file.version)
}

/// The versions with these names, or all versions in the file if no name is given.
pub(super) fn asked(pinned: Vec<Version>, names: &[String]) -> Vec<Version> {
    if names.is_empty() {
        return pinned;
    }
    let named = names.iter().map(|name| {
        let found = pinned.iter().find(|version| version.version == *name).cloned();
        found.unwrap_or_else(|| Version::new(name, None))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_is_asked_for_keeps_its_checksum() {
        let pinned = vec![Version::new("1.0.0", Some("aa")), Version::new("2.0.0", Some("bb"))];
        assert_eq!(asked(pinned.clone(), &[]), pinned);
        let names = ["3.0.0".to_owned(), "1.0.0".to_owned()];
        assert_eq!(
            asked(pinned, &names),
            [Version::new("3.0.0", None), Version::new("1.0.0", Some("aa"))]
        );
    }
}
