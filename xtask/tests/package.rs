//! The client can be published: Cargo has no warning, and the package contains only what users need.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{output_of, real_root};

fn package(args: &[&str]) -> common::CommandOutput {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package");
    let mut command = Command::new(env!("CARGO"));
    command.args(["package", "--package", "seam-client", "--offline", "--allow-dirty"]).args(args);
    let output = output_of(command.arg("--target-dir").arg(target).current_dir(real_root()));
    assert_eq!(output.code, 0, "{output:#?}");
    output
}

#[test]
fn packing_the_client_gives_no_warning() {
    let output = package(&["--no-verify"]);
    assert!(
        output.stderr.contains("Packaged ") && !output.stderr.contains("warning"),
        "{output:#?}"
    );
}

#[test]
fn calls_of_every_operation_are_no_part_of_the_package() {
    let files = package(&["--list"]).stdout;
    assert!(files.contains("src/generated/mod.rs\n") && files.contains("README.md\n"), "{files}");
    assert!(!files.contains("conformance/api"), "{files}");
}
