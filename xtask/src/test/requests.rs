//! The client's requests to servers that others wrote, started on the checked-in document.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo::test_program;
use crate::repo::{CLIENT, DOCUMENT, Repo};
use crate::servers::{Server, Servers};

use super::SHOW;
use super::watch::passes;

/// The test file whose tests need the servers, and are `#[ignore]`d so that `cargo test` leaves them out.
const TARGET: &str = "servers";

/// The servers, and the variables in which the tests look for their addresses.
const VARIABLES: [(&str, Server); 3] = [
    ("SEAM_TEST_PRISM", Server::Prism),
    ("SEAM_TEST_STEADY", Server::Steady),
    ("SEAM_TEST_FAKE", Server::Fake),
];

/// Whether the servers take all that the client sends. They are left running for what comes next.
pub(super) fn run(repo: &Repo, servers: &mut Option<Servers>) -> Result<bool> {
    let Some(executable) = test_program(repo, TARGET)? else {
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
    let servers = match servers {
        Some(servers) => servers,
        None => {
            servers.insert(Servers::start(repo, DOCUMENT, &VARIABLES.map(|(_, server)| server))?)
        }
    };
    let mut tests = tests();
    for (variable, server) in VARIABLES {
        tests.env(variable, servers.url(server)?);
    }
    passes(tests.arg(SHOW))
}

/// How many tests a test program lists.
fn count(list: &mut Command) -> Result<usize> {
    let output =
        list.output().with_context(|| format!("the tests of {TARGET}.rs cannot be listed"))?;
    let listed = String::from_utf8_lossy(&output.stdout);
    Ok(listed.lines().filter(|line| line.ends_with(": test")).count())
}
