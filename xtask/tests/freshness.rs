//! The checked-in client is what the generator writes today.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

#[test]
fn the_checked_in_client_is_up_to_date() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output =
        common::output_of(command.args(["generate", "--check"]).current_dir(common::real_root()));
    assert_eq!(
        output.code, 0,
        "the checked-in client differs\n\n{}\n{}",
        output.stdout, output.stderr
    );
}

/// The functions that a file gives the client type, as `rustfmt` lays them out.
fn functions(text: &str) -> BTreeSet<String> {
    let blocks = text.split("\nimpl Seam {\n").skip(1);
    let blocks = blocks.map(|block| block.split("\n}").next().unwrap());
    let lines = blocks
        .flat_map(str::lines)
        .filter(|line| line.starts_with("    ") && !line[4..].starts_with(' '));
    let heads = lines
        .filter_map(|line| line.split_once("fn "))
        .filter(|(before, _)| !before.contains("//"));
    heads.map(|(_, head)| head.split(['(', '<']).next().unwrap().to_owned()).collect()
}

#[test]
fn functions_of_the_client_that_are_written_by_hand_are_reserved() {
    let folder = common::real_root().join("generated-client/src/seam");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.extend(functions(&fs::read_to_string(path).unwrap()));
        }
    }
    assert!(found.contains("from_env"), "{found:?}");
    let text = fs::read_to_string(common::real_root().join("openapi/generate.toml")).unwrap();
    let options: toml_edit::DocumentMut = text.parse().unwrap();
    let reserved = options["reserved"].as_array().unwrap().iter();
    let reserved: BTreeSet<String> =
        reserved.map(|name| name.as_str().unwrap().to_owned()).collect();
    assert_eq!(reserved, found, "openapi/generate.toml");
}
