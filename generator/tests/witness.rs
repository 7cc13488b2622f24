//! Compares the witness crate of a small document with the reviewed golden files. The tests of `xtask` check when it
//! compiles.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use seam_generator::{Kind, Options, Role, Source, Witness, names, witness};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/witness").join(name)
}

fn document() -> Source {
    let text = fs::read_to_string(path("small.yaml")).expect("the document is there");
    Source { name: "small.yaml".to_owned(), text }
}

fn made() -> Witness {
    witness(&document(), None, &Options::default()).expect("the document is in order")
}

#[test]
fn each_item_is_used_as_the_golden_output_shows() {
    for (file, text) in made().tree.iter() {
        let golden = path(file);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, text).expect("it can be written");
        }
        let before = fs::read_to_string(&golden).unwrap_or_default();
        let diff = similar::TextDiff::from_lines(before.as_str(), text);
        assert!(before == text, "{file}:\n{}", diff.unified_diff());
    }
}

#[test]
fn all_items_are_used_but_arguments_which_are_with_their_functions() {
    let items = names(&document(), None, &Options::default()).expect("the document is in order");
    let used: BTreeSet<(String, Role)> =
        made().uses.into_iter().map(|used| (used.path, used.role)).collect();
    let items = items.into_iter().filter(|item| item.kind != Kind::Argument);
    let items: BTreeSet<_> = items.map(|item| (item.path.clone(), item.kind.role())).collect();
    assert_eq!(used, items);
}

#[test]
fn a_use_has_lines_that_no_other_use_has() {
    let witness = made();
    let mut seen = BTreeSet::new();
    for used in &witness.uses {
        let text = witness.tree.get(&used.file).expect("the file is there");
        let lines: Vec<&str> = text.lines().collect();
        let first = lines[used.lines.start - 1];
        assert!(first.starts_with(&format!("// {}, ", used.path)), "{first}: {used:?}");
        assert!(used.lines.len() > 1, "{used:?}");
        for line in used.lines.clone() {
            assert!(seen.insert((used.file.clone(), line)), "{used:?}");
        }
    }
}
