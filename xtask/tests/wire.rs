//! Checks what generated clients of small documents send and receive, with a server that records requests.
//!
//! `wire/NAME.rs` tests the crate that is generated from `generator/tests/fixtures/NAME.yaml`. These crates are in one
//! workspace and are compiled together.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says where it stands what it did not find"
)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use common::{output_of, real_root};
use serde_json::Value;

const NAMES: [&str; 12] = [
    "parameters",
    "bodies",
    "failures",
    "schemas",
    "pages",
    "polling",
    "security",
    "inheritance",
    "one_of",
    "integers",
    "formats",
    "statuses",
];

/// The test programs by the name of the fixture, or the errors of the compiler.
static PROGRAMS: LazyLock<Result<BTreeMap<&str, PathBuf>, String>> = LazyLock::new(programs);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates/wire")
}

fn programs() -> Result<BTreeMap<&'static str, PathBuf>, String> {
    let folder = folder();
    NAMES.iter().for_each(|name| add(&folder, name));
    let members = NAMES.map(|name| format!("wire-{name}"));
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(real_root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    // `full` does not include native TLS, whose crates the workspace may not have downloaded.
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--no-run", "--offline", "--workspace", "--features", "full"]);
    command.args(["--test", "wire", "--message-format", "json-render-diagnostics"]);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.env("CARGO_TARGET_DIR", target).current_dir(&folder);
    let built = output_of(command.stdin(Stdio::null()));
    if built.code != 0 {
        return Err(built.stderr);
    }
    let messages = built.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let programs = messages.filter_map(|message| {
        let program = message["executable"].as_str()?;
        let package = Path::new(message["manifest_path"].as_str()?).parent()?.file_name()?;
        let name = NAMES.into_iter().find(|name| package == &*format!("wire-{name}"))?;
        Some((name, PathBuf::from(program)))
    });
    Ok(programs.collect())
}

/// Generates the crate of a fixture, and adds the test to it.
fn add(folder: &Path, name: &str) {
    let package = format!("wire-{name}");
    let folder = folder.join(&package);
    let spec = real_root().join(format!("generator/tests/fixtures/{name}.yaml"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["generate", "--force", "--package", &package, "--spec"]).arg(spec);
    command.arg("--out").arg(&folder).current_dir(real_root()).stdin(Stdio::null());
    let made = output_of(&mut command);
    assert_eq!(made.code, 0, "{made:#?}");

    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
    fs::write(folder.join("Cargo.toml"), manifest.replace("\n[workspace]\n", "\n")).unwrap();
    // The dependencies of the crate's own test are sufficient for this test.
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    fs::create_dir_all(folder.join("tests/server")).unwrap();
    for (from, to) in [(&*format!("{name}.rs"), "wire.rs"), ("server.rs", "server/mod.rs")] {
        put(&folder.join("tests").join(to), &fs::read_to_string(tests.join(from)).unwrap());
    }
}

/// Writes a file, unless it has this text already: Cargo rebuilds files whose modification time changed.
fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

fn run(name: &str) {
    let programs = PROGRAMS.as_ref().unwrap_or_else(|errors| panic!("{errors}"));
    let mut command = Command::new(&programs[name]);
    command.current_dir(folder().join(format!("wire-{name}"))).env("NO_PROXY", "*");
    let tested = output_of(command.stdin(Stdio::null()));
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
fn children_of_a_base_are_read_and_sent_with_what_they_have() {
    run("inheritance");
}

#[test]
fn values_of_several_types_are_read_written_and_sent() {
    run("one_of");
}

#[test]
fn integers_of_all_sizes_are_read_and_sent_exactly() {
    run("integers");
}

#[test]
fn dates_times_and_decimals_are_read_and_sent_as_they_are() {
    run("formats");
}

#[test]
fn bodies_that_differ_by_status_are_read_as_what_they_are() {
    run("statuses");
}
