//! Inputs that once broke the generator. `cargo xtask fuzz` puts them into `found/`, and each is tried again here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

mod holds;

use std::fs;
use std::path::Path;

use seam_generator::Source;

use self::holds::{More, SETTINGS};

/// The document that overlays are applied to.
pub(crate) const CORRECTED: &str = include_str!("../fixtures/mended.yaml");

fn found(target: &str) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/found");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with(target))
        })
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| Source {
        name: path.display().to_string(),
        text: String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned(),
    };
    paths.iter().map(read).collect()
}

#[test]
fn what_is_true_of_any_document_is_true_of_those_that_were_found() {
    let found = found("document");
    assert!(!found.is_empty());
    for source in found {
        println!("{}", source.name);
        for settings in 0..SETTINGS {
            More::ALL.into_iter().for_each(|more| holds::of_document(&source, settings, more));
        }
    }
}

#[test]
fn what_is_true_of_any_overlay_is_true_of_those_that_were_found() {
    let document = Source { name: "mended.yaml".to_owned(), text: CORRECTED.to_owned() };
    for overlay in found("overlay") {
        println!("{}", overlay.name);
        holds::of_overlay(&document, &overlay);
    }
}
