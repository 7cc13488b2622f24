//! Crates that `generate --spec --out` makes compile, and without a warning.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Said, real_root, said};

/// What makes the generated calls of all operations compile, in a crate that uses the one that was made.
const CALLS: &str = include_str!("common/calls.rs");

/// Makes a crate in a folder of its own that stays, so that the next run compiles only what has changed, and one beside it
/// that uses it: that one's folder is given.
fn made(package: &str, args: &[&str]) -> PathBuf {
    let crates = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["generate", "--package", package, "--out"]).arg(crates.join(package)).args(args);
    let said = said(command.current_dir(real_root()).stdin(Stdio::null()));
    assert_eq!(said.code, 0, "{package}: {said:#?}");
    let user = crates.join("users").join(package);
    let made = format!("../../{package}");
    let manifest = format!(
        "[package]\nname = \"user-of-{package}\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{package} = {{ path = \"{made}\" }}\nserde = \"1\"\nserde_json = \"1\"\n"
    );
    // The dependencies of the workspace are there already, in these versions.
    fs::create_dir_all(user.join("src")).unwrap();
    fs::copy(real_root().join("Cargo.lock"), user.join("Cargo.lock")).unwrap();
    fs::write(user.join("Cargo.toml"), manifest).unwrap();
    let (calls, source) =
        (CALLS.replace("../src/", &format!("../{made}/src/")), user.join("src/lib.rs"));
    if fs::read_to_string(&source).ok() != Some(calls.clone()) {
        fs::write(source, calls).unwrap();
    }
    user
}

/// Checks both crates as `cargo check` does, of which a warning says something.
///
/// They share the workspace's folder of built things, and with it the dependencies.
fn check(folder: &Path) -> Said {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args(["check", "--quiet", "--offline"]);
    said(command.current_dir(folder).env("CARGO_TARGET_DIR", target).stdin(Stdio::null()))
}

#[test]
fn one_operation_of_the_real_document_compiles() {
    let only = ["--spec", "openapi/openapi.json", "--only", "/acs/credentials/assign"];
    let said = check(&made("assign-only", &only));
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
}

#[test]
fn the_whole_real_document_compiles() {
    let spec = ["--spec", "openapi/openapi.json", "--overlay", "openapi/overlay.yaml"];
    let all = [&spec[..], &["--undocumented", "--strict"]].concat();
    let said = check(&made("all-of-it", &all));
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
}

#[test]
fn what_is_generated_from_each_fixture_compiles() {
    let fixtures = real_root().join("generator/tests/fixtures");
    let mut count = 0;
    let mut failures = String::new();
    for entry in fs::read_dir(fixtures).unwrap() {
        let spec = entry.unwrap().path();
        let file = spec.file_name().unwrap().to_str().unwrap();
        let Some((name, "yaml")) = file.split_once('.') else {
            continue;
        };
        let overlay = spec.with_extension("overlay.yaml");
        let mut args = vec!["--spec", spec.to_str().unwrap()];
        if overlay.exists() {
            args.extend(["--overlay", overlay.to_str().unwrap()]);
        }
        let said = check(&made(&format!("fixture-{name}"), &args));
        if (said.code, said.stderr.as_str()) != (0, "") {
            failures += &format!("{file}\n{}\n", said.stderr);
        }
        count += 1;
    }
    assert!(count > 0, "there are no fixtures");
    assert!(failures.is_empty(), "{failures}");
}
