//! The figures as text, and as a table for the README.

use crate::output::aligned;

use super::figure::Figure;

const HEADING: [&str; 4] = ["figure", "measured", "target", "verdict"];

/// For the terminal.
pub(super) fn shown(title: &str, figures: &[Figure]) -> String {
    let mut rows = vec![HEADING.map(str::to_owned)];
    rows[0][0] = title.to_owned();
    rows.extend(figures.iter().map(Figure::cells));
    aligned(&rows)
}

/// For the README.
pub(super) fn markdown(title: &str, figures: &[Figure]) -> String {
    let [_, measured, target, verdict] = HEADING;
    let mut text = format!("| {title} | {measured} | {target} | {verdict} |\n|---|---|---|---|\n");
    for figure in figures {
        text.push_str(&format!("| {} |\n", figure.cells().join(" | ")));
    }
    text
}
