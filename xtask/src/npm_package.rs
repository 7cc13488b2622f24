//! Names and versions of npm packages.

use std::str::FromStr;

use anyhow::{Result, ensure};

/// The package in which Seam publishes its document.
const SEAM_TYPES: &str = "@seamapi/types";

/// A package with its version, in the form that `npm` accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package(String);

impl FromStr for Package {
    type Err = anyhow::Error;

    /// Accepts only names and versions. `npm` itself would also accept folders, URLs and options.
    fn from_str(text: &str) -> Result<Self> {
        let (name, version) = match text.rsplit_once('@') {
            Some((name, version)) => (name, version),
            None => (SEAM_TYPES, text),
        };
        let (scope, bare) = match name.strip_prefix('@').and_then(|name| name.split_once('/')) {
            Some((scope, bare)) => (Some(scope), bare),
            None => (None, name),
        };
        let is_usable = scope.is_none_or(is_word) && is_word(bare) && is_word(version);
        ensure!(is_usable, "expected a version such as 1.977.0, or NAME@VERSION");
        Ok(Self(format!("{name}@{version}")))
    }
}

impl Package {
    /// The package name and version: `@seamapi/types@1.977.0`.
    pub fn name(&self) -> &str {
        &self.0
    }
}

fn is_word(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_whole_names_are_taken() {
        let package = |text: &str| text.parse::<Package>().unwrap().0;
        assert_eq!(package("1.977.0"), "@seamapi/types@1.977.0");
        assert_eq!(package("1.0.0-rc.1+build"), "@seamapi/types@1.0.0-rc.1+build");
        assert_eq!(package("@other/types@2.0.0"), "@other/types@2.0.0");
        assert_eq!(package("plain@2.0.0"), "plain@2.0.0");
    }

    #[test]
    fn what_npm_would_take_for_something_else_is_refused() {
        for text in [
            "",
            "--help",
            "../folder",
            "a/b",
            "git+ssh://host/x",
            "@seamapi/types",
            "x@",
            "@@1",
            "a b",
        ] {
            assert!(text.parse::<Package>().is_err(), "{text}");
        }
    }
}
