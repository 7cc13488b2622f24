//! The program with all commands. `cargo xtask` starts it for commands that need the network, and for most lab commands; see
//! `xtask::full`.

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod bench;
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod corpus;
mod fetch;
mod fuzz;
mod replay;
mod soak;
mod update;
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod usage;
mod verify;
mod versions;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::cli::{AFTER_HELP, HELP_TEMPLATE, NAME, finish};
use xtask::repo::Repo;
use xtask::test::Step;
use xtask::{Outcome, conformance, diff, generate, names, test};

/// The maintainers' commands of this repository.
#[derive(Parser)]
#[command(name = "xtask-full", bin_name = NAME, help_template = HELP_TEMPLATE, after_help = AFTER_HELP)]
struct Cli {
    /// Root of the repository; by default, the checkout that contains the current folder
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    Bench(bench::Args),
    Conformance(conformance::Args),
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    Corpus(corpus::Args),
    Diff(diff::Args),
    Fetch(fetch::Args),
    Fuzz(fuzz::Args),
    Generate(generate::Args),
    Names(names::Args),
    Replay(replay::Args),
    Soak(soak::Args),
    Test(test::Args),
    Update(update::Args),
    Versions(versions::Args),
}

fn main() -> ExitCode {
    // The default TLS provider of `reqwest` takes six times as long to build.
    _ = rustls::crypto::ring::default_provider().install_default();
    let Cli { root, command } = Cli::parse();
    let repo = root.map_or_else(Repo::of_current_folder, |root| Ok(Repo::at(root)));
    finish(repo.and_then(|repo| run(&repo, &command)))
}

fn run(repo: &Repo, command: &Command) -> Result<Outcome> {
    match command {
        #[cfg(any(target_os = "linux", target_vendor = "apple"))]
        Command::Bench(args) => bench::run(repo, args),
        Command::Conformance(args) => conformance::run(repo, args),
        #[cfg(any(target_os = "linux", target_vendor = "apple"))]
        Command::Corpus(args) => corpus::run(repo, args),
        Command::Diff(args) if args.verify => verify::run(repo, args),
        Command::Diff(args) => diff::run(repo, args, &versions::document),
        Command::Fetch(args) => fetch::run(repo, args),
        Command::Fuzz(args) => fuzz::run(repo, args),
        Command::Generate(args) => generate::run(repo, args),
        Command::Names(args) => names::run(repo, args),
        Command::Replay(args) => replay::run(repo, args),
        Command::Soak(args) => soak::run(repo, args),
        Command::Test(args) => test::run(repo, args, STEPS),
        Command::Update(args) => update::run(repo, args),
        Command::Versions(args) => versions::run(repo, args),
    }
}

/// Additional steps of `test --all`, which need documents from npm.
const STEPS: &[Step] = &[
    Step { name: "clients of older versions of the document", run: versions::tested },
    Step { name: "responses of one version, read by the client of another", run: replay::passes },
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    Step { name: "clients of documents of other APIs", run: corpus::passes },
];
