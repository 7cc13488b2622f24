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

/// Aligns the columns of a table.
pub fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..N).filter_map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
