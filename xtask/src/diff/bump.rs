//! Decides which version a change requires.

use anyhow::{Context, Result};
use seam_generator::Weight;
use toml_edit::DocumentMut;

use crate::repo::{MANIFEST, Repo};

/// A version, and the next version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bump {
    /// The version before the change.
    pub from: String,
    /// The version after the change: the same if nothing changed, or if `from` is not made of three numbers.
    pub to: String,
}

impl Bump {
    /// The next version after a change of this weight, by Cargo's rules: while the major version is 0, a breaking change
    /// raises the minor version, and every other change the patch version.
    pub fn of(version: &str, weight: Option<Weight>) -> Self {
        let numbers: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
        let numbers = numbers.unwrap_or_default();
        let to = match (numbers.as_slice(), weight) {
            ([0, minor, _], Some(Weight::Breaking)) => format!("0.{}.0", minor + 1),
            ([0, minor, patch], Some(_)) => format!("0.{minor}.{}", patch + 1),
            ([major, ..], Some(Weight::Breaking)) => format!("{}.0.0", major + 1),
            ([major, minor, _], Some(Weight::Behaviour | Weight::Addition)) => {
                format!("{major}.{}.0", minor + 1)
            }
            ([major, minor, patch], Some(Weight::Documentation)) => {
                format!("{major}.{minor}.{}", patch + 1)
            }
            _ => version.to_owned(),
        };
        Self { from: version.to_owned(), to }
    }

    /// A short description of the bump.
    pub fn sentence(&self) -> String {
        if self.from == self.to {
            return format!("version {} stays", self.from);
        }
        format!("version {} → {}", self.from, self.to)
    }
}

/// The version of the client in the working tree.
pub(super) fn client_version(repo: &Repo) -> Result<String> {
    version_in(&repo.read(MANIFEST, "restore it from git")?)
}

/// The version in the text of the client's manifest.
pub fn version_in(manifest: &str) -> Result<String> {
    let manifest: DocumentMut =
        manifest.parse().with_context(|| format!("{MANIFEST} cannot be read"))?;
    let version = manifest.get("package").and_then(|package| package.get("version"));
    let version = version.and_then(|version| version.as_str());
    Ok(version.with_context(|| format!("{MANIFEST} has no version of its own"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_the_rules_of_cargo() {
        let after = |version: &str, weight: Option<Weight>| Bump::of(version, weight).to;
        let [breaking, behaviour, addition, documentation] = Weight::ALL.map(Some);
        assert_eq!(after("0.1.2", breaking), "0.2.0");
        for weight in [behaviour, addition, documentation] {
            assert_eq!(after("0.1.2", weight), "0.1.3");
        }
        assert_eq!(after("1.2.3", breaking), "2.0.0");
        assert_eq!(after("1.2.3", behaviour), "1.3.0");
        assert_eq!(after("1.2.3", addition), "1.3.0");
        assert_eq!(after("1.2.3", documentation), "1.2.4");
        assert_eq!(after("1.2.3", None), "1.2.3");
        assert_eq!(after("1.0.0-rc.1", documentation), "1.0.0-rc.1");
    }
}
