//! Compares each pair of documents in `compare/`, and checks the reported changes.
//!
//! `UPDATE_GOLDEN=1 cargo test -p seam-generator --test compare` rewrites the expected reports.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use seam_generator::{ChangeKind, Comparison, Options, Source, Version, Weight, compare};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compare")
}

fn source(name: &str) -> Source {
    let text = fs::read_to_string(folder().join(name)).expect("it can be read");
    Source { name: name.to_owned(), text }
}

fn compared(old: &Source, new: &Source) -> Comparison {
    let options = Options::default();
    let version = |document| Version { document, overlay: None, options: &options };
    compare(version(old), version(new)).expect("both are usable")
}

fn cases() -> BTreeSet<String> {
    let files = fs::read_dir(folder()).expect("it can be listed");
    let names = files.map(|file| file.expect("it can be listed").file_name());
    let names = names.filter_map(|name| Some(name.to_str()?.strip_suffix(".old.yaml")?.to_owned()));
    names.collect()
}

/// A comparison as text.
fn written(comparison: &Comparison) -> String {
    let mut text = String::new();
    for change in &comparison.changes {
        let _ = writeln!(text, "{} {}: {}", change.weight, change.kind.as_str(), change.sentence);
        if let Some(advice) = &change.advice {
            let _ = writeln!(text, "  {advice}");
        }
        for (sign, side) in [('-', &change.old), ('+', &change.new)] {
            if let Some(side) = side {
                let _ = writeln!(text, "  {sign} {}", side.rust);
                let _ = writeln!(text, "    {} line {}", side.pointer, side.line);
            }
        }
        if change.implied > 0 {
            let _ = writeln!(text, "  and {} more with it", change.implied);
        }
        for other in &change.others {
            let _ = writeln!(text, "  also {other}");
        }
    }
    let _ = writeln!(text, "\nbroken");
    for (path, role) in &comparison.broken {
        let _ = writeln!(text, "  {path} {role:?}");
    }
    text
}

#[test]
fn each_change_is_told_with_its_weight_its_places_and_what_to_do() {
    let cases = cases();
    assert!(!cases.is_empty());
    for case in cases {
        let (old, new) = (source(&format!("{case}.old.yaml")), source(&format!("{case}.new.yaml")));
        let said = written(&compared(&old, &new));
        let golden = folder().join(format!("{case}.txt"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &said).expect("it can be written");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(said, expected, "{case}");
    }
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for case in cases() {
        let document = source(&format!("{case}.old.yaml"));
        let comparison = compared(&document, &document);
        assert!(comparison.changes.is_empty() && comparison.broken.is_empty(), "{case}");
        assert_eq!(comparison.weight(), None, "{case}");
    }
}

#[test]
fn what_is_breaking_breaks_an_item_and_nothing_else_does() {
    for case in cases() {
        let (old, new) = (source(&format!("{case}.old.yaml")), source(&format!("{case}.new.yaml")));
        let comparison = compared(&old, &new);
        let is_breaking = comparison.weight() == Some(Weight::Breaking);
        assert_eq!(is_breaking, !comparison.broken.is_empty(), "{case}");
        for change in &comparison.changes {
            assert_eq!(change.advice.is_some(), change.weight == Weight::Breaking, "{change:?}");
            assert_eq!(change.old.is_none(), change.kind == ChangeKind::Added, "{change:?}");
            assert_eq!(change.new.is_none(), change.kind == ChangeKind::Removed, "{change:?}");
        }
    }
}
