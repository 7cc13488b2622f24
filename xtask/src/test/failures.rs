//! Parses the output of Cargo and libtest: failed tests, the commands that rerun them, and the time of each test program.

use std::mem;
use std::time::{Duration, Instant};

use anstream::adapter::strip_str;

use crate::cargo::CLIENT_PACKAGE;

/// Faster test programs are not listed.
const LISTED: Duration = Duration::from_secs(5);
/// The maximum number of test programs that are listed.
const MOST_LISTED: usize = 10;

/// A test that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) name: String,
    /// The command that runs this test alone.
    pub(super) command: String,
}

/// The state of the parser.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The running test program and its start time.
    running: Option<(String, Instant)>,
    /// The failed tests of the running program.
    names: Vec<String>,
    failures: Vec<Failure>,
    times: Vec<(String, Duration)>,
}

impl Reader {
    /// Parses the next line.
    pub(super) fn line(&mut self, line: &str) {
        let line = strip_str(line).to_string();
        let line = line.trim();
        if let Some(program) = line.strip_prefix("Running ").or(line.strip_prefix("Doc-tests ")) {
            self.ended();
            let name = program.split(" (").next().unwrap_or(program);
            let of = program.rsplit('/').next().and_then(|file| file.rsplit_once('-'));
            let name = of.map_or(name.to_owned(), |(package, _)| format!("{name} ({package})"));
            self.running = Some((name, Instant::now()));
        } else if let Some(name) = failed_test(line) {
            self.names.push(name.to_owned());
        } else if let Some(target) = failed_target(line) {
            self.failed(target);
        }
    }

    /// Returns the failures, and the slowest test programs. `otherwise` gives the command for tests whose target Cargo does
    /// not print.
    pub(super) fn finish(
        mut self,
        otherwise: impl Fn(&str) -> String,
    ) -> (Vec<Failure>, Vec<(String, Duration)>) {
        self.ended();
        for name in mem::take(&mut self.names) {
            self.failures.push(Failure { command: otherwise(&name), name });
        }
        self.times.retain(|(_, took)| *took >= LISTED);
        self.times.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
        self.times.truncate(MOST_LISTED);
        (self.failures, self.times)
    }

    fn ended(&mut self) {
        if let Some((name, start)) = self.running.take() {
            self.times.push((name, start.elapsed()));
        }
    }

    fn failed(&mut self, target: &str) {
        let features = if target.starts_with(&format!("-p {CLIENT_PACKAGE} ")) {
            " --features full"
        } else {
            ""
        };
        let test = format!("cargo test {target}{features}");
        let names = mem::take(&mut self.names);
        if names.is_empty() {
            // The test program was killed, or does not use libtest.
            self.failures.push(Failure { name: target.to_owned(), command: test });
            return;
        }
        for name in names {
            let command = format!("{test} -- --exact '{name}' --include-ignored");
            self.failures.push(Failure { name, command });
        }
    }
}

/// The test name in a line `test NAME ... FAILED`.
fn failed_test(line: &str) -> Option<&str> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    Some(name.split(" - should panic").next().unwrap_or(name))
}

/// The target in Cargo's error message, as arguments for `cargo test`.
fn failed_target(line: &str) -> Option<&str> {
    let (_, target) = line.split_once("failed, to rerun pass `")?;
    target.split('`').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Failure> {
        let mut reader = Reader::default();
        text.lines().for_each(|line| reader.line(line));
        reader.finish(|name| format!("run {name}")).0
    }

    #[test]
    fn each_failed_test_has_the_command_that_runs_it_alone() {
        let failures = read(
            "\
            \u{1b}[1m\u{1b}[32m     Running\u{1b}[0m tests/pages.rs (target/debug/deps/pages-12ab)\n\
            test one ... ok\n\
            test two::three ... FAILED\n\
            failures:\n    two::three\n\
            \u{1b}[1m\u{1b}[31merror\u{1b}[0m\u{1b}[1m:\u{1b}[0m test failed, to rerun pass `-p seam-client --test pages`\n\
            \x20    Running unittests src/lib.rs (target/debug/deps/xtask-34cd)\n\
            error: test failed, to rerun pass `-p xtask --lib`\n\
            \x20  Doc-tests seam_client\n\
            test src/lib.rs - Seam (line 3) ... FAILED\n\
            error: doctest failed, to rerun pass `-p seam-client --doc`\n",
        );
        let expected = [
            (
                "two::three",
                "cargo test -p seam-client --test pages --features full -- --exact 'two::three' --include-ignored",
            ),
            ("-p xtask --lib", "cargo test -p xtask --lib"),
            (
                "src/lib.rs - Seam (line 3)",
                "cargo test -p seam-client --doc --features full -- --exact 'src/lib.rs - Seam (line 3)' --include-ignored",
            ),
        ];
        let expected = expected
            .map(|(name, command)| Failure { name: name.to_owned(), command: command.to_owned() });
        assert_eq!(failures, expected);
    }

    #[test]
    fn tests_of_a_program_that_cargo_did_not_start_have_another_command() {
        let failures = read("test fake::it ... FAILED\ntest result: FAILED. 0 passed; 1 failed\n");
        assert_eq!(
            failures,
            [Failure { name: "fake::it".to_owned(), command: "run fake::it".to_owned() }]
        );
    }
}
