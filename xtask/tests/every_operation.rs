//! `conformance --spec` generates a client from any document, calls all operations, and reports what is wrong. No server is
//! needed.
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{CommandOutput, output_of, real_root};

const LIST: &str = "
- operation: things::make
  calls: [required]
  servers: [offline]
  reason: It is not.
- operation: things::lose
  calls: [required]
  servers: [offline]
  reason: There is no such operation.
";

fn conformance(impossible: Option<&Path>) -> CommandOutput {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["conformance", "--no-servers", "--spec", "xtask/tests/every_operation.yaml"]);
    if let Some(file) = impossible {
        command.arg("--impossible").arg(file);
    }
    // The workspace has built the dependencies already.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.env("CARGO_TARGET_DIR", target).current_dir(real_root()).stdin(Stdio::null());
    output_of(&mut command)
}

#[test]
#[ignore = "thorough: compiles a client and its dependencies"]
fn parameters_and_bodies_of_each_kind_are_what_the_document_asks_for() {
    let output = conformance(None);
    assert_eq!(output.code, 0, "{}\n{}", output.stdout, output.stderr);
    for line in [
        "| none, only what is sent | 4 of 4 | 9 of 9 | 0 | – |\n",
        "The calls of 4 of 4 operations send every parameter and property that is documented, ",
        "\n0 trials went otherwise than they should have\n",
    ] {
        assert!(output.stdout.contains(line), "{line}: {}", output.stdout);
    }

    // A listed call has to exist and to fail.
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("impossible.yaml");
    fs::write(&file, LIST).unwrap();
    let output = conformance(Some(&file));
    assert_eq!(output.code, 1, "{}\n{}", output.stdout, output.stderr);
    for line in [
        "  things::make::required @ offline\n    it passes, although it is listed as impossible\n",
        "| `things::make`: `required` | none, only what is sent | It is not. |\n",
    ] {
        assert!(output.stdout.contains(line), "{line}: {}", output.stdout);
    }
    assert!(output.stdout.contains("things::lose::required"), "{}", output.stdout);
}
