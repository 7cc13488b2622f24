//! Cargo, which this program is started by, and starts itself.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::repo::Repo;

/// Cargo, ready to be started in the repository.
pub(crate) fn cargo<'a>(repo: &Repo, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    // Cargo says which one of the installed ones it is; a program that is started by hand takes the usual one.
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(repo.path("")).stdin(Stdio::null());
    command
}
