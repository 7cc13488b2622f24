//! Node.js and its package client, which a maintainer installs by hand.

use std::io::{self, ErrorKind};

use anyhow::{Context, Result, anyhow};

/// Runs JavaScript.
pub const NODE: &str = "node";

/// Brings packages.
#[cfg(windows)]
pub const NPM: &str = "npm.cmd";
/// Brings packages.
#[cfg(not(windows))]
pub const NPM: &str = "npm";

/// What came of starting `program`; where it is not installed, the error names it and `otherwise`, the way without it.
pub fn started<T>(program: &str, result: io::Result<T>, otherwise: &str) -> Result<T> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(anyhow!("`{program}` is not installed; install Node.js, or {otherwise}"))
        }
        other => other.with_context(|| format!("`{program}` cannot be started")),
    }
}
