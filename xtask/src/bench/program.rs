//! This program once more, as a release build: how fast a development build is depends on how its dependencies are built.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::progress;
use crate::repo::Repo;

use super::stage::Stage;
use super::usage::Usage;
use super::{building, folder};

/// The built program.
pub(super) struct Program<'a> {
    repo: &'a Repo,
    path: PathBuf,
}

impl<'a> Program<'a> {
    /// Builds it, if it is not yet.
    pub(super) fn built(repo: &'a Repo) -> Result<Self> {
        let arguments = ["build", "--quiet", "--locked", "--release", "--package", "xtask"];
        progress::during("a release build of xtask".to_owned(), || {
            Usage::of(&mut building(repo, arguments))
        })?;
        Ok(Self { repo, path: folder(repo).join("release").join("xtask") })
    }

    /// The program, ready to be started with these arguments.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.arg("--root").arg(self.repo.path("")).args(arguments);
        command
    }

    /// The program, ready to be started for so many runs of a stage.
    pub(super) fn stage(&self, stage: Stage, document: Option<&Path>, runs: u32) -> Command {
        let mut command = self.command(&["bench", "--stage", &stage.name()]);
        command.args(["--runs", &runs.to_string()]);
        if let Some(document) = document {
            command.arg("--document").arg(document);
        }
        command
    }

    /// What each run of a stage takes in one process, in CPU seconds.
    pub(super) fn warm(
        &self,
        stage: Stage,
        document: Option<&Path>,
        runs: u32,
    ) -> Result<Vec<f64>> {
        // The first one gets its memory from the system.
        let (_, said) = Usage::with_output(&mut self.stage(stage, document, runs + 1))?;
        let times = said.lines().skip(1).map(str::parse);
        times.collect::<Result<_, _>>().with_context(|| format!("`{said}` is no list of times"))
    }
}
