//! `generate` on a copy of the repository: what it writes, and what `--check` reports.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Repo, document, snapshot};

const GENERATED: &str = "generated-client/src/generated";

/// A copy of the repository with an up-to-date client.
fn fresh() -> Repo {
    let repo = Repo::new();
    repo.expect(0, &["generate"]);
    repo
}

/// The path of a generated file with several lines.
fn some_file(repo: &Repo) -> String {
    let files = snapshot(&repo.path(GENERATED));
    let long = |text: &[u8]| text.iter().filter(|byte| **byte == b'\n').count() > 3;
    files.into_iter().find(|(_, text)| long(text)).unwrap().0
}

#[test]
fn a_second_run_writes_nothing() {
    let repo = fresh();
    let modified = |name: &str| fs::metadata(repo.path(name)).unwrap().modified().unwrap();
    let file = format!("{GENERATED}/{}", some_file(&repo));
    let before = [modified(GENERATED), modified(&file)];
    let output = repo.expect(0, &["generate"]);
    assert!(output.stderr.ends_with("lines, unchanged\n"), "{output:#?}");
    assert_eq!([modified(GENERATED), modified(&file)], before);
    let output = repo.expect(0, &["generate", "--check"]);
    assert!(output.stderr.ends_with("up to date\n"), "{output:#?}");
    assert_eq!(output.stdout, "");
}

/// Checks a damaged client: the diff contains `lines`, and the command that it prints repairs the client.
#[track_caller]
fn found_and_mended(repo: &Repo, good: &BTreeMap<String, Vec<u8>>, lines: &[&str]) {
    let damaged = snapshot(&repo.path("."));
    let output = repo.expect(1, &["generate", "--check"]);
    for line in lines {
        assert!(output.stdout.lines().any(|printed| printed == *line), "{line}: {output:#?}");
    }
    assert!(output.stderr.ends_with("\nrun: cargo xtask generate\n"), "{output:#?}");
    assert!(!output.stdout.contains('\u{1b}'), "{output:#?}");
    assert_eq!(snapshot(&repo.path(".")), damaged, "a check wrote something");
    repo.expect(0, &["generate"]);
    assert_eq!(&snapshot(&repo.path(GENERATED)), good);
    repo.expect(0, &["generate", "--check"]);
}

#[test]
fn a_hand_edit_is_found() {
    let repo = fresh();
    let good = snapshot(&repo.path(GENERATED));
    let name = some_file(&repo);
    let file = format!("{GENERATED}/{name}");
    let text = repo.read(&file);
    let line = text.lines().nth(2).unwrap();
    let edited: Vec<&str> = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 2 { "edited by hand" } else { line })
        .collect();
    repo.write(&file, edited.join("\n") + "\n");
    let old = format!("--- {file}");
    let lines =
        [old.as_str(), "+++ what the generator prints", "-edited by hand", &format!("+{line}")];
    found_and_mended(&repo, &good, &lines);
}

#[test]
fn a_missing_file_is_found() {
    let repo = fresh();
    let good = snapshot(&repo.path(GENERATED));
    let file = format!("{GENERATED}/{}", some_file(&repo));
    let first = format!("+{}", repo.read(&file).lines().next().unwrap());
    fs::remove_file(repo.path(&file)).unwrap();
    found_and_mended(&repo, &good, &[&format!("--- {file}\tmissing"), &first]);
}

#[test]
fn an_orphan_is_found() {
    let repo = fresh();
    let good = snapshot(&repo.path(GENERATED));
    repo.write(&format!("{GENERATED}/models/orphan.rs"), "// nobody's\n");
    let old = format!("--- {GENERATED}/models/orphan.rs");
    found_and_mended(
        &repo,
        &good,
        &[&old, "+++ what the generator prints\tno such file", "-// nobody's"],
    );
}

#[test]
fn a_missing_tree_is_found() {
    let repo = fresh();
    let good = snapshot(&repo.path(GENERATED));
    fs::remove_dir_all(repo.path(GENERATED)).unwrap();
    found_and_mended(&repo, &good, &[]);
}

#[test]
fn a_changed_document_is_found() {
    let repo = fresh();
    repo.write("openapi/openapi.json", document("Small", &["/things/get", "/things/create"]));
    repo.expect(1, &["generate", "--check"]);
    repo.expect(0, &["generate"]);
    repo.expect(0, &["generate", "--check"]);
}

