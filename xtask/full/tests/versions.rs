//! `versions` and `names`, with a stand-in for Cargo that accepts every crate except those listed in a file.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use common::{Repo, Said, document};

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
fn expect(repo: &Repo, code: i32, args: &[&str]) -> Said {
    let path = format!("{}:/usr/bin:/bin", repo.path("bin").display());
    let mut command = repo.command(args);
    let said = common::said(command.env("PATH", path).env("CARGO", repo.path("bin/cargo")));
    assert_eq!(said.code, code, "{said:#?}");
    said
}

#[test]
fn each_version_has_a_line_and_each_step_says_what_stayed() {
    let repo = prepared();
    let said = expect(&repo, 0, &["versions"]);
    let lines: Vec<&str> = said.stdout.lines().collect();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(lines[1])[..3], ["1.0.0", "2", "2"], "{said:#?}");
    assert_eq!(words(lines[2])[..3], ["2.0.0", "1", "1"], "{said:#?}");
    assert!(lines[1].ends_with("none         compiles"), "{said:#?}");
    assert_eq!(lines[4], "names of what is in both documents:");
    assert!(lines[5].starts_with("1.0.0 → 2.0.0: "), "{said:#?}");
    assert!(lines[5].contains(" kept, 1 became arguments or setters, 0 renamed; "), "{said:#?}");
    assert!(lines[6].contains("::PostRequest::name → "), "{said:#?}");
    assert!(lines[6].contains("::post(name): what has to be given changed, "), "{said:#?}");
    let asked = "rustc --quiet --lib --profile check -- --deny warnings\n";
    assert_eq!(repo.read("cargo-asked"), asked.repeat(2));
}

#[test]
fn a_client_that_does_not_compile_is_told_and_fails_the_command() {
    let repo = prepared();
    repo.write("refused", "client-2-0-0");
    let said = expect(&repo, 1, &["versions"]);
    assert!(said.stdout.contains("does not compile\n"), "{said:#?}");
    assert!(said.stderr.contains("2.0.0:\nerror: no such luck"), "{said:#?}");
    expect(&repo, 0, &["versions", "1.0.0"]);
}

#[test]
fn a_document_that_the_generator_refuses_does_not_keep_the_others_from_being_tried() {
    let repo = prepared();
    repo.write("target/versions/documents/1.0.0.json", "{\"openapi\": \"2.0\"}");
    let said = expect(&repo, 1, &["versions"]);
    assert!(said.stdout.contains("is refused\n"), "{said:#?}");
    assert!(said.stdout.contains("compiles\n"), "{said:#?}");
    assert!(said.stderr.contains("1.0.0.json:1:"), "{said:#?}");
}

#[test]
fn a_version_is_asked_for_by_a_name_that_npm_takes_for_nothing_else() {
    let said = expect(&prepared(), 2, &["versions", "../folder"]);
    assert!(said.stderr.contains("expected a version such as 1.977.0"), "{said:#?}");
}

#[test]
fn names_are_listed_with_their_places() {
    let repo = prepared();
    let said = repo.expect(0, &["names"]);
    let line = "models::Thing::thing_id\tfield\t/components/schemas/thing/properties/thing_id\n";
    assert!(said.stdout.contains(line), "{said:#?}");
    let only = ["names", "--spec", "target/versions/documents/1.0.0.json", "--only"];
    let said = repo.expect(0, &[&only[..], &["/things/delete"]].concat());
    assert!(said.stdout.contains("::post\tmethod\t/paths/~1things~1delete/post\n"), "{said:#?}");
    assert!(!said.stdout.contains("~1things~1get"), "{said:#?}");
}
