//! Node.js and npm, which users install themselves.

use std::io::{self, ErrorKind};

use anyhow::{Context, Result, anyhow};

/// The JavaScript runtime.
pub const NODE: &str = "node";

/// The package manager.
#[cfg(windows)]
pub const NPM: &str = "npm.cmd";
/// The package manager.
#[cfg(not(windows))]
pub const NPM: &str = "npm";

/// Returns the result of starting `program`. If it is not installed, the error says so, and names the alternative
/// `otherwise`.
pub fn started<T>(program: &str, result: io::Result<T>, otherwise: &str) -> Result<T> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(anyhow!("`{program}` is not installed; install Node.js, or {otherwise}"))
        }
        other => other.with_context(|| format!("`{program}` cannot be started")),
    }
}
