//! `cargo xtask soak`: many calls against a server that fails at random.

use anyhow::{Context, Result};

use xtask::Outcome;
use xtask::cargo::{TESTS, cargo};
use xtask::repo::Repo;

/// Make many calls against a local server that fails at random, and report what became of them.
///
/// The server answers, fails, or breaks the connection, before, within or after a response. Each call is checked against
/// what the server has seen of it: no call is lost, no write is sent twice, and each error is true. The figures are the
/// calls, the requests, the errors by kind, the connections and the memory. Exits with 1 if a call is wrong, if a
/// connection is left open, or if the memory grows. See generated-client/tests/soak.rs.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The number of calls
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    calls: u64,
    /// The seed of the faults [default: random]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let chosen = ["--locked", "--package", "seam-client", "--test", "soak", "--", "--nocapture"];
    let mut command = cargo(repo, TESTS.into_iter().chain(chosen));
    command.env("SOAK_CALLS", args.calls.to_string());
    if let Some(seed) = args.seed {
        command.env("SOAK_SEED", seed.to_string());
    }
    let status = command.status().context("cargo cannot be started")?;
    Ok(if status.success() { Outcome::Done } else { Outcome::Failed })
}
