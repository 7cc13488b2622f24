//! A client behaves after a change of its document as the comparison predicts: for each change in
//! `generator/tests/wire/changes.yaml`, a client is generated from the older document, compiled, and given responses of the
//! newer one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says where it stands what it did not find"
)]

#[path = "../../../generator/tests/wire/changes.rs"]
#[allow(dead_code, reason = "what is found is looked at where it is made")]
mod changes;
#[path = "../../tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use changes::{changes, document};
use common::{CommandOutput, output_of, real_root};
use serde_json::Value;

/// Writes both documents into a folder that is kept, so that the client is compiled only once.
fn written(documents: [&Value; 2]) -> [PathBuf; 2] {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replay");
    fs::create_dir_all(&folder).unwrap();
    let paths = ["before.json", "after.json"].map(|name| folder.join(name));
    for (path, document) in paths.iter().zip(documents) {
        fs::write(path, document.to_string()).unwrap();
    }
    paths
}

fn replay(documents: [&Value; 2]) -> CommandOutput {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask-full"));
    command.args(["replay", "--exact"]).args(written(documents));
    // The workspace has built the dependencies already.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.env("CARGO_TARGET_DIR", target).current_dir(real_root()).stdin(Stdio::null());
    output_of(&mut command)
}

/// The operations of a document whose response is JSON.
fn answering(document: &Value) -> Vec<&String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let with_json = paths.filter(|(_, item)| {
        item["post"]["responses"]["200"]["content"].get("application/json").is_some()
    });
    with_json.map(|(path, _)| path).collect()
}

/// The sum of the numbers in a line of the table.
fn total(output: &CommandOutput, heading: &str) -> usize {
    let line = output.stdout.lines().find_map(|line| line.trim().strip_prefix(heading));
    let numbers =
        line.expect(heading).split([' ', ',']).filter_map(|word| word.parse::<usize>().ok());
    numbers.sum()
}

#[test]
#[ignore = "thorough: compiles a client"]
fn each_change_is_met_as_it_was_foretold() {
    let changes = changes();
    let documents = [0, 1].map(|index| document(&changes, index));
    let output = replay([&documents[0], &documents[1]]);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    assert_eq!(
        total(&output, "answers read:"),
        answering(&documents[0]).len(),
        "{}",
        output.stdout
    );
}
