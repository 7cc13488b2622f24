//! Compares the questions that `review/merge.new.yaml` adds to those of `review/merge.old.yaml` with the expected ones.
//!
//! `UPDATE_GOLDEN=1 cargo test -p seam-generator --test review` rewrites the expected questions.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use seam_generator::{Decision, DecisionKind, Options, Source, Version, compare, generate};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/review")
}

fn source(name: &str) -> Source {
    let text = fs::read_to_string(folder().join(name)).expect("it can be read");
    Source { name: name.to_owned(), text }
}

/// The questions that `new` raises and `old` does not.
fn asked(old: &Source, new: &Source, overlay: Option<&Source>) -> Vec<Decision> {
    let options = Options::default();
    let version = |document, overlay| Version { document, overlay, options: &options };
    compare(version(old, None), version(new, overlay)).expect("both are in order").decisions
}

fn written(decisions: &[Decision]) -> String {
    let mut text = String::new();
    for one in decisions {
        let _ = writeln!(text, "{} line {}: {}", one.kind.as_str(), one.place.line, one.question);
        for line in one.snippet.iter().flat_map(|snippet| snippet.lines()) {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

/// An overlay with the suggested answers.
fn overlay(decisions: &[Decision]) -> Source {
    let mut text =
        "overlay: 1.0.0\ninfo: { title: Answers, version: 1.0.0 }\nactions:\n".to_owned();
    for line in decisions.iter().filter_map(|one| one.snippet.as_ref()).flat_map(|one| one.lines())
    {
        let _ = writeln!(text, "  {line}");
    }
    Source { name: "overlay.yaml".to_owned(), text }
}

#[test]
fn what_a_newer_document_leaves_open_is_asked_with_a_proposed_answer() {
    let (old, new) = (source("merge.old.yaml"), source("merge.new.yaml"));
    let asked = written(&asked(&old, &new, None));
    let golden = folder().join("merge.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &asked).expect("it can be written");
    }
    assert_eq!(asked, fs::read_to_string(&golden).unwrap_or_default());
}

#[test]
fn what_was_open_before_is_not_asked_again() {
    let new = source("merge.new.yaml");
    assert_eq!(asked(&new, &new, None), []);
}

#[test]
fn the_proposed_answers_are_an_overlay_that_answers_the_questions() {
    let (old, new) = (source("merge.old.yaml"), source("merge.new.yaml"));
    let open = asked(&old, &new, None);
    let overlay = overlay(&open);
    let options = Options { package: "people".to_owned(), ..Options::default() };
    generate(&new, Some(&overlay), &options).expect("the answers apply");
    let left = asked(&old, &new, Some(&overlay));
    let with_answers = open.iter().filter(|one| one.snippet.is_some());
    for answered in with_answers {
        // An operation that becomes documented may lack a counterpart itself.
        assert!(
            !left.iter().any(|one| one.kind == answered.kind && one.subject == answered.subject),
            "{answered:?}"
        );
    }
}

#[test]
fn every_time_of_the_checked_in_document_has_a_format() {
    let file = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name);
        Source { name: name.to_owned(), text: fs::read_to_string(path).expect("it can be read") }
    };
    let nothing = source("merge.old.yaml");
    let open = |overlay| {
        let decisions = asked(&nothing, &file("openapi.json"), overlay).into_iter();
        let times = decisions.filter(|one| one.kind == DecisionKind::TimeWithoutFormat);
        times.map(|one| one.subject).collect::<Vec<_>>()
    };
    assert_ne!(open(None), Vec::<String>::new(), "the overlay has to add formats");
    assert_eq!(open(Some(&file("overlay.yaml"))), Vec::<String>::new());
}
