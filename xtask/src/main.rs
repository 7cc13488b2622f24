//! The everyday commands. `cargo xtask help` lists all commands.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::{CommandFactory, Parser, Subcommand};

use xtask::cli::{AFTER_HELP, HELP_TEMPLATE, NAME, finish};
use xtask::output::print;
use xtask::repo::Repo;
use xtask::{Outcome, conformance, diff, full, generate, names, test};

/// The maintainers' commands of this repository.
#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = NAME,
    help_template = HELP_TEMPLATE,
    after_help = AFTER_HELP,
    disable_help_subcommand = true
)]
struct Cli {
    /// Root of the repository; by default, the checkout that contains the current folder
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Conformance(conformance::Args),
    Diff(diff::Args),
    Generate(generate::Args),
    /// Print the help of a command, or list all commands
    Help {
        /// The command to explain
        command: Option<OsString>,
    },
    Names(names::Args),
    Test(test::Args),
    /// Any other command, which is forwarded to the full program.
    #[command(external_subcommand)]
    Other(Vec<OsString>),
}

fn main() -> ExitCode {
    let Cli { root, command } = Cli::parse();
    let repo = match root.map_or_else(Repo::of_current_folder, |root| Ok(Repo::at(root))) {
        Ok(repo) => repo,
        Err(error) => return finish(Err(error)),
    };
    let as_given = || full::run(&repo, std::env::args_os().skip(1));
    match &command {
        Command::Conformance(args) => finish(conformance::run(&repo, args)),
        Command::Diff(args) if args.needs_full() => passed_on(as_given()),
        Command::Diff(args) => finish(diff::run(&repo, args, &diff::not_downloaded)),
        Command::Generate(args) => finish(generate::run(&repo, args)),
        Command::Help { command } => help(&repo, command.as_deref()),
        Command::Names(args) => finish(names::run(&repo, args)),
        Command::Test(args) if args.needs_full() => passed_on(as_given()),
        Command::Test(args) => finish(test::run(&repo, args, &[])),
        Command::Other(words) if words.first().is_some_and(|name| full::has_only(name)) => {
            passed_on(as_given())
        }
        Command::Other(words) => unknown(words.first().map_or(OsStr::new(""), OsString::as_os_str)),
    }
}

/// Returns the exit code of the full program, or reports why it could not be started.
fn passed_on(code: Result<ExitCode>) -> ExitCode {
    code.unwrap_or_else(|error| finish(Err(error)))
}

/// Prints the help of a command, or the list of all commands.
fn help(repo: &Repo, command: Option<&OsStr>) -> ExitCode {
    let Some(name) = command else { return printed(Cli::command().render_long_help()) };
    if full::has_only(name) {
        return passed_on(full::run(repo, [name.to_owned(), "--help".into()]));
    }
    let mut program = Cli::command();
    program.build();
    match program.find_subcommand_mut(name) {
        Some(found) => printed(found.render_long_help()),
        None => unknown(name),
    }
}

fn printed(help: clap::builder::StyledStr) -> ExitCode {
    finish(print(&help.ansi().to_string()).map(|()| Outcome::Done))
}

/// Reports a command that neither program has.
fn unknown(name: &OsStr) -> ExitCode {
    let message = format!("there is no command `{}`; see `{NAME} help`", name.display());
    finish(Err(anyhow!(message)))
}
