//! Cargo, which this program is started by, and starts itself.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use crate::repo::{CLIENT, Repo};

/// The package of the client.
pub const CLIENT_PACKAGE: &str = "seam-client";

/// All tests, as Cargo is asked for them.
pub const TESTS: [&str; 4] = ["test", "--workspace", "--features", "seam-client/full"];

/// All targets but the examples in the documentation.
pub const TARGETS: [&str; 4] = ["--lib", "--bins", "--tests", "--examples"];

/// The Cargo that started this program; the one on the path if a user started it.
pub fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Cargo, ready to be started in the repository.
pub fn cargo<'a>(repo: &Repo, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(repo.path("")).stdin(Stdio::null());
    command
}

/// What Cargo says of each thing that it has built.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// The program of the client's tests in `tests/{name}`, unless Cargo cannot build it.
///
/// It is asked for as part of the whole: Cargo gives a part of it dependencies with other features, which it would have
/// to build once more.
pub fn test_program(repo: &Repo, name: &str) -> Result<Option<PathBuf>> {
    let said = ["--no-run", "--message-format", "json-render-diagnostics"];
    let output =
        cargo(repo, TESTS.into_iter().chain(TARGETS).chain(said)).stderr(Stdio::inherit()).output();
    let output = output.context("cargo cannot be started")?;
    if !output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let mut artifacts = said.lines().filter_map(|line| serde_json::from_str::<Artifact>(line).ok());
    let is_ours = |artifact: &Artifact| {
        artifact.target.name == name && artifact.target.kind.iter().any(|kind| kind == "test")
    };
    let executable = artifacts.find(is_ours).and_then(|artifact| artifact.executable);
    executable
        .map(Some)
        .ok_or_else(|| anyhow!("cargo built no program of {CLIENT}/tests/{name}.rs"))
}
