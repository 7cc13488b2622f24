//! Formats a comparison for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use seam_generator::{Change, ChangeKind, Weight};

use crate::output::styled;

use super::{NO_CHANGES, Report};

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
const PLACES: Style = Style::new().dimmed();

fn style(weight: Weight) -> Style {
    let colour = match weight {
        Weight::Breaking => AnsiColor::Red,
        Weight::Behaviour => AnsiColor::Yellow,
        Weight::Addition => AnsiColor::Green,
        Weight::Documentation => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

pub(super) fn written(report: &Report<'_>) -> String {
    if report.is_empty() {
        return format!("{}\n", summary(report));
    }
    let mut text = String::new();
    for weight in Weight::ALL {
        let count = report.changes(weight).count();
        if count == 0 {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", styled(style(weight), &format!("{weight} ({count})")));
        for change in report.changes(weight) {
            text.push_str(&one(change));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "clients that are deployed, of {}", report.comparison.wire);
    let _ = writeln!(text, "\n{}", summary(report));
    text
}

fn summary(report: &Report<'_>) -> String {
    let (old, new) = (&report.old.name, &report.new.name);
    let weight = match report.comparison.weight() {
        Some(weight) => styled(style(weight), weight.as_str()),
        None if report.is_empty() => return format!("{old} → {new}: {NO_CHANGES}"),
        None => return format!("{old} → {new}: no user of the client would notice"),
    };
    format!("{old} → {new}: {weight}, {}", report.bump().sentence())
}

fn one(change: &Change) -> String {
    let mut text = String::new();
    let implied = match change.implied {
        0 => String::new(),
        more => format!(" (and {more} more with it)"),
    };
    let _ = writeln!(text, "  {}{implied}", change.sentence);
    if change.weight == Weight::Documentation {
        return text;
    }
    let items = [change.path()].into_iter().chain(change.others.iter().map(String::as_str));
    for item in items.filter(|_| !change.others.is_empty()) {
        let _ = writeln!(text, "    {item}");
    }
    for (sign, style, side) in [('-', REMOVED, &change.old), ('+', ADDED, &change.new)] {
        if let Some(side) = side.as_ref().filter(|_| shows_sides(change)) {
            let _ = writeln!(text, "    {}", styled(style, &format!("{sign} {}", side.rust)));
        }
    }
    if let Some(advice) = &change.advice {
        let _ = writeln!(text, "    {advice}");
    }
    if change.others.is_empty() {
        let _ = writeln!(text, "    {}", styled(PLACES, &places(change)));
    }
    text
}

/// Whether to show the declarations: they differ, and the sentence does not contain their types already.
pub(super) fn shows_sides(change: &Change) -> bool {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => {
            let is_said = [old, new].iter().all(|side| {
                let ty = side.rust.rsplit_once(": ").map_or("", |(_, ty)| ty);
                change.sentence.contains(&format!("`{ty}`"))
            });
            old.rust != new.rust && !is_said && change.kind != ChangeKind::Behaviour
        }
        (Some(side), None) | (None, Some(side)) => side.rust != side.path,
        (None, None) => false,
    }
}

/// The places of the change in the two documents, with line numbers.
fn places(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if old.pointer == new.pointer => {
            format!("{} (line {} → {})", old.pointer, old.line, new.line)
        }
        (Some(old), Some(new)) => {
            format!("{} (line {}) → {} (line {})", old.pointer, old.line, new.pointer, new.line)
        }
        (Some(side), None) | (None, Some(side)) => format!("{} (line {})", side.pointer, side.line),
        (None, None) => String::new(),
    }
}
