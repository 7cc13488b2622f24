//! The figures as text, and as a table in Markdown.

use anyhow::Result;

use xtask::output::print;

use super::figure::Figure;

/// The cells of a line.
pub(super) type Row = [String; 4];

/// Of the columns but the last. What comes next is not known yet, so that they are the same for all.
const WIDTHS: [usize; 3] = [62, 26, 20];

/// The rows of a group, of which each is shown as soon as it is there: a run that is broken off loses nothing.
pub(super) struct Sheet {
    heading: Row,
    rows: Vec<Row>,
    misses: bool,
}

impl Sheet {
    /// Begins with the heading.
    pub(super) fn begin(heading: Row) -> Result<Self> {
        print(&format!("\n{}", line(&heading)))?;
        Ok(Self { heading, rows: Vec::new(), misses: false })
    }

    /// Shows a figure, and keeps it.
    pub(super) fn add(&mut self, figure: Figure) -> Result<()> {
        self.misses |= figure.is_met() == Some(false);
        self.add_row(figure.cells())
    }

    /// Shows a row, and keeps it.
    pub(super) fn add_row(&mut self, row: Row) -> Result<()> {
        print(&line(&row))?;
        self.rows.push(row);
        Ok(())
    }

    /// Whether a target is missed.
    pub(super) fn misses(&self) -> bool {
        self.misses
    }

    /// As Markdown.
    pub(super) fn markdown(&self) -> String {
        let row = |cells: &Row| format!("| {} |\n", cells.join(" | "));
        let rows: String = self.rows.iter().map(row).collect();
        format!("{}|---|---|---|---|\n{rows}", row(&self.heading))
    }
}

/// A line for the terminal.
fn line([name, one, two, last]: &Row) -> String {
    let [first, second, third] = WIDTHS;
    format!("{name:first$}  {one:second$}  {two:third$}  {last}\n")
}
