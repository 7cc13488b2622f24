//! Golden tests: small documents, each about one feature, and the reviewed output of the generator for them.
//!
//! - `fixtures/NAME.yaml`, corrected by `fixtures/NAME.overlay.yaml` if that exists, generates the files in `golden/NAME/`.
//!   The comment at the top of a fixture lists the files that show its feature, and only these are kept:
//!   `# golden: models/tree.rs api/trees/ api/leaves/#OPERATION` keeps a file, the files in a folder, and in one
//!   file the items of another folder in which the word `OPERATION` occurs. `# golden: everything`, which one fixture has, keeps
//!   the skeleton as well. Warnings are always kept.
//! - `bad/NAME.*` is rejected with the message in `bad/NAME.txt`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p seam-generator --test golden` rewrites the golden files. `xtask/tests/compiles.rs`
//! compiles the complete output of every fixture, including the files that are not kept here.

#![allow(clippy::expect_used, clippy::panic, reason = "a failed step fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use seam_generator::{Diagnostics, Generated, Options, Source, generate};
use similar::TextDiff;

const UPDATE: &str = "to accept this: UPDATE_GOLDEN=1 cargo test -p seam-generator --test golden";

/// Text files by their path.
type Files = BTreeMap<String, String>;

#[test]
fn each_fixture_generates_its_golden_files() {
    let mut differences = String::new();
    for (name, path) in documents("fixtures") {
        let fixture = fs::read_to_string(&path).expect("the fixture can be read");
        let generated = run(&path, false).unwrap_or_else(|error| panic!("{name}: {error}"));
        let files = kept(&name, &fixture, &outputs(&generated));
        let golden = folder("golden").join(&name);
        if is_updating() {
            write(&golden, &files);
        }
        differences.push_str(&compare(&name, &read(&golden, &golden), &files));
    }
    assert!(differences.is_empty(), "{differences}\n{UPDATE}");
}

#[test]
fn golden_files_belong_to_fixtures_and_one_fixture_keeps_everything() {
    let fixtures = documents("fixtures");
    for entry in fs::read_dir(folder("golden")).expect("the folder can be listed") {
        let name = entry.expect("it can be listed").file_name().to_string_lossy().into_owned();
        assert!(fixtures.contains_key(&name), "golden/{name} belongs to no fixture");
    }
    let complete = fixtures.iter().filter(|(_, path)| {
        listed(&fs::read_to_string(path).expect("the fixture can be read")) == [EVERYTHING]
    });
    let complete: Vec<&String> = complete.map(|(name, _)| name).collect();
    assert_eq!(complete, ["calls"], "one fixture shows the skeleton, the others their feature");
}

#[test]
fn each_error_has_a_place_and_a_remedy() {
    let mut differences = String::new();
    for (name, path) in documents("bad") {
        let message = match run(&path, true) {
            Ok(_) => panic!("{name} was accepted"),
            Err(diagnostics) => format!("{diagnostics}\n"),
        };
        assert!(message.contains("  --> "), "{name} has no place:\n{message}");
        assert!(message.contains("   = help: "), "{name} has no remedy:\n{message}");
        let golden = path.with_file_name(format!("{name}.txt"));
        if is_updating() {
            fs::write(&golden, &message).expect("it can be written");
        }
        let old = fs::read_to_string(&golden).unwrap_or_default();
        if old != message {
            differences.push_str(&difference(&name, &old, &message));
        }
    }
    assert!(differences.is_empty(), "{differences}\n{UPDATE}");
}

/// The entry of a fixture that keeps all files.
const EVERYTHING: &str = "everything";

/// The entries in the comment at the top of a fixture.
fn listed(fixture: &str) -> Vec<&str> {
    let comments = fixture.lines().map_while(|line| line.strip_prefix('#'));
    let lists = comments.filter_map(|line| line.trim_start().strip_prefix("golden:"));
    lists.flat_map(str::split_whitespace).collect()
}

