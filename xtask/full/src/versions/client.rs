//! The client of one version: generated, listed and compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use seam_generator::{Diagnostics, Item, Kind, Options};

use xtask::cargo::cargo;
use xtask::generate::{self, Input};
use xtask::progress;
use xtask::repo::{LOCK, Repo};

use super::document;
use super::list::Version;

/// Below the target folder.
pub(super) const FOLDER: &str = "versions";
/// What the generator makes, of all files of a crate.
const GENERATED: &str = "src/generated/";

/// What became of one version.
pub(super) struct Client {
    pub(super) version: String,
    pub(super) names: Vec<Item>,
    /// Generated ones, without the runtime.
    pub(super) files: usize,
    pub(super) lines: usize,
    /// How often the generator said what, by code.
    pub(super) diagnostics: BTreeMap<&'static str, usize>,
    pub(super) verdict: Verdict,
}

/// How far a version came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Compiles,
    DoesNotCompile,
    IsRefused,
}

impl Verdict {
    /// In a word or three.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Compiles => "compiles",
            Self::DoesNotCompile => "does not compile",
            Self::IsRefused => "is refused",
        }
    }
}

impl Client {
    /// Makes the client of `version`. What the generator or the compiler refuses is said, and is no error here.
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
            diagnostics: counted(&made.warnings),
            verdict: compiled(repo, &folder, &version.version)?,
        })
    }

    /// Whether somebody could use it.
    pub(super) fn is_usable(&self) -> bool {
        self.verdict == Verdict::Compiles
    }

    /// How many methods it has.
    pub(super) fn methods(&self) -> usize {
        self.operations().count()
    }

    /// How many paths of the document these are of.
    pub(super) fn paths(&self) -> usize {
        let paths = self.operations().filter_map(|item| item.place.rsplit_once('/'));
        paths.map(|(path, _)| path).collect::<BTreeSet<_>>().len()
    }

    fn operations(&self) -> impl Iterator<Item = &Item> {
        self.names.iter().filter(|item| item.kind == Kind::Method)
    }
}

/// Cargo takes packages of one name in several workspaces for the same one.
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
        diagnostics: counted(&diagnostics),
        verdict: Verdict::IsRefused,
    })
}

fn counted(diagnostics: &Diagnostics) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    counts
}

/// Checks the crate as `cargo check` does, with warnings for errors.
///
/// Warnings are denied for the crate alone, as other flags for everything would make other dependencies: these are those
/// of the workspace, and built once.
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
