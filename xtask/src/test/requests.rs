//! Runs the client's requests against third-party servers, which are started on the checked-in document.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo::test_program;
use crate::repo::{CLIENT, DOCUMENT, Repo};
use crate::servers::{Server, Servers};

use super::watch::watch_with;
use super::{Report, SHOW_OUTPUT};

/// The test target whose tests need servers. They are `#[ignore]`d so that `cargo test` leaves them out.
const TARGET: &str = "servers";

/// Runs the tests that need the `wanted` servers, and keeps the servers running in `servers` for the next step.
pub(super) fn run(
    repo: &Repo,
    wanted: &[Server],
    filter: Option<&str>,
    servers: &mut Option<Servers>,
) -> Result<Report> {
    let Some(executable) = test_program(repo, TARGET)? else {
        return Ok(Report::of(false));
    };
    let without = Server::ALL.into_iter().filter(|server| !wanted.contains(server));
    let skipped: Vec<&str> = without.flat_map(|server| ["--skip", tests_of(server)]).collect();
    let tests = || {
        let mut command = Command::new(&executable);
        command.arg("--ignored").args(filter).args(&skipped);
        command.current_dir(repo.path(CLIENT)).stdin(Stdio::null());
        command
    };
    if count(tests().arg("--list"))? == 0 {
        ensure!(
            filter.is_some(),
            "{CLIENT}/tests/{TARGET} has no test that is `#[ignore]`d, so nothing would be sent"
        );
        return Ok(Report::of(true));
    }
    let servers = match servers {
        Some(servers) => servers,
        None => servers.insert(Servers::start(repo, DOCUMENT, wanted)?),
    };
    let mut tests = tests();
    for server in wanted {
        tests.env(variable(*server), servers.url(*server)?);
    }
    watch_with(tests.arg(SHOW_OUTPUT), |name| format!("cargo xtask test '{name}'"))
}

/// The environment variable in which the tests find the address of a server.
fn variable(server: Server) -> &'static str {
    match server {
        Server::Prism => "SEAM_TEST_PRISM",
        Server::Steady => "SEAM_TEST_STEADY",
        Server::Fake => "SEAM_TEST_FAKE",
    }
}

/// The common prefix of the names of the tests that need a server.
fn tests_of(server: Server) -> &'static str {
    match server {
        Server::Prism => "mocks::prism_",
        Server::Steady => "mocks::steady_",
        Server::Fake => "fake::",
    }
}

/// The number of tests that a test program lists.
fn count(list: &mut Command) -> Result<usize> {
    let output =
        list.output().with_context(|| format!("the tests of {TARGET} cannot be listed"))?;
    let listed = String::from_utf8_lossy(&output.stdout);
    Ok(listed.lines().filter(|line| line.ends_with(": test")).count())
}