/// The part of the output that a fixture lists, and the warnings.
fn kept(name: &str, fixture: &str, files: &Files) -> Files {
    let listed = listed(fixture);
    assert!(!listed.is_empty(), "{name}.yaml has no comment `# golden: …` at its top");
    if listed == [EVERYTHING] {
        return files.clone();
    }
    let mut kept = Files::new();
    kept.extend(
        files.get_key_value("warnings.txt").map(|(file, text)| (file.clone(), text.clone())),
    );
    for entry in listed {
        let (path, word) = entry.split_once('#').unwrap_or((entry, ""));
        let found = files.iter().filter(|(file, _)| is_below(file, path));
        let found: Files = if word.is_empty() {
            found.map(|(file, text)| (file.clone(), text.clone())).collect()
        } else {
            let items: String = found.flat_map(|(file, text)| items(file, text, word)).collect();
            let file = format!("{}.rs", word.trim_matches(|c: char| !c.is_alphanumeric()));
            Files::from([(file, items)])
        };
        let is_empty = found.values().all(String::is_empty);
        assert!(!is_empty, "{name}.yaml lists `{entry}`, which is not in the output");
        kept.extend(found);
    }
    kept
}

/// Whether `path` is the file, or a folder that contains it.
fn is_below(file: &str, path: &str) -> bool {
    file == path || (path.ends_with('/') && file.starts_with(path))
}

/// The items of a printed file in which a word occurs, each with the name of the file. Items begin in the first column,
/// after a blank line.
fn items(file: &str, text: &str, word: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for part in text.split("\n\n") {
        match items.last_mut() {
            Some(last) if part.starts_with([' ', '}']) => {
                *last = format!("{last}\n\n{part}");
            }
            _ => items.push(part.to_owned()),
        }
    }
    items.retain(|item| item.contains(word) && !item.starts_with("use "));
    items.iter().map(|item| format!("// {file}\n{}\n\n", item.trim_end())).collect()
}

/// The generated files, and the rest of the result as text files.
fn outputs(generated: &Generated) -> Files {
    let mut files: Files =
        generated.tree.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    files.insert("count.txt".to_owned(), format!("{}\n", generated.count));
    if !generated.warnings.is_empty() {
        files.insert("warnings.txt".to_owned(), format!("{}\n", generated.warnings));
    }
    let mut features = String::new();
    for (feature, needs) in &generated.features {
        let needs: Vec<String> = needs.iter().map(|need| format!("\"{need}\"")).collect();
        writeln!(features, "{feature} = [{}]", needs.join(", ")).expect("a string takes it");
    }
    if !features.is_empty() {
        files.insert("features.txt".to_owned(), features);
    }
    files
}

/// The documents in a folder by name, without overlays and messages.
fn documents(of: &str) -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(folder(of)).expect("the folder can be listed");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let named = paths.filter_map(|path| {
        let file = path.file_name()?.to_str()?.to_owned();
        let (name, extension) = file.split_once('.')?;
        let is_document = matches!(extension, "yaml" | "json" | "html");
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
    // Test calls are long, so only one fixture has them.
    let conformance = path.file_stem().is_some_and(|name| name == "calls");
    let package = "fixture".to_owned();
    let options = Options { package, strict, conformance, ..Options::default() };
    generate(&document, overlay.as_ref(), &options)
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// A unified diff of each file that differs, is missing, or should not be there.
fn compare(name: &str, golden: &Files, now: &Files) -> String {
    let mut differences = String::new();
    for file in golden.keys().chain(now.keys().filter(|file| !golden.contains_key(*file))) {
        let text = |files: &Files| files.get(file).cloned().unwrap_or_default();
        if text(golden) != text(now) {
            differences.push_str(&difference(&format!("{name}/{file}"), &text(golden), &text(now)));
        }
    }
    differences
}

fn difference(name: &str, golden: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(golden, now);
    diff.unified_diff().header(&format!("golden/{name}"), "generated now").to_string()
}

fn write(root: &Path, files: &Files) {
    if root.exists() {
        fs::remove_dir_all(root).expect("it can be removed");
    }
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
}

fn read(root: &Path, folder: &Path) -> Files {
    let mut files = Files::new();
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
