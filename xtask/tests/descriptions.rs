//! `cargo test --doc` of a generated crate compiles the examples that the generator wrote, but no text of the document.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;
#[path = "../../generator/tests/descriptions/document.rs"]
mod document;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{output_of, real_root};
use document::{Random, document};

/// The number of operations in the document. Each has a dozen texts of its own.
const OPERATIONS: usize = 60;

#[test]
fn documentation_tests_compile_nothing_that_a_document_says() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    fs::create_dir_all(&folder).unwrap();
    let (spec, out) = (folder.join("descriptions.json"), folder.join("descriptions"));
    let mut random = Random(18);
    fs::write(&spec, document(OPERATIONS, &mut || random.text()).to_string()).unwrap();
    let mut generate = Command::new(env!("CARGO_BIN_EXE_xtask"));
    generate.args(["generate", "--spec"]).arg(&spec).arg("--out").arg(&out);
    let made = output_of(generate.current_dir(real_root()).stdin(Stdio::null()));
    assert_eq!(made.code, 0, "{made:#?}");

    // The versions of dependencies that the repository's workspace has built already.
    fs::copy(real_root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut test = Command::new(env!("CARGO"));
    test.args(["test", "--doc", "--offline", "--quiet", "--", "generated"]);
    test.current_dir(&out).env("CARGO_TARGET_DIR", target).stdin(Stdio::null());
    let tested = output_of(&mut test);
    assert_eq!(tested.code, 0, "{tested:#?}");
    let expected = format!("test result: ok. {OPERATIONS} passed; 0 failed; 0 ignored;");
    assert!(tested.stdout.contains(&expected), "{tested:#?}");
}
