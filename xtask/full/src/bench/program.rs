//! A release build of this program: a development build would measure unoptimised dependencies.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use xtask::full::PACKAGE;
use xtask::progress;
use xtask::repo::Repo;

use super::stage::Stage;
use super::{building, folder};
use crate::usage::Usage;

/// The release build.
pub(super) struct Program<'a> {
    repo: &'a Repo,
    path: PathBuf,
}

impl<'a> Program<'a> {
    /// Builds the program, unless it is up to date.
    pub(super) fn built(repo: &'a Repo) -> Result<Self> {
        let arguments = ["build", "--quiet", "--locked", "--release", "--package", PACKAGE];
        progress::during(format!("a release build of {PACKAGE}"), || {
            Usage::of(&mut building(repo, arguments))
        })?;
        Ok(Self { repo, path: folder(repo).join("release").join(PACKAGE) })
    }

    /// A command that starts the program with these arguments.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.arg("--root").arg(self.repo.path("")).args(arguments);
        command
    }

    /// A command that runs a stage this many times.
    pub(super) fn stage(&self, stage: Stage, document: Option<&Path>, times: u32) -> Command {
        let mut command = self.command(&["bench", "--stage", &stage.name()]);
        command.args(["--times", &times.to_string()]);
        if let Some(document) = document {
            command.arg("--document").arg(document);
        }
        command
    }

    /// The CPU seconds of one repetition of a stage, measured over this many repetitions in one process.
    pub(super) fn cost(&self, stage: Stage, times: u32) -> Result<f64> {
        let all = Usage::of(&mut self.stage(stage, None, times))?.cpu;
        let rest = Usage::of(&mut self.stage(stage, None, 0))?.cpu;
        Ok((all - rest) / f64::from(times))
    }
}
