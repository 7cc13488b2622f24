//! Formats a comparison as Markdown for a pull request.

use std::fmt::Write as _;

use seam_generator::{Change, Outcome, Side, Weight, WireReport};

use super::causes::{Cause, causes};
use super::text::shows_sides;
use super::{NO_CHANGES, Report};

/// The maximum length of the report in bytes. GitHub refuses pull requests with more than 65,536 characters.
const MOST: usize = 50_000;

/// Formats the report, with the text `first` before the changes.
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
    text.push_str(&breaking(report));
    let others = Weight::ALL.into_iter().filter(|weight| *weight != Weight::Breaking);
    for weight in others {
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

/// The breaking changes, grouped by cause. The advice is given once for each group, and the items are folded.
fn breaking(report: &Report<'_>) -> String {
    let causes = causes(&report.comparison.changes, Weight::Breaking);
    if causes.is_empty() {
        return String::new();
    }
    let changes = report.changes(Weight::Breaking).count();
    let entries = causes.iter().map(cause).collect();
    format!(
        "\n## Breaking ({changes} changes, {} causes)\n\n{}",
        causes.len(),
        as_many(entries, MOST / 4)
    )
}

fn cause(cause: &Cause<'_>) -> String {
    let [change] = cause.changes[..] else {
        let mut text = format!("- {}\n", cause.headline().replace('@', "&#64;"));
        if let Some(example) = cause.example() {
            text.push_str("  ```diff\n");
            example.lines().for_each(|line| text.push_str(&format!("  {line}\n")));
            text.push_str("  ```\n");
        }
        let items: Vec<String> = cause.changes.iter().map(|change| item(change)).collect();
        let _ = write!(
            text,
            "  <details><summary>All {}</summary>\n\n{}\n  </details>\n",
            items.len(),
            as_many(items, MOST / 12)
        );
        return text;
    };
    one(change)
}

/// A list entry for an item of a group; the headline of the group says the rest.
fn item(change: &Change) -> String {
    let new = change.new.as_ref().filter(|new| new.path != change.path());
    match (new, &change.new) {
        (Some(new), _) => format!("  - `{}` → `{}`\n", change.path(), new.path),
        (None, Some(_)) if shows_sides(change) => {
            format!("  - `{}`: {}\n", change.path(), change.advice.as_deref().unwrap_or_default())
        }
        _ => format!("  - `{}`\n", change.path()),
    }
}

/// The effect on deployed clients: how many operations have which outcome, and the findings that fail, repair or keep
/// something.
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

/// As many entries as fit into `most` bytes, and the number of the others.
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
    let implied = match change.implied {
        0 => String::new(),
        more => format!(" And {more} more with it."),
    };
    // Some sentences contain text of the document, which must not mention GitHub users.
    let mut text = format!("- {}{implied}", change.sentence.replace('@', "&#64;"));
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
