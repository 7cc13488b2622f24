//! Checks the dependencies against `.deny.toml`: the checks of `cargo deny` in the workflows that are possible without a
//! network and without cargo-deny.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use common::{output_of, real_root};
use toml_edit::DocumentMut;

fn rules() -> DocumentMut {
    fs::read_to_string(real_root().join(".deny.toml")).unwrap().parse().unwrap()
}

/// The strings in a list of the rules. For a table, its entry `crate`.
fn listed(rules: &DocumentMut, table: &str, key: &str) -> BTreeSet<String> {
    let list = rules[table][key].as_array().unwrap().iter();
    let text = |one: &toml_edit::Value| match one.as_inline_table() {
        Some(table) => table["crate"].as_str().map(str::to_owned),
        None => one.as_str().map(str::to_owned),
    };
    list.map(|one| text(one).unwrap()).collect()
}

/// The packages that are built on this machine: name, version and licence.
fn packages() -> BTreeSet<[String; 3]> {
    let tree = output_of(Command::new(env!("CARGO")).current_dir(real_root()).args([
        "tree",
        "--workspace",
        "--features=seam-client/full",
        "--locked",
        "--offline",
        "--prefix=none",
        "--no-dedupe",
        "--format={p}|{l}",
    ]));
    let package = |line: &str| {
        let (package, licence) = line.split_once('|').unwrap();
        let (name, version) = package.split_once(" v").unwrap();
        let version = version.split(' ').next().unwrap();
        [name, version, licence].map(str::to_owned)
    };
    let packages: BTreeSet<_> =
        tree.stdout.lines().filter(|line| !line.is_empty()).map(package).collect();
    assert!(packages.len() > 100, "{tree:#?}");
    packages
}

/// The packages in a lock file by name, with their versions and sources.
fn locked(path: &str) -> BTreeMap<String, BTreeSet<(String, Option<String>)>> {
    let lock: DocumentMut = fs::read_to_string(real_root().join(path)).unwrap().parse().unwrap();
    let mut packages = BTreeMap::<_, BTreeSet<_>>::new();
    for package in lock["package"].as_array_of_tables().unwrap() {
        let text = |key: &str| package.get(key).map(|item| item.as_str().unwrap().to_owned());
        let of_name = packages.entry(text("name").unwrap()).or_default();
        of_name.insert((text("version").unwrap(), text("source")));
    }
    packages
}

#[test]
fn everything_has_a_licence_that_is_allowed() {
    let allowed = listed(&rules(), "licenses", "allow");
    // A licence expression is accepted if each part that `AND` joins has an accepted alternative.
    let is_good = |licence: &str| {
        let licence = licence.replace(" WITH LLVM-exception", "-with-exception");
        let parts = licence.split(" AND ").map(|part| part.trim_matches(['(', ')']));
        parts.fold(true, |good, part| {
            let mut alternatives = part.split(" OR ").flat_map(|part| part.split('/'));
            good && alternatives.any(|one| allowed.contains(one.trim()))
        })
    };
    for [name, _, licence] in packages() {
        assert!(is_good(&licence), "{name}: `{licence}`");
    }
    assert!(!is_good("MIT AND GPL-3.0") && !is_good("GPL-3.0 OR (MIT AND SSPL-1.0)"));
}

#[test]
fn everything_comes_from_the_registry() {
    let ours = ["seam-client", "seam-fuzz", "seam-generator", "xtask", "xtask-full"];
    let mut sources = BTreeSet::new();
    for path in ["Cargo.lock", "xtask/fuzz/Cargo.lock"] {
        for (name, versions) in locked(path) {
            for (version, source) in versions {
                match source {
                    Some(source) => {
                        assert!(
                            source.starts_with("registry+"),
                            "{path}: {name} {version} is from {source}"
                        );
                        sources.insert(source);
                    }
                    None => assert!(
                        ours.contains(&name.as_str()),
                        "{path}: {name} {version} is from a folder"
                    ),
                }
            }
        }
    }
    assert_eq!(sources.len(), 1, "{sources:?}");
}

#[test]
fn nothing_is_built_in_two_versions_without_a_reason() {
    let skipped = listed(&rules(), "bans", "skip");
    let mut built = BTreeMap::<String, BTreeSet<String>>::new();
    for [name, version, _] in packages() {
        built.entry(name).or_default().insert(version);
    }
    for (name, versions) in built {
        let counted = versions.iter().filter(|one| !skipped.contains(&format!("{name}@{one}")));
        assert!(counted.count() < 2, "{name}: {versions:?}");
    }
    let locked = locked("Cargo.lock");
    for one in skipped {
        let (name, version) = one.split_once('@').unwrap();
        let is_there = locked[name].iter().any(|(known, _)| known == version);
        assert!(is_there, "{one} is not there any more");
    }
}

#[test]
fn what_is_fuzzed_is_built_of_the_same() {
    let (ours, fuzzed) = (locked("Cargo.lock"), locked("xtask/fuzz/Cargo.lock"));
    for (name, versions) in fuzzed {
        let Some(known) = ours.get(&name) else { continue };
        assert!(
            versions.is_subset(known),
            "{name}: {versions:?}, not {known:?}: `cp Cargo.lock xtask/fuzz/Cargo.lock`, and `cargo metadata` in \
             xtask/fuzz drops what it does not need"
        );
    }
}

/// The packages of a dependency tree with their features, as Cargo would build them.
fn features(args: &[&str]) -> BTreeSet<String> {
    let format = ["tree", "--locked", "--offline", "--prefix=none", "--format={p} {f}"];
    let tree =
        output_of(Command::new(env!("CARGO")).current_dir(real_root()).args(format).args(args));
    assert_eq!(tree.code, 0, "{tree:#?}");
    let lines = tree.stdout.lines().map(|line| line.trim_end_matches(" (*)").trim_end());
    lines.filter(|line| !line.is_empty() && !line.contains(" (/")).map(str::to_owned).collect()
}

#[test]
fn tests_compile_no_dependency_again_that_the_first_command_has_compiled() {
    let first = features(&["--package=xtask", "--edges=normal,build"]);
    let tests = features(&["--workspace", "--features=seam-client/full"]);
    assert!(first.len() > 50, "{first:#?}");
    let again: Vec<&String> = first.difference(&tests).collect();
    assert!(
        again.is_empty(),
        "give them the features that tests need in xtask/Cargo.toml: {again:#?}"
    );
}

#[test]
fn the_first_command_needs_no_network() {
    let first = features(&["--package=xtask", "--edges=normal,build"]);
    let names: Vec<&str> = first.iter().filter_map(|line| line.split(' ').next()).collect();
    for name in ["hyper", "openssl", "reqwest", "ring", "rustls", "tokio", "url"] {
        assert!(!names.contains(&name), "{name}");
    }
}
