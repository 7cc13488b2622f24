//! The figures as text, and as a table for the README.

use anyhow::Result;

use crate::output::print;

use super::figure::Figure;

const HEADING: [&str; 4] = ["figure", "measured", "target", "verdict"];
/// Of the columns but the last. What comes next is not known yet, so that they are the same for all.
const WIDTHS: [usize; 3] = [62, 26, 12];

/// The figures of a group, of which each is shown as soon as it is there: a run that is broken off loses nothing.
pub(super) struct Sheet {
    title: String,
    figures: Vec<Figure>,
}

impl Sheet {
    /// Begins with the heading.
    pub(super) fn begin(title: String) -> Result<Self> {
        let mut heading = HEADING.map(str::to_owned);
        heading[0].clone_from(&title);
        print(&format!("\n{}", row(&heading)))?;
        Ok(Self { title, figures: Vec::new() })
    }

    /// Shows a figure, and keeps it.
    pub(super) fn add(&mut self, figure: Figure) -> Result<()> {
        print(&row(&figure.cells()))?;
        self.figures.push(figure);
        Ok(())
    }

    /// Whether a target is missed.
    pub(super) fn misses(&self) -> bool {
        self.figures.iter().any(|figure| figure.is_met() == Some(false))
    }

    /// For the README.
    pub(super) fn markdown(&self) -> String {
        let [_, measured, target, verdict] = HEADING;
        let mut text = format!("| {} | {measured} | {target} | {verdict} |\n", self.title);
        text.push_str("|---|---|---|---|\n");
        for figure in &self.figures {
            text.push_str(&format!("| {} |\n", figure.cells().join(" | ")));
        }
        text
    }
}

/// A line for the terminal.
fn row(cells: &[String; 4]) -> String {
    let [name, measured, target, verdict] = cells;
    let [first, second, third] = WIDTHS;
    format!("{name:first$}  {measured:second$}  {target:third$}  {verdict}\n")
}
