//! Formats the figures as text, and as a Markdown table.

use anyhow::Result;

use xtask::output::print;

use super::figure::Figure;

/// The cells of a row.
pub(super) type Row = [String; 4];

/// The widths of all columns but the last. They are fixed, because rows are printed before the next ones are known.
const WIDTHS: [usize; 3] = [62, 26, 20];

/// The rows of a group. Each is printed as soon as it is added, so that an interrupted run loses nothing.
pub(super) struct Sheet {
    heading: Row,
    rows: Vec<Row>,
    misses: bool,
}

impl Sheet {
    /// Prints the heading.
    pub(super) fn begin(heading: Row) -> Result<Self> {
        print(&format!("\n{}", line(&heading)))?;
        Ok(Self { heading, rows: Vec::new(), misses: false })
    }

    /// Prints and stores a figure.
    pub(super) fn add(&mut self, figure: Figure) -> Result<()> {
        self.misses |= figure.is_met() == Some(false);
        self.add_row(figure.cells())
    }

    /// Prints and stores a row.
    pub(super) fn add_row(&mut self, row: Row) -> Result<()> {
        print(&line(&row))?;
        self.rows.push(row);
        Ok(())
    }

    /// Whether a target is missed.
    pub(super) fn misses(&self) -> bool {
        self.misses
    }

    /// The rows as a Markdown table.
    pub(super) fn markdown(&self) -> String {
        let row = |cells: &Row| format!("| {} |\n", cells.join(" | "));
        let rows: String = self.rows.iter().map(row).collect();
        format!("{}|---|---|---|---|\n{rows}", row(&self.heading))
    }
}

/// A row as a line of text.
fn line([name, one, two, last]: &Row) -> String {
    let [first, second, third] = WIDTHS;
    format!("{name:first$}  {one:second$}  {two:third$}  {last}\n")
}
