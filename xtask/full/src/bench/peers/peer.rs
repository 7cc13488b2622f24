//! The peers: other generators from the registry, and how to run them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::compile::Crate;
use crate::bench::made::{RESTORE, put};
use crate::bench::{building, folder};
use crate::usage::Usage;
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
    /// All peers, in the order of their columns.
    pub(super) const ALL: [Self; 2] = [Self::Progenitor, Self::Ploidy];

    /// The name in the table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Progenitor => "progenitor",
            Self::Ploidy => "ploidy",
        }
    }

    /// The version to install.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::Progenitor => "0.15.1",
            Self::Ploidy => "0.15.0",
        }
    }

    /// The package and the program, which have the same name.
    fn package(self) -> &'static str {
        match self {
            Self::Progenitor => "cargo-progenitor",
            Self::Ploidy => "ploidy",
        }
    }

    /// Installs the program, unless it is installed, into a folder of its own.
    pub(super) fn install(self, repo: &Repo) -> Result<()> {
        let mut install = building(repo, ["install", "--quiet", "--locked", self.package()]);
        install.args(["--version", self.version(), "--root"]).arg(root(repo));
        Usage::of(&mut install).map(drop)
    }

    /// Changes the document so that the peer can read it, and returns the number of changes.
    pub(super) fn suit(self, document: &mut Value) -> usize {
        match self {
            Self::Progenitor => without_default_references(document),
            Self::Ploidy => 0,
        }
    }

    /// The folder for everything that belongs to this peer.
    pub(super) fn place(self, repo: &Repo) -> PathBuf {
        root(repo).join(self.name())
    }

    /// The crate that is generated from the whole document. It is a workspace of its own.
    pub(super) fn client(self, repo: &Repo) -> Crate {
        let package = format!("bench-{}", self.name());
        Crate { package, dependency: None, place: self.place(repo).join("client") }
    }

    /// Generates that crate this many times.
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

    /// A command that generates a crate from a document.
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

/// The folder in which the peers are installed.
fn root(repo: &Repo) -> PathBuf {
    folder(repo).join("peers")
}
