//! The output does not depend on the order of keys and on the notation of a document.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::fs;

use common::{Repo, output_of, real_root, snapshot};
use serde_json::{Map, Value};

/// A copy of the repository with the real document and overlay.
fn real() -> Repo {
    let repo = Repo::new();
    for (name, bytes) in snapshot(&real_root().join("openapi")) {
        repo.write(&format!("openapi/{name}"), bytes);
    }
    repo
}

/// Reorders the keys of all objects in a value.
fn reordered(value: &Value, order: &mut impl FnMut(&mut [(String, Value)])) -> Value {
    match value {
        Value::Object(object) => {
            let entries = object.iter().map(|(key, value)| (key.clone(), reordered(value, order)));
            let mut entries: Vec<_> = entries.collect();
            order(&mut entries);
            Value::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(array) => array.iter().map(|value| reordered(value, order)).collect(),
        other => other.clone(),
    }
}

/// Pseudo-random numbers, the same ones in every run (splitmix64).
fn numbers(mut state: u64) -> impl FnMut() -> u64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[test]
fn the_order_of_keys_does_not_show() {
    let repo = real();
    let document: Value = serde_json::from_str(&repo.read("openapi/openapi.json")).unwrap();
    let count = repo.expect(0, &["generate"]).stdout;

    let reversed = reordered(&document, &mut |entries| entries.reverse());
    let mut next = numbers(977);
    let shuffled = reordered(&document, &mut |entries| {
        for end in (1..entries.len()).rev() {
            let other = next() % (end as u64 + 1);
            entries.swap(end, usize::try_from(other).unwrap());
        }
    });
    for (name, other) in [("reversed", reversed), ("shuffled", shuffled)] {
        assert_eq!(other, document, "{name}: it is the same document");
        let text = serde_json::to_string_pretty(&other).unwrap();
        assert_ne!(text, repo.read("openapi/openapi.json").trim_end(), "{name}");
        repo.write("openapi/openapi.json", text);
        let output = repo.expect(0, &["generate"]);
        assert!(output.stderr.ends_with("lines, unchanged\n"), "{name}: {output:#?}");
        assert_eq!(output.stdout, count, "{name}");
    }
}

#[test]
fn the_working_directory_does_not_show() {
    let repo = real();
    let spec = repo.path("openapi/openapi.json");
    let overlay = repo.path("openapi/overlay.yaml");
    fs::create_dir_all(repo.path("some/where/else")).unwrap();
    for (folder, out) in [("", "here"), ("some/where/else", "there")] {
        let mut command = repo.command(&["generate", "--package", "same", "--spec"]);
        command.arg(&spec).arg("--overlay").arg(&overlay).arg("--out").arg(repo.path(out));
        let output = output_of(command.current_dir(repo.path(folder)));
        assert_eq!(output.code, 0, "{output:#?}");
    }
    let here = snapshot(&repo.path("here"));
    assert!(here.len() > 200, "it is the whole client");
    assert_eq!(here, snapshot(&repo.path("there")));
    // The command finds the checked-in client from any folder.
    let mut command = repo.command(&["generate"]);
    let output = output_of(command.current_dir(repo.path("some/where/else")));
    assert_eq!(output.code, 0, "{output:#?}");
    let generated = snapshot(&repo.path("generated-client/src/generated"));
    assert_eq!(generated, snapshot(&real_root().join("generated-client/src/generated")));
}

#[test]
fn yaml_gives_what_json_gives() {
    let repo = real();
    let document: Value = serde_json::from_str(&repo.read("openapi/openapi.json")).unwrap();
    repo.write("openapi/openapi.yaml", serde_yaml::to_string(&document).unwrap());
    for notation in ["json", "yaml"] {
        let spec = format!("openapi/openapi.{notation}");
        let options = ["--overlay", "openapi/overlay.yaml", "--only", "/acs/credentials/assign"];
        let made = ["generate", "--spec", &spec, "--out", notation, "--package", "assign-only"];
        repo.expect(0, &[&made[..], &options[..]].concat());
    }
    assert_eq!(snapshot(&repo.path("yaml/src")), snapshot(&repo.path("json/src")));
    assert!(repo.path("yaml/src/generated/models/acs_credential.rs").exists());
}
