//! Starts Cargo.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow};
use serde::Deserialize;

use crate::repo::{CLIENT, Repo};

/// The name of the client's package.
pub const CLIENT_PACKAGE: &str = "seam-client";

/// Cargo arguments that run all tests.
pub const TESTS: [&str; 4] = ["test", "--workspace", "--features", "seam-client/full"];

/// Cargo arguments that select all targets except the examples in the documentation.
pub const TARGETS: [&str; 4] = ["--lib", "--bins", "--tests", "--examples"];

/// The Cargo that started this program, or the one on the `PATH` if the program was started directly.
pub fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A Cargo command, to be run in the root of the repository.
pub fn cargo<'a>(repo: &Repo, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(repo.path("")).stdin(Stdio::null());
    command
}

/// Prepares a Cargo command in the folder of a generated crate. The crate shares the target folder of the workspace, and with
/// it the compiled dependencies.
pub fn cargo_in<'a>(
    repo: &Repo,
    folder: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
) -> Command {
    let mut command = cargo(repo, arguments);
    command.current_dir(folder).env("CARGO_TARGET_DIR", repo.target());
    // These crates are built once, so the files of incremental builds would only take space.
    command.env("CARGO_INCREMENTAL", "0");
    command
}

/// Cargo's JSON message about an artifact that it has built.
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

/// Builds the test target `tests/{name}` of the client and returns its executable, or `None` if the build fails.
///
/// All targets are built, with the same features as in a full test run. Building only this target would select other
/// features for its dependencies, and build them once more.
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