#[test]
fn paths_can_be_limited_by_option_and_by_file() {
    let repo = Repo::new();
    repo.write("openapi/openapi.json", document("Small", &["/things/get", "/things/create"]));
    repo.expect(0, &["generate", "--only", "/things/get"]);
    let limited = snapshot(&repo.path(GENERATED));
    let output = repo.expect(1, &["generate", "--check"]);
    assert!(output.stderr.ends_with("\nrun: cargo xtask generate\n"), "{output:#?}");
    repo.write("openapi/generate.toml", "only = [\"/things/get\"]\n");
    repo.expect(0, &["generate", "--check"]);
    repo.expect(0, &["generate", "--only", "/things/get", "--only", "/things/create"]);
    assert_ne!(snapshot(&repo.path(GENERATED)), limited);
    let output = repo.expect(1, &["generate", "--check", "--only", "/things/create"]);
    assert!(
        output.stderr.ends_with("\nrun: cargo xtask generate --only /things/create\n"),
        "{output:#?}"
    );
}

#[test]
fn what_cannot_be_generated_leaves_the_tree_as_it_is() {
    let repo = fresh();
    let good = snapshot(&repo.path(GENERATED));
    let unchanged = |args: &[&str], part: &str| {
        for args in [args.to_vec(), [args, &["--check"]].concat()] {
            let output = repo.expect(2, &args);
            assert!(output.stderr.contains(part), "{args:?}: {output:#?}");
            assert_eq!(snapshot(&repo.path(GENERATED)), good);
        }
    };
    unchanged(&["generate", "--only", "/no/such/path"], "error");
    repo.write("openapi/generate.toml", "olny = []\n");
    unchanged(&["generate"], "openapi/generate.toml");
    repo.write("openapi/generate.toml", "");
    repo.write("openapi/openapi.json", "{\"openapi\": \"3.0.0\"");
    unchanged(&["generate"], "openapi/openapi.json:1:");
    fs::remove_file(repo.path("openapi/openapi.json")).unwrap();
    unchanged(&["generate"], "openapi/openapi.json is missing; run `cargo xtask fetch`");
}

#[test]
fn left_overs_of_an_interrupted_run_are_removed_by_the_next() {
    let repo = fresh();
    for name in
        ["generated-client/src/.generated.staged-1/half.rs", ".openapi.staged-1/openapi.json"]
    {
        repo.write(name, "half");
    }
    repo.expect(0, &["generate", "--check"]);
    assert!(repo.path(".openapi.staged-1").exists(), "a check wrote something");
    repo.expect(0, &["generate"]);
    assert!(!repo.path(".openapi.staged-1").exists());
    assert!(!repo.path("generated-client/src/.generated.staged-1").exists());
}

#[test]
fn options_that_do_not_fit_together_are_errors() {
    let repo = Repo::new();
    for (args, part) in [
        (&["generate", "--out", "x"][..], "--spec"),
        (&["generate", "--spec", "openapi/openapi.json"], "--out"),
        (&["generate", "--package", "x"], "--spec"),
        (&["generate", "--overlay", "x"], "--spec"),
        (&["generate", "--spec", "missing.json", "--out", "x"], "missing.json"),
        (&["generate", "--spec", "openapi/openapi.json", "--out", "1x"], "--package NAME"),
        (
            &["generate", "--spec", "openapi/openapi.json", "--out", "x", "--package", "a b"],
            "`a b`",
        ),
    ] {
        let output = repo.expect(2, args);
        assert!(output.stderr.contains(part), "{args:?}: {output:#?}");
        assert!(!repo.path("x").exists() && !repo.path("1x").exists());
    }
}

/// The features in the manifest of the client.
fn features(repo: &Repo) -> toml_edit::Table {
    let manifest = fs::read_to_string(repo.path("generated-client/Cargo.toml")).unwrap();
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap();
    manifest["features"].as_table().unwrap().clone()
}

#[test]
fn the_manifest_has_a_feature_for_each_part_of_the_api() {
    let names = |table: &toml_edit::Table| -> Vec<String> {
        let names = table.iter().map(|(name, _)| name.to_owned());
        names.filter(|name| name.starts_with("api")).collect()
    };
    let repo = fresh();
    assert!(names(&features(&repo)).is_empty(), "one part is the whole");
    assert!(!features(&repo)["default"].to_string().contains("\"api\""));

    repo.write("openapi/openapi.json", document("Two", &["/things/get", "/other_things/list"]));
    repo.expect(0, &["generate"]);
    let written = features(&repo);
    assert_eq!(names(&written), ["api", "api-other-things", "api-things"]);
    assert!(written["default"].to_string().contains("\"api\""));

    let manifest = fs::read_to_string(repo.path("generated-client/Cargo.toml")).unwrap();
    repo.write("generated-client/Cargo.toml", manifest.replace("api-things = []\n", ""));
    let output = repo.expect(1, &["generate", "--check"]);
    assert!(output.stdout.lines().any(|line| line == "+api-things = []"), "{output:#?}");
    assert!(output.stderr.contains("its features are out of date"), "{output:#?}");
    repo.expect(0, &["generate"]);
    assert_eq!(fs::read_to_string(repo.path("generated-client/Cargo.toml")).unwrap(), manifest);
}
