//! A comparison for a terminal.

use std::fmt::Write as _;

use seam_generator::{Change, ChangeKind, Weight};

use super::Report;

/// The escape sequences of a terminal, or nothing.
struct Colours {
    on: bool,
}

impl Colours {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn of(&self, weight: Weight, text: &str) -> String {
        let code = match weight {
            Weight::Breaking => "1;31",
            Weight::Behaviour => "1;33",
            Weight::Addition => "1;32",
            Weight::Documentation => "1;36",
        };
        self.paint(code, text)
    }
}

pub(super) fn written(report: &Report<'_>, colours: bool) -> String {
    let colours = Colours { on: colours };
    let mut text = String::new();
    for weight in Weight::ALL {
        let count = report.changes(weight).count();
        if count == 0 {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", colours.of(weight, &format!("{weight} ({count})")));
        for change in report.changes(weight) {
            text.push_str(&one(change, &colours));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "clients that are deployed, of {}", report.comparison.wire);
    let _ = writeln!(text, "\n{}", summary(report, &colours));
    text
}

fn summary(report: &Report<'_>, colours: &Colours) -> String {
    let (old, new) = (&report.old.name, &report.new.name);
    let Some(weight) = report.comparison.weight() else {
        return format!("{old} → {new}: no user of the client would notice");
    };
    let weight = colours.of(weight, weight.as_str());
    format!("{old} → {new}: {weight}, {}", report.bump().sentence())
}

fn one(change: &Change, colours: &Colours) -> String {
    let mut text = String::new();
    let along = match change.along {
        0 => String::new(),
        more => format!(" (and {more} more with it)"),
    };
    let _ = writeln!(text, "  {}{along}", change.sentence);
    if change.weight == Weight::Documentation {
        return text;
    }
    let items = [change.path()].into_iter().chain(change.others.iter().map(String::as_str));
    for item in items.filter(|_| !change.others.is_empty()) {
        let _ = writeln!(text, "    {item}");
    }
    for (sign, code, side) in [('-', "31", &change.old), ('+', "32", &change.new)] {
        if let Some(side) = side.as_ref().filter(|_| shows_sides(change)) {
            let _ = writeln!(text, "    {}", colours.paint(code, &format!("{sign} {}", side.rust)));
        }
    }
    if let Some(advice) = &change.advice {
        let _ = writeln!(text, "    {advice}");
    }
    if change.others.is_empty() {
        let _ = writeln!(text, "    {}", colours.paint("2", &places(change)));
    }
    text
}

/// Whether the declarations say more than the sentence.
pub(super) fn shows_sides(change: &Change) -> bool {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => {
            let is_said = [old, new].iter().all(|side| {
                let ty = side.rust.rsplit_once(": ").map_or("", |(_, ty)| ty);
                change.sentence.contains(&format!("`{ty}`"))
            });
            old.rust != new.rust && !is_said && change.kind != ChangeKind::Behaves
        }
        (Some(side), None) | (None, Some(side)) => side.rust != side.path,
        (None, None) => false,
    }
}

/// Where it is in the documents, with lines.
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
