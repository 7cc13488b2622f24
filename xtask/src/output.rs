//! Writes to standard output, in colour if it is a terminal.

use std::io::{self, ErrorKind, Write};

use anstream::AutoStream;
use anstyle::Style;
use anyhow::{Context, Result};

/// Prints to standard output. Colours are removed if it is no terminal, or if `NO_COLOR` is set. A closed pipe is not an
/// error.
pub fn print(text: &str) -> Result<()> {
    match AutoStream::auto(io::stdout().lock()).write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}

/// The text in this style, as ANSI escape codes.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
