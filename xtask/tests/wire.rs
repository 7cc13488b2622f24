//! What generated clients of small documents send and take in, against a server that keeps what it was sent.
//!
//! `wire/NAME.rs` is a test of the crate that is made from `generator/tests/fixtures/NAME.yaml`.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{real_root, said};

/// Makes the crate of a fixture, puts the test into it, and runs that.
fn run(name: &str) {
    let package = format!("wire-{name}");
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = temporary.join("crates").join(&package);
    let spec = real_root().join(format!("generator/tests/fixtures/{name}.yaml"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["generate", "--force", "--package", &package, "--spec"]).arg(spec);
    command.arg("--out").arg(&folder).current_dir(real_root()).stdin(Stdio::null());
    let made = said(&mut command);
    assert_eq!(made.code, 0, "{made:#?}");

    // What the crate's own test needs is enough for this one, too.
    fs::copy(real_root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::create_dir_all(folder.join("tests/server")).unwrap();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    fs::copy(tests.join(format!("{name}.rs")), folder.join("tests/wire.rs")).unwrap();
    fs::copy(tests.join("server.rs"), folder.join("tests/server/mod.rs")).unwrap();

    // `full` leaves out the other TLS: its crates are not among those that the workspace has downloaded.
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["test", "--quiet", "--offline", "--features", "full", "--test", "wire"])
        .current_dir(&folder);
    command.env("CARGO_TARGET_DIR", temporary.parent().unwrap()).env("NO_PROXY", "*");
    let tested = said(command.stdin(Stdio::null()));
    assert_eq!(tested.code, 0, "{}\n{}", tested.stdout, tested.stderr);
}

#[test]
fn parameters_are_sent_where_they_belong() {
    run("parameters");
}

#[test]
fn bodies_are_sent_as_what_they_are() {
    run("bodies");
}

#[test]
fn failures_are_read_as_what_is_described() {
    run("failures");
}

#[test]
fn less_usual_schemas_are_read_and_written_back() {
    run("schemas");
}

#[test]
fn lists_are_read_page_by_page() {
    run("pages");
}

#[test]
fn what_is_not_over_is_looked_at_until_it_is() {
    run("polling");
}

#[test]
fn credentials_are_sent_as_the_schemes_of_the_document_have_it() {
    run("security");
}

#[test]
fn values_of_several_types_are_read_written_and_sent() {
    run("one_of");
}
