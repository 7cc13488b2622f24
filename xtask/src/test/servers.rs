//! The client's requests to servers that others wrote, started on the checked-in document.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, ensure};
use serde::Deserialize;

use crate::cargo::cargo;
use crate::repo::{CLIENT, DOCUMENT, Repo};

use super::server::{Program, Server, Serves};
use super::watch::passes;
use super::{SHOW, TESTS, install};

/// The test file whose tests need the servers, and are `#[ignore]`d so that `cargo test` leaves them out.
const TARGET: &str = "servers";

/// The servers, and the variables in which the tests look for their addresses.
const SERVERS: [(&str, Program); 3] = [
    (
        "SEAM_TEST_PRISM",
        Program {
            name: "Prism",
            script: "node_modules/@stoplight/prism-cli/dist/index.js",
            // By itself it would be two processes where NODE_ENV is `production`.
            arguments: &["mock", "--multiprocess=false", "--host", "127.0.0.1"],
            serves: Serves::Document,
        },
    ),
    (
        "SEAM_TEST_STEADY",
        Program {
            name: "Steady",
            script: "node_modules/@stdy/cli/steady.js",
            arguments: &["--host", "127.0.0.1"],
            serves: Serves::Document,
        },
    ),
    (
        "SEAM_TEST_FAKE",
        Program {
            name: "Seam's own fake",
            script: "node_modules/@seamapi/fake-seam-connect/dist/server.js",
            arguments: &["--seed"],
            serves: Serves::Itself,
        },
    ),
];

/// Whether the servers take all that the client sends.
pub(super) fn run(repo: &Repo) -> Result<bool> {
    let Some(executable) = build(repo)? else {
        return Ok(false);
    };
    let tests = || {
        let mut command = Command::new(&executable);
        command.arg("--ignored").current_dir(repo.path(CLIENT)).stdin(Stdio::null());
        command
    };
    let count = count(tests().arg("--list"))?;
    ensure!(
        count > 0,
        "{CLIENT}/tests/{TARGET}.rs has no test that is `#[ignore]`d, so nothing would be sent"
    );
    install::servers(repo)?;
    let mut servers = Vec::new();
    for (variable, program) in &SERVERS {
        servers.push((variable, Server::start(program, repo, DOCUMENT)?));
    }
    let mut tests = tests();
    for (variable, server) in &mut servers {
        server.ready()?;
        tests.env(variable, server.url());
    }
    passes(tests.arg(SHOW))
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

/// The program with the tests, unless Cargo cannot build it.
///
/// It is asked for as part of the whole, as in the step before: Cargo gives a part of it dependencies with other
/// features, which it would have to build once more.
fn build(repo: &Repo) -> Result<Option<PathBuf>> {
    let said = ["--no-run", "--message-format", "json-render-diagnostics"];
    let output = cargo(repo, TESTS.into_iter().chain(said)).stderr(Stdio::inherit()).output();
    let output = output.context("cargo cannot be started")?;
    if !output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let mut artifacts = said.lines().filter_map(|line| serde_json::from_str::<Artifact>(line).ok());
    let is_ours = |artifact: &Artifact| {
        artifact.target.name == TARGET && artifact.target.kind.iter().any(|kind| kind == "test")
    };
    let executable = artifacts.find(is_ours).and_then(|artifact| artifact.executable);
    executable
        .map(Some)
        .ok_or_else(|| anyhow!("cargo built no program of {CLIENT}/tests/{TARGET}.rs"))
}

/// How many tests a test program lists.
fn count(list: &mut Command) -> Result<usize> {
    let output =
        list.output().with_context(|| format!("the tests of {TARGET}.rs cannot be listed"))?;
    let listed = String::from_utf8_lossy(&output.stdout);
    Ok(listed.lines().filter(|line| line.ends_with(": test")).count())
}
