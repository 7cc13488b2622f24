//! Standard output, whose reader may have seen enough.

use std::io::{self, ErrorKind, Write};

use anyhow::{Context, Result};

/// Prints to standard output; that nobody reads on is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}
