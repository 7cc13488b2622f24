//! Standard output, in colour if it is a terminal.

use std::io::{self, ErrorKind, Write};

use anstream::AutoStream;
use anstyle::Style;
use anyhow::{Context, Result};

/// Prints to standard output. Colours are left out unless it is a terminal, or if `NO_COLOR` is set. It is no error if
/// the reader has gone.
pub fn print(text: &str) -> Result<()> {
    match AutoStream::auto(io::stdout().lock()).write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}

/// The text in this style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
