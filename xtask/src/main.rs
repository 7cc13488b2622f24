//! The maintainers' commands; `cargo xtask help` lists them.

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod bench;
mod cargo;
mod conformance;
mod diff;
mod fetch;
mod fuzz;
mod generate;
mod marked;
mod names;
mod node;
mod output;
mod progress;
mod replay;
mod repo;
mod servers;
mod swap;
mod test;
mod update;
mod versions;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use seam_generator::Diagnostics;

use crate::repo::Repo;

/// To generate is to allocate millions of small tokens: a third of the time with the allocator of the system, and a quarter
/// less time in all with this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It did what it was asked to, or a check found everything in order.
    Done,
    /// A check found a difference, or a test failed.
    Failed,
}

/// The maintainers' commands of this repository.
#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    after_help = "Exit codes: 0 success, 1 a check found a difference or a test failed, 2 an error."
)]
struct Cli {
    /// The repository to work on; tests run the commands on a copy.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    Bench(bench::Args),
    Conformance(conformance::Args),
    Diff(diff::Args),
    Fetch(fetch::Args),
    Fuzz(fuzz::Args),
    Generate(generate::Args),
    Names(names::Args),
    Replay(replay::Args),
    Test(test::Args),
    Update(update::Args),
    Versions(versions::Args),
}

fn main() -> ExitCode {
    // The other provider, which `reqwest` takes by itself, takes 72 CPU seconds to build, and this one 12: somebody who
    // has just cloned the repository waits for it.
    _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli::parse();
    let repo = cli.root.map_or_else(Repo::default, Repo::at);
    let outcome = match &cli.command {
        #[cfg(any(target_os = "linux", target_vendor = "apple"))]
        Command::Bench(args) => bench::run(&repo, args),
        Command::Conformance(args) => conformance::run(&repo, args),
        Command::Diff(args) => diff::run(&repo, args),
        Command::Fetch(args) => fetch::run(&repo, args),
        Command::Fuzz(args) => fuzz::run(&repo, args),
        Command::Generate(args) => generate::run(&repo, args),
        Command::Names(args) => names::run(&repo, args),
        Command::Replay(args) => replay::run(&repo, args),
        Command::Test(args) => test::run(&repo, args),
        Command::Update(args) => update::run(&repo, args),
        Command::Versions(args) => versions::run(&repo, args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

/// Diagnostics say by themselves that they are errors; everything else is given that word.
fn report(error: &anyhow::Error) {
    match error.downcast_ref::<Diagnostics>() {
        Some(diagnostics) => eprintln!("{diagnostics}"),
        None => eprintln!("error: {error:#}"),
    }
}
