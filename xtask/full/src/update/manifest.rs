//! Reads and changes the version of the client in its manifest and in the lock file.

use anyhow::{Context, Result};
use toml_edit::{DocumentMut, Item, Table, value};

use xtask::diff;
use xtask::generate;
use xtask::repo::{LOCK, MANIFEST, Repo};

/// The version in git's HEAD.
pub(super) fn at_head(repo: &Repo) -> Result<String> {
    let text = diff::file_at(repo, "HEAD", MANIFEST)?;
    let text = text.with_context(|| format!("git's HEAD has no {MANIFEST}"))?;
    diff::version_in(&text)
}

/// The name of the client's package.
pub(super) fn name(repo: &Repo) -> Result<String> {
    generate::client_name(repo)
}

/// Returns the manifest with this version.
pub(super) fn with_version(manifest: &str, version: &str) -> Result<String> {
    let mut document: DocumentMut =
        manifest.parse().with_context(|| format!("{MANIFEST} cannot be read"))?;
    replace(&mut document["package"]["version"], version);
    Ok(document.to_string())
}

/// Returns the lock file with this version of `package`.
pub(super) fn locked(lock: &str, package: &str, version: &str) -> Result<String> {
    let mut document: DocumentMut =
        lock.parse().with_context(|| format!("{LOCK} cannot be read"))?;
    // A package from a registry could have the same name, but it has a source.
    let is_own = |one: &&mut Table| {
        one.get("name").and_then(Item::as_str) == Some(package) && !one.contains_key("source")
    };
    let packages = document["package"].as_array_of_tables_mut();
    let own = packages.and_then(|packages| packages.iter_mut().find(is_own));
    let own = own.with_context(|| format!("{LOCK} has no package {package}"))?;
    replace(&mut own["version"], version);
    Ok(document.to_string())
}

/// Replaces a value, and keeps the white space and comments around it.
fn replace(item: &mut Item, version: &str) {
    let decor = item.as_value().map(|value| value.decor().clone());
    *item = value(version);
    if let (Some(decor), Some(value)) = (decor, item.as_value_mut()) {
        *value.decor_mut() = decor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_is_different() {
        let manifest = "# ours\n[package]\nname = \"it\"\nversion = \"0.1.0\" # kept\n";
        let expected = "# ours\n[package]\nname = \"it\"\nversion = \"0.2.0\" # kept\n";
        assert_eq!(with_version(manifest, "0.2.0").unwrap(), expected);
        let lock = "version = 4\n\n[[package]]\nname = \"it\"\nversion = \"0.1.0\"\nsource = \"registry\"\n\n\
                    [[package]]\nname = \"it\"\nversion = \"0.1.0\"\n";
        let expected = "version = 4\n\n[[package]]\nname = \"it\"\nversion = \"0.1.0\"\nsource = \"registry\"\n\n\
                        [[package]]\nname = \"it\"\nversion = \"0.2.0\"\n";
        assert_eq!(locked(lock, "it", "0.2.0").unwrap(), expected);
        assert!(locked(lock, "other", "0.2.0").is_err());
    }
}
