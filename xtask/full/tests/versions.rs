//! `versions` and `names`, with a stand-in for Cargo that accepts every crate except those listed in a file.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use common::{CommandOutput, Repo, document};

/// Rejects the crates of packages whose names are in a file.
const CARGO: &str = "#!/bin/sh
echo \"$@\" >> ../../../cargo-asked
if grep -qsf ../../../refused Cargo.toml; then echo 'error: no such luck' >&2; exit 101; fi
";

/// Two versions of a document. The second one requires one more parameter, and lacks another name.
fn prepared() -> Repo {
    let repo = Repo::new();
    repo.program("cargo", CARGO);
    repo.write("Cargo.lock", "");
    repo.write(
        "openapi/versions.toml",
        "[[version]]\nversion = \"1.0.0\"\n[[version]]\nversion = \"2.0.0\"\n",
    );
    let old = document("Old", &["/things/get", "/things/delete"]);
    let new = document("New", &["/things/get"])
        .replace("\"thing_id\"\n          ]", "\"thing_id\", \"name\"]")
        .replacen("\"thing_id\"\n", "\"thing_id\", \"name\"\n", 1);
    repo.write("target/versions/documents/1.0.0.json", old);
    repo.write("target/versions/documents/2.0.0.json", new);
    repo
}

#[track_caller]
fn expect(repo: &Repo, code: i32, args: &[&str]) -> CommandOutput {
    let path = format!("{}:/usr/bin:/bin", repo.path("bin").display());
    let mut command = repo.command(args);
    let output = common::output_of(command.env("PATH", path).env("CARGO", repo.path("bin/cargo")));
    assert_eq!(output.code, code, "{output:#?}");
    output
}

#[test]
fn each_version_has_a_line_and_each_step_says_what_stayed() {
    let repo = prepared();
    let output = expect(&repo, 0, &["versions"]);
    let lines: Vec<&str> = output.stdout.lines().collect();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(lines[1])[..3], ["1.0.0", "2", "2"], "{output:#?}");
    assert_eq!(words(lines[2])[..3], ["2.0.0", "1", "1"], "{output:#?}");
    assert!(lines[1].ends_with("none         compiles"), "{output:#?}");
    assert_eq!(lines[4], "names of what is in both documents:");
    assert!(lines[5].starts_with("1.0.0 → 2.0.0: "), "{output:#?}");
    assert!(lines[5].contains(" kept, 1 became arguments or setters, 0 renamed; "), "{output:#?}");
    assert!(lines[6].contains("::GetRequest::name → "), "{output:#?}");
    assert!(lines[6].contains("::get(name): what has to be given changed, "), "{output:#?}");
    let asked = "rustc --quiet --lib --profile check -- --deny warnings\n";
    assert_eq!(repo.read("cargo-asked"), asked.repeat(2));
}

#[test]
fn a_client_that_does_not_compile_is_told_and_fails_the_command() {
    let repo = prepared();
    repo.write("refused", "client-2-0-0");
    let output = expect(&repo, 1, &["versions"]);
    assert!(output.stdout.contains("does not compile\n"), "{output:#?}");
    assert!(output.stderr.contains("2.0.0:\nerror: no such luck"), "{output:#?}");
    expect(&repo, 0, &["versions", "1.0.0"]);
}

#[test]
fn a_document_that_the_generator_refuses_does_not_keep_the_others_from_being_tried() {
    let repo = prepared();
    repo.write("target/versions/documents/1.0.0.json", "{\"openapi\": \"2.0\"}");
    let output = expect(&repo, 1, &["versions"]);
    assert!(output.stdout.contains("is refused\n"), "{output:#?}");
    assert!(output.stdout.contains("compiles\n"), "{output:#?}");
    assert!(output.stderr.contains("1.0.0.json:1:"), "{output:#?}");
}

#[test]
fn a_version_is_asked_for_by_a_name_that_npm_takes_for_nothing_else() {
    let output = expect(&prepared(), 2, &["versions", "../folder"]);
    assert!(output.stderr.contains("expected a version such as 1.977.0"), "{output:#?}");
}

#[test]
fn names_are_listed_with_their_places() {
    let repo = prepared();
    let output = repo.expect(0, &["names"]);
    let line = "models::Thing::thing_id\tfield\t/components/schemas/thing/properties/thing_id\n";
    assert!(output.stdout.contains(line), "{output:#?}");
    let only = ["names", "--spec", "target/versions/documents/1.0.0.json", "--only"];
    let output = repo.expect(0, &[&only[..], &["/things/delete"]].concat());
    assert!(
        output.stdout.contains("::delete\tmethod\t/paths/~1things~1delete/post\n"),
        "{output:#?}"
    );
    assert!(!output.stdout.contains("~1things~1get"), "{output:#?}");
}
