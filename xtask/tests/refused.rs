//! `generate` refuses a document that it does not support, says where and why, and writes nothing.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use common::{Repo, real_root, snapshot};

/// Refused documents among the generator's fixtures. Their whole messages are checked there.
const REFUSED: [&str; 5] =
    ["truncated.json", "html.html", "swagger.json", "newer.yaml", "twins.yaml"];

#[test]
fn what_is_refused_leaves_the_tree_as_it_is() {
    let repo = Repo::new();
    repo.expect(0, &["generate", "--spec", "openapi/openapi.json", "--out", "made"]);
    for name in REFUSED {
        let fixture = real_root().join("generator/tests/bad").join(name);
        repo.write(name, std::fs::read(fixture).unwrap());
    }
    let before = snapshot(&repo.path("."));
    for name in REFUSED {
        for (out, check) in [("new", None), ("made", None), ("made", Some("--check"))] {
            let mut args = vec!["generate", "--spec", name, "--out", out];
            args.extend(check);
            let output = repo.expect(2, &args);
            assert_eq!(output.stdout, "", "{args:?}");
            let has = |part: &str| output.stderr.contains(part);
            assert!(has("error["), "{args:?}: {output:#?}");
            assert!(has(&format!("  --> {name}:")), "{args:?} has no place: {output:#?}");
            assert!(has("   = help: "), "{args:?} has no remedy: {output:#?}");
            assert_eq!(snapshot(&repo.path(".")), before, "{args:?}");
        }
    }
}

#[test]
fn what_has_no_rust_is_refused_by_those_who_want_all_or_nothing() {
    let repo = Repo::new();
    let name = "union_without_key.yaml";
    let fixture = real_root().join("generator/tests/bad").join(name);
    repo.write(name, std::fs::read(fixture).unwrap());
    let output = repo.expect(2, &["generate", "--spec", name, "--out", "strict", "--strict"]);
    assert!(output.stderr.contains("error[ordered-union]"), "{}", output.stderr);
    assert!(!repo.path("strict").exists());
    let output = repo.expect(0, &["generate", "--spec", name, "--out", "lenient"]);
    assert!(output.stderr.contains("warning[ordered-union]"), "{}", output.stderr);
}
