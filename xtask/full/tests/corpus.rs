//! `corpus` with a substitute for Cargo, which compiles every crate and reports one call.
#![cfg(any(target_os = "linux", target_vendor = "apple"))]
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use common::{CommandOutput, Repo, document, sha256};

/// Fails where a file requests it, and reports one call, which passes unless a file requests otherwise.
const CARGO: &str = "#!/bin/sh
root=../../..
case \"$*\" in
rustc*) if grep -qs Nothing src/lib.rs; then exit 0; fi; test ! -e $root/library-fails ;;
*--no-run) test ! -e $root/calls-fail-to-compile ;;
*)
    passed=true
    test ! -e $root/call-fails || passed=false
    printf '[{\"operation\": \"things::get\", \"call\": \"required\", \"server\": \"offline\", \"passed\": %s, ' $passed > $CONFORMANCE_RESULT
    echo '\"repairs\": 0, \"broken\": false, \"problem\": \"no such luck\", \"listed\": null}]' >> $CONFORMANCE_RESULT
    test ! -e $root/call-fails
    ;;
esac
";

fn prepared() -> Repo {
    let repo = Repo::new();
    repo.program("cargo", CARGO);
    repo.write("Cargo.lock", "");
    repo.write("theirs.json", theirs());
    repo
}

/// A document with a property that may be anything, and one that Rust has no type for.
fn theirs() -> String {
    let text = document("Theirs", &["/things/get"]);
    let anything = "\"anything\": {}, \"odd\": {\"type\": \"array\", \"items\": {\"allOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]}},";
    text.replacen("\"count\": {", &format!("{anything} \"count\": {{"), 1)
}

#[track_caller]
fn expect(repo: &Repo, code: i32, args: &[&str]) -> CommandOutput {
    let path = format!("{}:/usr/bin:/bin", repo.path("bin").display());
    let mut command = repo.command(args);
    let output = common::output_of(command.env("PATH", path).env("CARGO", repo.path("bin/cargo")));
    assert_eq!(output.code, code, "{output:#?}");
    output
}

/// The cells of a line of the table.
fn cells(output: &CommandOutput, line: usize) -> Vec<String> {
    let line = output.stdout.lines().nth(line).unwrap_or_default();
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_table_says_what_became_of_each_document_that_is_given() {
    let repo = prepared();
    repo.write("refused.json", "{\"openapi\": \"2.0\"}");
    let output = expect(&repo, 1, &["corpus", "theirs.json", "refused.json"]);
    let theirs = cells(&output, 1);
    assert_eq!(theirs[..2], ["theirs.json", "1"], "{output:#?}");
    assert_eq!(theirs[3], "2 (1 described)", "{output:#?}");
    assert!(theirs[4].ends_with(" s"), "{output:#?}");
    assert_eq!(theirs[5..], ["1 of 1", "1 unsupported-schema"], "{output:#?}");
    assert_eq!(cells(&output, 2)[4], "is refused", "{output:#?}");
    let described =
        "theirs.json: /components/schemas/thing/properties/odd/items is described, and any JSON\n";
    assert!(output.stdout.ends_with(described), "{output:#?}");
    expect(&repo, 0, &["corpus", "theirs.json"]);
}

#[test]
fn a_client_that_does_not_compile_or_fails_a_call_fails_the_command() {
    let repo = prepared();
    for (file, cell, shown) in [
        ("library-fails", 4, "does not compile"),
        ("calls-fail-to-compile", 5, "do not compile"),
        ("call-fails", 5, "0 of 1"),
    ] {
        repo.write(file, "");
        let output = expect(&repo, 1, &["corpus", "theirs.json"]);
        assert_eq!(cells(&output, 1)[cell], shown, "{file}: {output:#?}");
        std::fs::remove_file(repo.path(file)).unwrap();
    }
    repo.write("call-fails", "");
    let output = expect(&repo, 0, &["corpus", "--no-tests", "theirs.json"]);
    assert_eq!(cells(&output, 1)[5], "–", "{output:#?}");
}

#[test]
fn what_is_listed_has_to_be_found_again_until_it_is_written() {
    let repo = prepared();
    let listed = format!(
        "# Kept.\n[[document]]\npackage = \"them@1.0.0\"\npath = \"a/theirs.json\"\nsha256 = \"{}\"\n",
        sha256(theirs().as_bytes())
    );
    repo.write("xtask/corpus.toml", &listed);
    repo.write("target/corpus/documents/them@1.0.0/a/theirs.json", theirs());
    let output = expect(&repo, 1, &["corpus"]);
    assert!(
        output.stderr.contains("a/theirs.json: calls: 1, and 0 were expected\n"),
        "{output:#?}"
    );
    assert!(output.stderr.ends_with("run: cargo xtask corpus --write\n"), "{output:#?}");
    expect(&repo, 0, &["corpus", "--write"]);
    let written = repo.read("xtask/corpus.toml");
    assert!(written.starts_with(&listed), "{written}");
    assert!(written.contains("\ndiagnostics = { unsupported-schema = 1 }\n"), "{written}");
    expect(&repo, 0, &["corpus"]);
    repo.write("call-fails", "");
    let output = expect(&repo, 1, &["corpus"]);
    assert!(output.stderr.contains("calls that pass: 0, and 1 were expected\n"), "{output:#?}");
    repo.write("target/corpus/documents/them@1.0.0/a/theirs.json", "{}");
    let output = expect(&repo, 2, &["corpus"]);
    assert!(output.stderr.contains("a/theirs.json of them@1.0.0 has the sha256 "), "{output:#?}");
}
