//! Small documents, each for one feature, against what was generated from them and read by a person.
//!
//! `fixtures/NAME.yaml`, with `fixtures/NAME.overlay.yaml` if there is one, gives `golden/NAME/`; `bad/NAME.*` gives the
//! message in `bad/NAME.txt`. `UPDATE_GOLDEN=1 cargo test -p seam-generator` writes them anew. That the golden output
//! compiles is shown where complete crates are made, in the tests of `xtask`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use seam_generator::{Diagnostics, Generated, Options, Source, generate};
use similar::TextDiff;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The documents in a folder by name; overlays and messages are not documents.
fn documents(of: &str) -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder(of)).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let named = paths.filter_map(|path| {
        let file = path.file_name()?.to_str()?.to_owned();
        let (name, ending) = file.split_once('.')?;
        let is_document = matches!(ending, "yaml" | "json" | "html");
        is_document.then(|| (name.to_owned(), path.clone()))
    });
    named.collect()
}

fn run(path: &Path, strict: bool) -> Result<Generated, Diagnostics> {
    let source = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let text = fs::read_to_string(path).ok()?;
        Some(Source { name: name.to_owned(), text })
    };
    let document = source(path).expect("the document can be read");
    let overlay = source(&path.with_extension("overlay.yaml"));
    // Calls take much room, and are shown once.
    let conformance = path.file_stem().is_some_and(|name| name == "calls");
    let package = "fixture".to_owned();
    let options = Options { package, strict, conformance, ..Options::default() };
    generate(&document, overlay.as_ref(), &options)
}

fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

fn difference(name: &str, golden: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(golden, now);
    diff.unified_diff().header(&format!("golden/{name}"), "what the generator prints").to_string()
}

#[test]
fn each_feature_gives_what_its_golden_output_shows() {
    let mut differences = String::new();
    for (name, path) in documents("fixtures") {
        let generated = run(&path, false).unwrap_or_else(|error| panic!("{name}: {error}"));
        let golden = folder("golden").join(&name);
        let mut files: BTreeMap<String, String> =
            generated.tree.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        files.insert("count.txt".to_owned(), format!("{}\n", generated.count));
        if !generated.warnings.is_empty() {
            files.insert("warnings.txt".to_owned(), format!("{}\n", generated.warnings));
        }
        if updating() {
            write(&golden, &files);
        }
        let old = read(&golden, &golden);
        for file in old.keys().chain(files.keys().filter(|file| !old.contains_key(*file))) {
            let text =
                |files: &BTreeMap<String, String>| files.get(file).cloned().unwrap_or_default();
            if text(&old) != text(&files) {
                differences.push_str(&difference(
                    &format!("{name}/{file}"),
                    &text(&old),
                    &text(&files),
                ));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}\nif this is meant: UPDATE_GOLDEN=1 cargo test -p seam-generator"
    );
}

#[test]
fn each_fault_is_told_with_its_place_and_a_remedy() {
    let mut differences = String::new();
    for (name, path) in documents("bad") {
        let message = match run(&path, true) {
            Ok(_) => panic!("{name} was accepted"),
            Err(diagnostics) => format!("{diagnostics}\n"),
        };
        assert!(message.contains("  --> "), "{name} has no place:\n{message}");
        assert!(message.contains("   = help: "), "{name} has no remedy:\n{message}");
        let golden = path.with_file_name(format!("{name}.txt"));
        if updating() {
            fs::write(&golden, &message).expect("it can be written");
        }
        let old = fs::read_to_string(&golden).unwrap_or_default();
        if old != message {
            differences.push_str(&difference(&name, &old, &message));
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}\nif this is meant: UPDATE_GOLDEN=1 cargo test -p seam-generator"
    );
}

fn write(root: &Path, files: &BTreeMap<String, String>) {
    if root.exists() {
        fs::remove_dir_all(root).expect("it can be removed");
    }
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
}

fn read(root: &Path, folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            files.extend(read(root, &path));
        } else {
            let name =
                path.strip_prefix(root).expect("it is below").to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).expect("it can be read"));
        }
    }
    files
}
