//! The client compiles with each set of features, and with the Rust version that its manifest declares.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{output_of, real_root};
use serde_json::Value;
use toml_edit::DocumentMut;

/// Features that stand for several others, and the TLS backend that needs headers of the operating system.
const NOT_COMBINED: [&str; 3] = ["default", "full", "native-tls"];

fn features() -> Vec<String> {
    let manifest = fs::read_to_string(real_root().join("generated-client/Cargo.toml")).unwrap();
    let manifest: DocumentMut = manifest.parse().unwrap();
    let features = manifest["features"].as_table().unwrap().iter();
    features
        .map(|(name, _)| name.to_owned())
        .filter(|name| !NOT_COMBINED.contains(&&**name) && !name.starts_with("api"))
        .collect()
}

/// Generates a client of one operation: features concern the hand-written part, which is the same in each client.
fn small_client() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates/features");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["generate", "--force", "--spec", "openapi/openapi.json"]);
    command.args(["--overlay", "openapi/overlay.yaml", "--only", "/devices/list"]);
    command.arg("--out").arg(&folder).current_dir(real_root());
    let output = output_of(command.stdin(Stdio::null()));
    assert_eq!(output.code, 0, "{output:#?}");
    fs::copy(real_root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

#[test]
#[ignore = "thorough: compiles the client once for each set"]
fn each_set_of_features_compiles_without_a_warning() {
    let features = features();
    assert!(features.len() > 1, "{features:?}");
    let folder = small_client();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    for set in 0..1_u32 << features.len() {
        let chosen = features.iter().enumerate().filter(|(index, _)| set >> index & 1 == 1);
        let chosen: Vec<&str> = chosen.map(|(_, name)| name.as_str()).collect();
        let mut command = Command::new(env!("CARGO"));
        command.args(["rustc", "--quiet", "--offline", "--lib", "--profile", "check"]);
        command.args(["--no-default-features", "--features", &chosen.join(",")]);
        command.args(["--", "-D", "warnings"]).current_dir(&folder);
        let output = output_of(command.env("CARGO_TARGET_DIR", target).stdin(Stdio::null()));
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{chosen:?}");
    }
}

/// Only some of the parts: the generator treats the others in the same way, and a workflow compiles each of them.
#[test]
#[ignore = "thorough: compiles the client once for each part"]
fn a_part_of_the_api_compiles_by_itself_without_a_warning() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    for part in ["api-acs", "api-locks", "api-webhooks"] {
        let mut command = Command::new(env!("CARGO"));
        command.args(["rustc", "--quiet", "--offline", "--lib", "--profile", "check"]);
        command.args(["--package", "seam-client", "--no-default-features"]);
        command.args(["--features", &format!("rustls,{part}"), "--", "-D", "warnings"]);
        command.env("CARGO_TARGET_DIR", target).current_dir(real_root()).stdin(Stdio::null());
        let output = output_of(&mut command);
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{part}");
    }
}

#[test]
fn no_dependency_needs_a_newer_rust_than_the_workspace_says() {
    let output = command(env!("CARGO"), &["version", "--verbose"]);
    let host = output.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned();
    let metadata = ["metadata", "--format-version", "1", "--offline", "--locked"];
    let metadata = [&metadata[..], &["--filter-platform", &host]].concat();
    let metadata: Value = serde_json::from_str(&command(env!("CARGO"), &metadata)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let own = packages.iter().find(|package| package["name"] == "seam-client").unwrap();
    let own = version(own).unwrap();
    let newer: Vec<&Value> = packages
        .iter()
        .filter(|package| version(package).is_some_and(|needed| needed > own))
        .map(|package| &package["id"])
        .collect();
    assert!(packages.len() > 20 && newer.is_empty(), "{newer:#?} need more than {own:?}");
}

fn command(program: &str, args: &[&str]) -> String {
    let output = output_of(Command::new(program).args(args).current_dir(real_root()));
    assert_eq!(output.code, 0, "{args:?}: {}", output.stderr);
    output.stdout
}

/// Parses major, minor and patch version.
fn version(package: &Value) -> Option<[u32; 3]> {
    let mut version = [0; 3];
    let parts = package["rust_version"].as_str()?.split('.');
    version.iter_mut().zip(parts).for_each(|(number, part)| *number = part.parse().unwrap());
    Some(version)
}
