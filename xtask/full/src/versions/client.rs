//! Generates, lists and compiles the client of one version.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use seam_generator::{Diagnostics, Item, Kind, Options};

use xtask::cargo::cargo;
use xtask::generate::{self, Input};
use xtask::progress;
use xtask::repo::{LOCK, Repo};

use super::document::{self, FOLDER};
use super::list::Version;

/// The folder of the generated files in a crate.
const GENERATED: &str = "src/generated/";

/// The client of one version.
pub(super) struct Client {
    pub(super) version: String,
    pub(super) names: Vec<Item>,
    /// Number of generated files, without the runtime.
    pub(super) files: usize,
    pub(super) lines: usize,
    /// Number of diagnostics by code.
    pub(super) diagnostics: BTreeMap<&'static str, usize>,
    pub(super) verdict: Verdict,
}

/// The verdict on the client of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Compiles,
    DoesNotCompile,
    IsRefused,
}

impl Verdict {
    /// A short text for the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Compiles => "compiles",
            Self::DoesNotCompile => "does not compile",
            Self::IsRefused => "is refused",
        }
    }
}

impl Client {
    /// Generates and compiles the client of `version`. Errors of the generator and of the compiler are printed, and become
    /// part of the verdict.
    pub(super) fn of(repo: &Repo, version: &Version) -> Result<Self> {
        let document = document::of(repo, version)?;
        let package = package_name(&version.version);
        let folder = repo.target().join(FOLDER).join(&package);
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let options = Options { package, ..Options::default() };
        let input = Input { document, overlay: None, options };
        let names = seam_generator::names(&input.document, None, &input.options);
        let made = names.map_err(anyhow::Error::new).and_then(|names| {
            let made = generate::package(repo, input, folder.clone())?;
            Ok((names, made))
        });
        let (names, made) = match made {
            Ok(made) => made,
            Err(error) => return refused(version, error),
        };
        let generated = made.files.iter().filter(|(path, _)| path.starts_with(GENERATED));
        let texts: Vec<_> = generated.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
        Ok(Self {
            version: version.version.clone(),
            names,
            files: texts.len(),
            lines: texts.iter().map(|text| text.lines().count()).sum(),
            diagnostics: made.warnings.counts(),
            verdict: compiled(repo, &folder, &version.version)?,
        })
    }

    /// Whether the client compiles.
    pub(super) fn is_usable(&self) -> bool {
        self.verdict == Verdict::Compiles
    }

    /// The number of methods.
    pub(super) fn methods(&self) -> usize {
        self.operations().count()
    }

    /// The number of paths of the document that have a method.
    pub(super) fn paths(&self) -> usize {
        let paths = self.operations().filter_map(|item| item.place.rsplit_once('/'));
        paths.map(|(path, _)| path).collect::<BTreeSet<_>>().len()
    }

    fn operations(&self) -> impl Iterator<Item = &Item> {
        self.names.iter().filter(|item| item.kind == Kind::Method)
    }
}

/// A package name for each version: Cargo confuses packages of the same name in several workspaces.
fn package_name(version: &str) -> String {
    let words: Vec<&str> = version
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!("client-{}", words.join("-"))
}

fn refused(version: &Version, error: anyhow::Error) -> Result<Client> {
    let diagnostics = error.downcast::<Diagnostics>()?;
    eprintln!("{diagnostics}");
    Ok(Client {
        version: version.version.clone(),
        names: Vec::new(),
        files: 0,
        lines: 0,
        diagnostics: diagnostics.counts(),
        verdict: Verdict::IsRefused,
    })
}

/// Compiles the crate like `cargo check`, with warnings as errors.
///
/// Only the crate itself is compiled with `--deny warnings`. Flags for all crates would make Cargo build other dependencies
/// than those of the workspace.
fn compiled(repo: &Repo, folder: &Path, version: &str) -> Result<Verdict> {
    let lock = repo.read(LOCK, "restore it from git")?;
    fs::write(folder.join(LOCK), lock)
        .with_context(|| format!("{LOCK} cannot be written to {}", folder.display()))?;
    let check = ["rustc", "--quiet", "--lib", "--profile", "check", "--", "--deny", "warnings"];
    let mut command = cargo(repo, check);
    command.current_dir(folder).env("CARGO_TARGET_DIR", repo.target());
    let output = progress::during(format!("compiling {version}"), || command.output());
    let output = output.context("cargo cannot be started")?;
    if output.status.success() {
        return Ok(Verdict::Compiles);
    }
    eprintln!("{version}:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(Verdict::DoesNotCompile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_a_package_of_its_own() {
        assert_eq!(package_name("1.302.2"), "client-1-302-2");
        assert_eq!(package_name("@other/types@2.0.0-rc.1"), "client-other-types-2-0-0-rc-1");
    }
}
