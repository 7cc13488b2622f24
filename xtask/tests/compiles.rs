//! Crates that `generate --spec --out` writes compile without warnings.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;
#[path = "../../generator/tests/hostile/mod.rs"]
mod hostile;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{CommandOutput, output_of, real_root};

/// A module with which the generated calls of all operations compile, in a crate that uses the generated crate.
const CALLS: &str = include_str!("common/calls.rs");

/// A folder in Cargo's folder for temporary files of tests.
fn crates() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates")
}

/// A workspace of crates that each use one generated crate. It is kept, so that the next run compiles only what has changed.
struct Users {
    folder: PathBuf,
    members: Vec<String>,
}

impl Users {
    fn new(name: &str) -> Self {
        Self { folder: crates().join("users").join(name), members: Vec::new() }
    }

    /// Generates a crate, and adds a crate to the workspace that uses it.
    fn add(&mut self, package: &str, args: &[&str]) {
        let crates = crates();
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        // `--force`: an earlier version of the generator may have written the folder.
        command.args(["generate", "--force", "--package", package, "--out"]);
        command.arg(crates.join(package)).args(args);
        let output = output_of(command.current_dir(real_root()).stdin(Stdio::null()));
        assert_eq!(output.code, 0, "{package}: {output:#?}");
        let manifest = format!(
            "[package]\nname = \"user-of-{package}\"\nedition = \"2024\"\n\n[dependencies]\n\
             {package} = {{ path = \"../../../{package}\" }}\nserde = \"1\"\nserde_json = \"1\"\n"
        );
        let calls = CALLS.replace("../src/", &format!("../../../../{package}/src/"));
        let user = self.folder.join(package);
        put(&user.join("Cargo.toml"), &manifest);
        put(&user.join("src/lib.rs"), &calls);
        self.members.push(package.to_owned());
    }

    /// Runs `cargo check` on the workspace. Warnings appear in its output.
    ///
    /// The dependencies are shared with the repository's workspace through its target folder.
    fn check(&self) -> CommandOutput {
        put(
            &self.folder.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = {:?}\n", self.members),
        );
        // The versions of dependencies that the repository's workspace has built already.
        fs::copy(real_root().join("Cargo.lock"), self.folder.join("Cargo.lock")).unwrap();
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut command = Command::new(env!("CARGO"));
        command.args(["check", "--quiet", "--offline", "--workspace", "--keep-going"]);
        output_of(
            command.current_dir(&self.folder).env("CARGO_TARGET_DIR", target).stdin(Stdio::null()),
        )
    }
}

/// Writes a file, unless it has this text already: Cargo rebuilds files whose modification time changed.
fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

#[test]
fn one_operation_of_the_real_document_compiles() {
    let only = ["--spec", "openapi/openapi.json", "--only", "/acs/credentials/assign"];
    let mut users = Users::new("one-operation");
    users.add("assign-only", &only);
    let output = users.check();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
}

#[test]
#[ignore = "thorough: compiles the client with the undocumented parts"]
fn the_whole_real_document_compiles() {
    let spec = ["--spec", "openapi/openapi.json", "--overlay", "openapi/overlay.yaml"];
    let all = [&spec[..], &["--undocumented", "--strict"]].concat();
    let mut users = Users::new("whole");
    users.add("all-of-it", &all);
    let output = users.check();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
}

#[test]
#[ignore = "thorough: compiles a client for each fixture"]
fn what_is_generated_from_each_fixture_compiles() {
    let fixtures = real_root().join("generator/tests/fixtures");
    let mut users = Users::new("fixtures");
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
        users.add(&format!("fixture-{name}"), &args);
    }
    assert!(!users.members.is_empty(), "there are no fixtures");
    let output = users.check();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
}

/// How many documents of hostile names are compiled, and how many schemas and paths each has.
const HOSTILE: u64 = 3;
const SIZE: usize = 30;

#[test]
#[ignore = "thorough: compiles clients of documents with hostile names"]
fn what_is_generated_from_hostile_names_compiles() {
    let mut users = Users::new("hostile");
    for number in 0..HOSTILE {
        let spec = crates().join(format!("hostile-{number}.json"));
        put(&spec, &hostile::document(number, SIZE).to_string());
        users.add(&format!("hostile-{number}"), &["--spec", spec.to_str().unwrap()]);
    }
    let output = users.check();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
}
