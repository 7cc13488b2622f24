//! Checks what a deployed client meets after each of the changes in `wire/changes.yaml`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

#[path = "wire/changes.rs"]
mod changes;

use std::fs;

use changes::{Change, changes, document};
use seam_generator::{
    Direction, Frequency, Options, Outcome, Source, Version, WireChange, WireReport, compare,
};

/// The expected report.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/changes.txt");

fn compared(changes: &[Change]) -> WireReport {
    let [old, new] = [0, 1].map(|index| Source {
        name: format!("{index}.json"),
        text: document(changes, index).to_string(),
    });
    wired(&old, &new)
}

fn wired(old: &Source, new: &Source) -> WireReport {
    let options = Options::default();
    let version = |document| Version { document, overlay: None, options: &options };
    compare(version(old), version(new)).expect("both documents are in order").wire
}

/// The outcome and kind of a finding, and for requests also its frequency.
fn brief(finding: &WireChange) -> String {
    let frequency = match (finding.direction, finding.frequency) {
        (Direction::Response, _) => "",
        (_, Frequency::Always) => "always ",
        (_, Frequency::Sometimes) => "sometimes ",
    };
    format!("{} {frequency}{}", finding.outcome.as_str(), finding.kind.as_str())
}

#[test]
fn each_change_has_the_outcome_that_it_should() {
    let changes = changes();
    let wire = compared(&changes);
    let mut problems = Vec::new();
    for change in &changes {
        let met = wire.operations.iter().position(|met| met.path == change.path);
        let of_change = |index| {
            let findings = wire.findings.iter();
            findings.filter(|one| one.operations.contains(&index)).map(brief).collect::<Vec<_>>()
        };
        let found = met.map(of_change);
        if found != change.found {
            problems.push(format!("{}: expected {:?}, found {found:?}", change.name, change.found));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_met_is_said_in_words() {
    let text = format!("{}\n", compared(&changes()));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(GOLDEN, &text).expect("the file can be written");
    }
    let golden = fs::read_to_string(GOLDEN).unwrap_or_default();
    assert_eq!(golden, text, "UPDATE_GOLDEN=1 cargo test -p seam-generator --test wire writes it");
}

#[test]
fn a_document_meets_nothing_new_in_itself() {
    let changes = changes();
    let source = Source { name: "same.json".to_owned(), text: document(&changes, 0).to_string() };
    let wire = wired(&source, &source);
    assert_eq!(wire.findings, []);
    assert!(wire.operations.iter().all(|met| met.outcome == Outcome::Works));
}
