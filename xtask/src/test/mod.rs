//! `cargo xtask test`: everything that has to pass.

mod requests;
mod watch;

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::cargo::{TESTS, cargo};
use crate::repo::Repo;
use crate::{Outcome, conformance, replay, versions};

use self::watch::passes;

/// Run everything that has to pass: the tests of the workspace, clients of older versions of the document, what such
/// clients read of the answers of the checked-in one and the other way round, and the client's requests to real servers.
///
/// The versions that openapi/versions.toml calls tested or replayed come from npm once, and are kept. The servers come from there,
/// too, in the versions that xtask/servers/package-lock.json pins. They are installed where they are not yet, started on
/// openapi/openapi.json at free ports of 127.0.0.1, and stopped. A step that fails does not keep the next one from
/// running. A token that tests use and print is hidden, and makes their step fail. Exits with 1 if a step failed, and
/// with 2 if one could not be run.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Leave out what needs Node.js: older versions of the document, and the requests to real servers
    #[arg(long)]
    no_servers: bool,
}

const WORKSPACE: &str = "tests of the workspace";
const VERSIONS: &str = "older versions of the document";
const REPLAY: &str = "answers of one version, read by the client of another";
const SERVERS: &str = "requests to real servers";
const CONFORMANCE: &str = "every operation, with servers that know the document";

/// What tests are asked for besides: to show what they print, in which there must be no secret.
const SHOW: &str = "--show-output";

/// A part of the whole that was run.
struct Step {
    name: &'static str,
    /// Whether it passed, or why it could not be run.
    result: Result<bool>,
    took: Duration,
}

impl Step {
    fn run(name: &'static str, work: impl FnOnce() -> Result<bool>) -> Self {
        heading(name);
        let start = Instant::now();
        let result = work();
        Self { name, result, took: start.elapsed() }
    }

    fn verdict(&self) -> &'static str {
        match self.result {
            Ok(true) => "passed",
            Ok(false) => "failed",
            Err(_) => "could not be run",
        }
    }
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let mut steps = vec![Step::run(WORKSPACE, || {
        passes(&mut cargo(repo, TESTS.into_iter().chain(["--no-fail-fast", "--", SHOW])))
    })];
    if !args.no_servers {
        steps.push(Step::run(VERSIONS, || versions::tested(repo)));
        steps.push(Step::run(REPLAY, || replay::passes(repo)));
        // They take their time to start.
        let mut servers = None;
        steps.push(Step::run(SERVERS, || requests::run(repo, &mut servers)));
        steps.push(Step::run(CONFORMANCE, || conformance::passes(repo, servers.as_ref())));
    }
    heading("summary");
    for step in &steps {
        eprintln!("{}: {} ({} s)", step.name, step.verdict(), step.took.as_secs());
    }
    if args.no_servers {
        for name in [VERSIONS, REPLAY, SERVERS, CONFORMANCE] {
            eprintln!("{name}: left out (--no-servers)");
        }
    }
    let mut outcome = Outcome::Done;
    for step in steps {
        if !step.result? {
            outcome = Outcome::Failed;
        }
    }
    Ok(outcome)
}

fn heading(text: &str) {
    eprintln!("\n=== {text}");
}
