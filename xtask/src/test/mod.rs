//! `cargo xtask test`: runs everything that has to pass.

mod failures;
mod requests;
mod watch;

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::Outcome;
use crate::cargo::{TARGETS, TESTS, cargo};
use crate::conformance::{self, Extent};
use crate::repo::Repo;
use crate::servers::Server;

use self::failures::Failure;
use self::watch::watch;

/// Run the tests: those of the workspace, the client's requests to real servers, and calls of every operation.
///
/// The servers are Steady, which validates requests against openapi/openapi.json, and Seam's own fake. They come from npm
/// in the versions that xtask/servers/package-lock.json pins, are installed on first use, listen on free ports of
/// 127.0.0.1, and are stopped at the end.
///
/// A failed step does not stop the others. The summary has the time of each step, and the failed tests with the command that
/// runs each alone. If a test prints a token, the token is hidden and the step fails.
///
/// Exits with 1 if a step failed, and with 2 if a step could not be run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Run only the tests whose names contain this, including those that need servers
    filter: Option<String>,
    /// Also run the thorough tests: more crates are compiled, Prism validates requests, and clients of older versions of the
    /// document are compiled and tested with responses
    #[arg(long, conflicts_with = "filter")]
    all: bool,
    /// Skip everything that needs Node.js: the servers, and the older versions of --all
    #[arg(long)]
    no_servers: bool,
}

impl Args {
    /// Whether only the full program can run this, because it downloads older versions of the document.
    pub fn needs_full(&self) -> bool {
        self.all
    }

    fn servers(&self) -> &'static [Server] {
        match (self.no_servers, self.all) {
            (true, _) => &[],
            (false, true) => &[Server::Steady, Server::Prism, Server::Fake],
            (false, false) => &[Server::Steady, Server::Fake],
        }
    }
}

/// A step that only the full program has. It needs Node.js.
pub struct Step {
    /// The name in headings and in the summary.
    pub name: &'static str,
    /// Runs the step and returns whether it passed.
    pub run: fn(&Repo) -> Result<bool>,
}

const WORKSPACE: &str = "tests of the workspace";
const THOROUGH: &str = "thorough tests of the workspace";
const REQUESTS: &str = "requests to real servers";
const CONFORMANCE: &str = "calls of every operation";

/// The targets with tests that only `--all` runs. These tests are `#[ignore]`d as thorough.
const THOROUGH_TARGETS: [&str; 7] =
    ["compiles", "every_operation", "features", "kill", "mutants", "replay", "xtask-full"];
/// The target above whose tests are unit tests of a program.
const THOROUGH_PROGRAM: &str = "xtask-full";

/// Makes libtest show the output of all tests, so that secrets in it are found.
const SHOW_OUTPUT: &str = "--show-output";

/// The result of a step.
#[derive(Debug, Default)]
struct Report {
    passed: bool,
    failures: Vec<Failure>,
    /// The slowest test programs.
    slowest: Vec<(String, Duration)>,
}

impl Report {
    fn and(mut self, other: Self) -> Self {
        self.passed &= other.passed;
        self.failures.extend(other.failures);
        self.slowest.extend(other.slowest);
        self
    }

    fn of(passed: bool) -> Self {
        Self { passed, ..Self::default() }
    }
}

/// A step that was run.
struct Finished {
    name: &'static str,
    /// The result, or the error if the step could not be run.
    result: Result<Report>,
    took: Duration,
}

impl Finished {
    fn run(name: &'static str, work: impl FnOnce() -> Result<Report>) -> Self {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let result = work();
        Self { name, result, took: start.elapsed() }
    }

    fn verdict(&self) -> &'static str {
        match &self.result {
            Ok(report) if report.passed => "passed",
            Ok(_) => "failed",
            Err(_) => "could not be run",
        }
    }
}

