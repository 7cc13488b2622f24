//! Forwards commands to the program of the package `xtask-full`, which has all commands.
//!
//! Commands that use the network need an HTTP stack, TLS and an asynchronous runtime, which take longer to build than
//! everything that `generate` needs. Cargo builds that program when one of its commands is first used, and shows its
//! progress.

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::cargo;
use crate::repo::{Repo, WORKSPACE};

/// The name of the package and of its program.
pub const PACKAGE: &str = "xtask-full";

/// The commands that only the full program has.
pub const COMMANDS: [&str; 8] =
    ["bench", "corpus", "fetch", "fuzz", "replay", "soak", "update", "versions"];

/// Whether only the full program has this command.
pub fn has_only(command: &OsStr) -> bool {
    COMMANDS.iter().any(|known| command == *known)
}

/// Runs the full program with `arguments` in the current folder, and returns its exit code.
///
/// # Errors
///
/// If Cargo cannot be started.
pub fn run(repo: &Repo, arguments: impl IntoIterator<Item = OsString>) -> Result<ExitCode> {
    let mut command = Command::new(cargo::program());
    // Cargo has already resolved the lock file, for the program that is running now.
    command.args(["run", "--locked", "--package", PACKAGE, "--manifest-path"]);
    command.arg(repo.path(WORKSPACE)).arg("--").args(arguments);
    let status = command.status().context("cargo cannot be started")?;
    // A program that was killed by a signal has no exit code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(2)))
}
