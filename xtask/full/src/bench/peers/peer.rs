//! The peers: other generators that are in the registry, and what they make of the document.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::compile::Crate;
use crate::bench::made::{RESTORE, put};
use crate::bench::usage::Usage;
use crate::bench::{building, folder};
use xtask::repo::{LOCK, Repo};

use super::document::without_default_references;
use super::generated::Generated;

/// Another generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    Progenitor,
    Ploidy,
}

impl Peer {
    /// In the order of their columns.
    pub(super) const ALL: [Self; 2] = [Self::Progenitor, Self::Ploidy];

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Progenitor => "progenitor",
            Self::Ploidy => "ploidy",
        }
    }

    /// The version that is installed.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::Progenitor => "0.15.1",
            Self::Ploidy => "0.15.0",
        }
    }

    /// The package of the program, which is the program's name as well.
    fn package(self) -> &'static str {
        match self {
            Self::Progenitor => "cargo-progenitor",
            Self::Ploidy => "ploidy",
        }
    }

    /// Installs it, if it is not yet, for this alone.
    pub(super) fn install(self, repo: &Repo) -> Result<()> {
        let mut install = building(repo, ["install", "--quiet", "--locked", self.package()]);
        install.args(["--version", self.version(), "--root"]).arg(root(repo));
        Usage::of(&mut install).map(drop)
    }

    /// Changes the document to one that it can read, and says at how many places.
    pub(super) fn suit(self, document: &mut Value) -> usize {
        match self {
            Self::Progenitor => without_default_references(document),
            Self::Ploidy => 0,
        }
    }

    /// Where all is put that has to do with it.
    pub(super) fn place(self, repo: &Repo) -> PathBuf {
        root(repo).join(self.name())
    }

    /// The crate of the whole document, a workspace by itself.
    pub(super) fn client(self, repo: &Repo) -> Crate {
        let package = format!("bench-{}", self.name());
        Crate { package, dependency: None, place: self.place(repo).join("client") }
    }

    /// Makes that crate so many times over.
    pub(super) fn generate(self, repo: &Repo, document: &Value, runs: u32) -> Result<Generated> {
        let Crate { package, place, .. } = self.client(repo);
        let generated =
            Generated::of(runs, &place, || self.command(repo, document, &package, &place))?;
        let manifest = place.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).context("it makes no crate")?;
        fs::write(manifest, text + "\n[workspace]\n")?;
        put(place.join(LOCK), &repo.read(LOCK, RESTORE)?)?;
        Ok(generated)
    }

    /// Its program, ready to make a crate of a document.
    pub(super) fn command(
        self,
        repo: &Repo,
        document: &Value,
        package: &str,
        out: &Path,
    ) -> Result<Command> {
        let input = self.place(repo).join(format!("{package}.json"));
        put(input.clone(), &document.to_string())?;
        let mut command = Command::new(root(repo).join("bin").join(self.package()));
        match self {
            Self::Progenitor => command.args(["progenitor", "--version", "0.0.0", "--input"]),
            Self::Ploidy => command.args(["generate", "rust"]),
        };
        command.arg(input).arg("--output").arg(out).args(["--name", package]);
        command.stderr(Stdio::null());
        Ok(command)
    }
}

/// Where they are installed.
fn root(repo: &Repo) -> PathBuf {
    folder(repo).join("peers")
}
