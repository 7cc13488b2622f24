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
    let _ = writeln!(text, "{}", summary(report, &colours));
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
    if change.kind != ChangeKind::Behaves {
        let (old, new) = (&change.old, &change.new);
        let is_same = matches!((old, new), (Some(old), Some(new)) if old.rust == new.rust);
        for side in old.iter().filter(|_| !is_same) {
            let _ = writeln!(text, "    {}", colours.paint("31", &format!("- {}", side.rust)));
        }
        for side in new.iter().filter(|_| !is_same) {
            let _ = writeln!(text, "    {}", colours.paint("32", &format!("+ {}", side.rust)));
        }
    }
    if let Some(advice) = &change.advice {
        let _ = writeln!(text, "    {advice}");
    }
    let place = |side: &seam_generator::Side| format!("{}:{}", side.pointer, side.line);
    let places: Vec<String> = [&change.old, &change.new].into_iter().flatten().map(place).collect();
    let _ = writeln!(text, "    {}", colours.paint("2", &places.join(" → ")));
    text
}
