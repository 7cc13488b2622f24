//! A comparison for a pull request.

use std::fmt::Write as _;

use seam_generator::{Change, Side, Weight};

use super::Report;
use super::text::shows_sides;

/// How much of a pull request's body there may be; GitHub refuses more than 65,536 characters.
const MOST: usize = 50_000;

pub(super) fn written(report: &Report<'_>) -> String {
    let weight = report.comparison.weight().map_or("nothing", Weight::as_str);
    let mut text = format!(
        "**{weight}** for users of the client: {}.\n\n{} → {}\n",
        report.bump().sentence(),
        report.old.name,
        report.new.name
    );
    for weight in Weight::ALL {
        let changes: Vec<&Change> = report.changes(weight).collect();
        if changes.is_empty() {
            continue;
        }
        let heading = heading(weight);
        // Writing to a string cannot fail.
        let _ = match weight {
            Weight::Breaking | Weight::Behaviour => {
                write!(text, "\n## {heading} ({})\n\n{}", changes.len(), listed(&changes))
            }
            Weight::Addition | Weight::Documentation => write!(
                text,
                "\n<details><summary>{heading} ({})</summary>\n\n{}\n</details>\n",
                changes.len(),
                listed(&changes)
            ),
        };
    }
    text
}

fn heading(weight: Weight) -> &'static str {
    match weight {
        Weight::Breaking => "Breaking",
        Weight::Behaviour => "Behaviour",
        Weight::Addition => "Additions",
        Weight::Documentation => "Documentation",
    }
}

/// As many as a quarter of a body holds; the others are counted.
fn listed(changes: &[&Change]) -> String {
    let mut text = String::new();
    for (index, change) in changes.iter().enumerate() {
        let one = one(change);
        if text.len() + one.len() > MOST / 4 {
            let _ = writeln!(text, "- … and {} more", changes.len() - index);
            break;
        }
        text.push_str(&one);
    }
    text
}

fn one(change: &Change) -> String {
    let along = match change.along {
        0 => String::new(),
        more => format!(" And {more} more with it."),
    };
    // Notes of the document are part of some sentences, and must not call people.
    let mut text = format!("- {}{along}", change.sentence.replace('@', "&#64;"));
    if let Some(advice) = &change.advice {
        let _ = write!(text, " **{advice}**");
    }
    text.push('\n');
    if !change.others.is_empty() {
        let _ = writeln!(text, "  `{}`, `{}`", change.path(), change.others.join("`, `"));
    }
    if change.weight == Weight::Breaking && shows_sides(change) {
        let line = |sign: char, side: &Option<Side>| {
            side.as_ref().map(|side| format!("  {sign} {}\n", side.rust)).unwrap_or_default()
        };
        let (old, new) = (line('-', &change.old), line('+', &change.new));
        let _ = write!(text, "  ```diff\n{old}{new}  ```\n");
    }
    text
}
