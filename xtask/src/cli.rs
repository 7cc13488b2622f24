//! Help texts, error output and exit codes, shared by both programs.

use std::process::ExitCode;

use anyhow::Result;
use seam_generator::Diagnostics;

use crate::Outcome;

/// The name under which users start both programs.
pub const NAME: &str = "cargo xtask";

/// The layout of the help of both programs: clap cannot group commands.
pub const HELP_TEMPLATE: &str = "\
{about-with-newline}
{usage-heading} {usage}

Everyday commands:
  fetch        Download the OpenAPI document
  generate     Write the Rust client that the document describes, or check that it is up to date
  diff         Show what a change of the document means for users of the client
  update       Fetch, diff, generate, bump the version and begin the changelog entry
  test         Run the tests

Lab commands:
  bench        Measure the generator, the client and what is compiled
  versions     Generate and compile clients of published versions of the document
  corpus       Generate, compile and test clients of documents of other APIs
  replay       Read what a newer API answers with the client of an older document
  conformance  Call every operation of the client against servers that validate requests
  fuzz         Run the fuzz targets
  soak         Make many calls against a server that fails at random
  names        List every public name of the client

Options:
{options}{after-help}";

/// The text below the help of both programs.
pub const AFTER_HELP: &str = "\
`cargo xtask COMMAND --help` explains a command. fetch, update and most lab commands need more dependencies, and Cargo
builds these when one of them is first used.

Exit codes: 0 success, 1 a check found a difference or a test failed, 2 an error.";

/// Prints the error, if there is one, and returns the exit code.
pub fn finish(outcome: Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints an error. Diagnostics contain the word `error` already; other errors get it as a prefix.
fn report(error: &anyhow::Error) {
    match error.downcast_ref::<Diagnostics>() {
        Some(diagnostics) => eprintln!("{diagnostics}"),
        None => eprintln!("error: {error:#}"),
    }
}
