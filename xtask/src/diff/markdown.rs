//! A comparison for a pull request.

use std::fmt::Write as _;

use seam_generator::{Change, Outcome, Side, Weight, WireReport};

use super::text::shows_sides;
use super::{NO_CHANGES, Report};

/// How much of a pull request's body there may be; GitHub refuses more than 65,536 characters.
const MOST: usize = 50_000;

/// `first` stands before the changes.
pub(super) fn written(report: &Report<'_>, first: &str) -> String {
    if report.is_empty() && first.is_empty() {
        return format!("{NO_CHANGES}: {} → {}\n", report.old.name, report.new.name);
    }
    let weight = report.comparison.weight().map_or("nothing", Weight::as_str);
    let mut text = format!(
        "**{weight}** for users of the client: {}.\n\n{} → {}\n",
        report.bump().sentence(),
        report.old.name,
        report.new.name
    );
    text.push_str(first);
    for weight in Weight::ALL {
        let changes: Vec<String> = report.changes(weight).map(one).collect();
        if changes.is_empty() {
            continue;
        }
        let heading = heading(weight);
        // Writing to a string cannot fail.
        let _ = match weight {
            Weight::Breaking | Weight::Behaviour => {
                write!(text, "\n## {heading} ({})\n\n{}", changes.len(), as_many(changes, MOST / 4))
            }
            Weight::Addition | Weight::Documentation => write!(
                text,
                "\n<details><summary>{heading} ({})</summary>\n\n{}\n</details>\n",
                changes.len(),
                as_many(changes, MOST / 12)
            ),
        };
    }
    text.push_str(&deployed(&report.comparison.wire));
    text
}

/// What clients that are deployed meet: how many operations do what, and what they do not merely ignore.
fn deployed(wire: &WireReport) -> String {
    let mut text = String::from("\n## Clients that are deployed\n\n");
    let counts =
        Outcome::ALL.map(|outcome| format!("{} {}", wire.count(outcome), outcome.as_str()));
    let _ = writeln!(text, "Of {} operations: {}.", wire.operations.len(), counts.join(", "));
    for outcome in [Outcome::Fails, Outcome::Repairs, Outcome::Keeps] {
        let findings = wire.findings.iter().filter(|finding| finding.outcome == outcome);
        let lines: Vec<String> = findings
            .map(|finding| {
                let operations = finding.operations.len();
                let what = if operations == 1 { "operation" } else { "operations" };
                format!("- {} ({operations} {what})\n", finding.sentence.replace('@', "&#64;"))
            })
            .collect();
        if !lines.is_empty() {
            let _ = write!(
                text,
                "\n<details><summary>{} ({})</summary>\n\n{}\n</details>\n",
                outcome.as_str(),
                lines.len(),
                as_many(lines, MOST / 12)
            );
        }
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

/// As many entries as `most` characters hold; the others are counted.
fn as_many(entries: Vec<String>, most: usize) -> String {
    let (mut text, all) = (String::new(), entries.len());
    for (index, one) in entries.into_iter().enumerate() {
        if text.len() + one.len() > most {
            let _ = writeln!(text, "- … and {} more", all - index);
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
