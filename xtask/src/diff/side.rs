//! Reads one of the two documents of a comparison from a file, folder, git revision or published version.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use seam_generator::{Options, Source};

use crate::generate::Input;
use crate::npm_package::Package;
use crate::repo::{DEFAULT_OPTIONS, DOCUMENT, DefaultOptions, OVERLAY, Repo};

use super::Published;

/// A document with the overlay and the options that belong to it.
pub struct Side {
    /// The name in reports.
    pub name: String,
    /// The document itself.
    pub document: Source,
    /// Corrections to it.
    pub overlay: Option<Source>,
    /// Options for the generator.
    pub options: Options,
}

impl Side {
    /// The document in the working tree.
    pub fn working_tree(repo: &Repo) -> Result<Self> {
        Ok(Self::of_client("the working tree", Input::client(repo, Options::default())?))
    }

    /// The client of the working tree, but with this document and overlay; reports call it `name`.
    pub fn working_tree_with(
        repo: &Repo,
        name: &str,
        text: String,
        overlay: Option<String>,
    ) -> Result<Self> {
        Ok(Self::of_client(name, Input::client_of(repo, text, overlay, Options::default())?))
    }

    fn of_client(name: &str, Input { document, overlay, options }: Input) -> Self {
        Self {
            name: name.to_owned(),
            document,
            overlay,
            options: Options { strict: false, ..options },
        }
    }

    /// The document at a git revision.
    pub fn revision(repo: &Repo, revision: &str) -> Result<Self> {
        let file = |name: &str| file_at(repo, revision, name);
        let document = file(DOCUMENT)?
            .with_context(|| format!("git's {revision} has no {DOCUMENT}; name another one"))?;
        let name = |path: &str| format!("{revision}:{path}");
        Self::of(
            revision.to_owned(),
            Source { name: name(DOCUMENT), text: document },
            file(OVERLAY)?.map(|text| Source { name: name(OVERLAY), text }),
            file(DEFAULT_OPTIONS)?.as_deref(),
        )
    }

    /// The document that a command-line argument names.
    pub(super) fn named(
        repo: &Repo,
        name: &str,
        overlay: Option<&Path>,
        published: Published<'_>,
    ) -> Result<Self> {
        let path = Path::new(name);
        if path.is_dir() {
            return Self::folder(name, path);
        }
        if !path.is_file() && !is_published(name) {
            return Self::revision(repo, name).with_context(|| {
                format!("{name} is no file, no folder, no version of a package, and no revision")
            });
        }
        let document = if path.is_file() { read(path)? } else { published(repo, name)? };
        Self::of(name.to_owned(), document, overlay.map(read).transpose()?, None)
    }

    /// The document in a folder that is laid out like `openapi/`.
    fn folder(name: &str, path: &Path) -> Result<Self> {
        let file = |full: &str| path.join(full.rsplit('/').next().unwrap_or(full));
        let optional = |full: &str| -> Result<Option<Source>> {
            let path = file(full);
            if path.exists() { read(&path).map(Some) } else { Ok(None) }
        };
        let defaults = optional(DEFAULT_OPTIONS)?.map(|source| source.text);
        let document = read(&file(DOCUMENT))?;
        Self::of(name.to_owned(), document, optional(OVERLAY)?, defaults.as_deref())
    }

    fn of(
        name: String,
        document: Source,
        overlay: Option<Source>,
        defaults: Option<&str>,
    ) -> Result<Self> {
        let defaults = defaults.map(DefaultOptions::parse).transpose()?.unwrap_or_default();
        // `strict` is not set: a comparison covers only what the generator supports, and `generate` reports the rest.
        let mut options = Options {
            only: defaults.only,
            undocumented: defaults.undocumented,
            ..Options::default()
        };
        options.client = defaults.client.unwrap_or(options.client);
        Ok(Self { name, document, overlay, options })
    }

    /// Applies the options of the command line.
    pub(super) fn limit(&mut self, undocumented: bool, only: &[String]) {
        self.options.undocumented |= undocumented;
        if !only.is_empty() {
            self.options.only = only.to_vec();
        }
    }
}

/// Whether an argument names a published version, and no existing file or folder.
pub(super) fn is_published(name: &str) -> bool {
    !Path::new(name).exists() && is_version(name)
}

/// Whether a name is a version, or a package with its version, and not a git revision: `1.977.0`, `@seamapi/types@1.977.0`.
fn is_version(name: &str) -> bool {
    let is_number = name.starts_with(|c: char| c.is_ascii_digit()) && name.contains('.');
    (is_number || name.trim_start_matches('@').contains('@')) && name.parse::<Package>().is_ok()
}

fn read(path: &Path) -> Result<Source> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    Ok(Source { name, text })
}

/// Reads a file of this repository at a git revision; `None` if it does not exist there.
pub fn file_at(repo: &Repo, revision: &str, name: &str) -> Result<Option<String>> {
    let found = git(repo, &["ls-tree", "--name-only", revision, "--", name])?;
    if found.trim().is_empty() {
        return Ok(None);
    }
    git(repo, &["show", &format!("{revision}:./{name}")]).map(Some)
}

fn git(repo: &Repo, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git").current_dir(repo.path(".")).args(arguments).output();
    let output = output.context("git cannot be started; name two files instead")?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!("git {}: {}", arguments.join(" "), message.trim());
    }
    String::from_utf8(output.stdout).context("git has a file that is not UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_packages_are_told_from_revisions() {
        for version in ["1.977.0", "@seamapi/types@1.977.0", "types@1.0.0"] {
            assert!(is_version(version), "{version}");
        }
        for revision in ["HEAD", "HEAD~1", "main", "v1.0.0", "1a2b3c", "origin/main", "HEAD@{1}"] {
            assert!(!is_version(revision), "{revision}");
        }
    }
}