/// Runs the command. `more` are the steps that the full program adds to `--all`.
///
/// # Errors
///
/// If a step could not be run.
pub fn run(repo: &Repo, args: &Args, more: &[Step]) -> Result<Outcome> {
    let mut steps = vec![Finished::run(WORKSPACE, || workspace(repo, args))];
    if args.all {
        steps.push(Finished::run(THOROUGH, || thorough(repo)));
    }
    let mut left_out = Vec::new();
    if args.no_servers {
        left_out.extend(more.iter().filter(|_| args.all).map(|step| step.name));
        left_out.extend([REQUESTS, CONFORMANCE]);
    } else {
        for step in more.iter().filter(|_| args.all) {
            steps.push(Finished::run(step.name, || (step.run)(repo).map(Report::of)));
        }
        with_servers(repo, args, &mut steps);
    }
    summary(&steps, &left_out);
    let mut outcome = Outcome::Done;
    for step in steps {
        if !step.result?.passed {
            outcome = Outcome::Failed;
        }
    }
    Ok(outcome)
}

fn workspace(repo: &Repo, args: &Args) -> Result<Report> {
    let test = ["--no-fail-fast", "--", SHOW_OUTPUT];
    // Documentation tests run without --show-output, with which rustdoc would compile each example separately.
    let examples = ["--doc", "--no-fail-fast", "--"];
    let filter = args.filter.as_deref();
    let targets =
        watch(&mut cargo(repo, TESTS.into_iter().chain(TARGETS).chain(test).chain(filter)))?;
    Ok(targets.and(watch(&mut cargo(repo, TESTS.into_iter().chain(examples).chain(filter)))?))
}

fn thorough(repo: &Repo) -> Result<Report> {
    let targets = THOROUGH_TARGETS
        .iter()
        .flat_map(|target| [if *target == THOROUGH_PROGRAM { "--bin" } else { "--test" }, target]);
    let test = ["--no-fail-fast", "--", SHOW_OUTPUT, "--ignored"];
    watch(&mut cargo(repo, TESTS.into_iter().chain(targets).chain(test)))
}

/// Runs the steps that need servers. The servers are started once for all of them.
fn with_servers(repo: &Repo, args: &Args, steps: &mut Vec<Finished>) {
    let mut servers = None;
    let filter = args.filter.as_deref();
    steps.push(Finished::run(REQUESTS, || {
        requests::run(repo, args.servers(), filter, &mut servers)
    }));
    if filter.is_none() {
        steps.push(Finished::run(CONFORMANCE, || {
            let servers = servers.as_ref();
            let extent = if args.all { Extent::CallsAndTable } else { Extent::Calls };
            conformance::passes(repo, args.servers(), servers, extent).map(Report::of)
        }));
    }
}

/// Prints the time of each step, the slowest test programs, and the failed tests.
fn summary(steps: &[Finished], left_out: &[&str]) {
    eprintln!("\n=== summary");
    for step in steps {
        eprintln!("{}: {} ({} s)", step.name, step.verdict(), step.took.as_secs());
        for (name, took) in step.result.iter().flat_map(|report| &report.slowest) {
            eprintln!("  {:>4} s  {name}", took.as_secs());
        }
    }
    for name in left_out {
        eprintln!("{name}: left out (--no-servers)");
    }
    let reports = steps.iter().filter_map(|step| step.result.as_ref().ok());
    let failures: Vec<&Failure> = reports.flat_map(|report| &report.failures).collect();
    if !failures.is_empty() {
        eprintln!("\nfailed, with the command that runs each alone:");
    }
    for failure in failures {
        eprintln!("  {}\n    {}", failure.name, failure.command);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Collects the targets below `folder` that have thorough tests.
    fn thorough_targets(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["target", "generated", "fixtures"].contains(&name) {
                thorough_targets(&path, found);
            } else if name.ends_with(".rs")
                && fs::read_to_string(&path).unwrap().contains("\n#[ignore = \"thorough: ")
            {
                let is_unit = !path.components().any(|part| part.as_os_str() == "tests");
                let target = if is_unit { THOROUGH_PROGRAM } else { name.trim_end_matches(".rs") };
                found.insert(target.to_owned());
            }
        }
    }

    #[test]
    fn every_target_with_thorough_tests_is_run_by_all() {
        let repo = Repo::of_current_folder().unwrap();
        let mut found = BTreeSet::new();
        for package in ["generator", "generated-client", "xtask"] {
            thorough_targets(&repo.path(package), &mut found);
        }
        let listed = THOROUGH_TARGETS.map(str::to_owned);
        assert_eq!(found, BTreeSet::from(listed));
    }
}
