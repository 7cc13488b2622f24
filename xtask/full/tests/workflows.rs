//! The GitHub workflows call commands and options that exist, and have no more permissions than they need.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use common::{output_of, real_root};
use serde_yaml::Value;

/// The workflows by file name.
fn workflows() -> BTreeMap<String, Value> {
    let entries = fs::read_dir(real_root().join(".github/workflows")).unwrap();
    let files = entries.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    });
    files.collect()
}

fn jobs(workflow: &Value) -> Vec<&Value> {
    workflow["jobs"].as_mapping().unwrap().values().collect()
}

fn steps(workflow: &Value) -> Vec<&Value> {
    jobs(workflow).iter().flat_map(|job| job["steps"].as_sequence().unwrap()).collect()
}

/// The shell scripts: the steps of the workflows, and the files in `.ci`.
fn scripts() -> Vec<String> {
    let workflows = workflows();
    let steps = workflows.values().flat_map(steps);
    let mut scripts: Vec<String> =
        steps.filter_map(|step| step["run"].as_str().map(str::to_owned)).collect();
    for entry in fs::read_dir(real_root().join(".ci")).unwrap() {
        scripts.push(fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    scripts
}

/// The calls of this program, each as words that begin with the command's name.
fn calls(text: &str) -> Vec<Vec<String>> {
    let words = |line: &str| {
        let word = |word: &str| word.trim_matches(['`', '"', '\'', ';', '.', ',']).to_owned();
        line.split_whitespace().map(word).collect::<Vec<_>>()
    };
    let after = text.lines().flat_map(|line| line.split("xtask ").skip(1));
    let calls = after.map(words).filter(|words| {
        let first = words.first().map_or("", String::as_str);
        !first.is_empty() && first.chars().all(|c| c.is_ascii_lowercase())
    });
    calls.collect()
}

#[test]
fn the_commands_that_are_called_are_there_with_their_options() {
    let documents =
        [".github/CONTRIBUTING.md", "README.md", "openapi/README.md", "xtask/README.md"];
    let documents = documents.map(|name| fs::read_to_string(real_root().join(name)).unwrap());
    // Documentation mentions calls within sentences. Only the words after the program's name count.
    let documents = documents.map(|text| text.replace("cargo xtask", "\ncargo xtask"));
    let texts = scripts().into_iter().chain(documents);
    let calls: Vec<Vec<String>> = texts.flat_map(|text| calls(&text)).collect();
    assert!(calls.len() > 10, "{calls:?}");
    for call in &calls {
        let known = output_of(Command::new(common::PROGRAM).args([&call[0], "--help"]));
        assert_eq!(known.code, 0, "{call:?}");
        let is_option = |word: &&String| {
            word.strip_prefix("--").is_some_and(|name| name.starts_with(char::is_alphabetic))
        };
        for option in call.iter().filter(is_option) {
            // The call may be an argument of another program, so that more characters follow the option.
            let end = option.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let option = &option[..end.unwrap_or(option.len())];
            assert!(known.stdout.contains(option), "{call:?} has no {option}");
        }
    }
}

#[test]
fn the_scripts_that_are_called_are_there() {
    let scripts = scripts();
    let words = scripts.iter().flat_map(|script| script.split_whitespace());
    let called: Vec<&str> = words.filter(|word| word.starts_with(".ci/")).collect();
    assert!(called.contains(&".ci/run") && called.contains(&".ci/propose"), "{called:?}");
    for name in called {
        assert!(real_root().join(name).exists(), "{name}");
    }
}

#[test]
fn nobody_is_given_more_than_is_needed() {
    for (name, workflow) in workflows() {
        assert_eq!(workflow["permissions"], Value::Mapping(Default::default()), "{name}");
        for job in jobs(&workflow) {
            assert!(job["permissions"].is_mapping() && job["timeout-minutes"].is_u64(), "{name}");
            let compiles =
                steps_run(job).any(|run| run.contains("cargo") || run.contains(".ci/run"));
            let writes = job["permissions"].as_mapping().unwrap().values().any(|to| to == "write");
            assert!(!(compiles && writes), "{name}: what is built has no right to write");
        }
        for step in steps(&workflow) {
            let Some(action) = step["uses"].as_str() else { continue };
            let (_, version) = action.split_once('@').unwrap();
            let is_hash = version.len() == 40 && version.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(is_hash, "{name}: {action} can be changed by others; give its commit");
            if action.starts_with("actions/checkout@") {
                assert_eq!(step["with"]["persist-credentials"], Value::Bool(false), "{name}");
            }
        }
    }
}

fn steps_run(job: &Value) -> impl Iterator<Item = &str> {
    job["steps"].as_sequence().unwrap().iter().filter_map(|step| step["run"].as_str())
}

#[test]
fn nothing_from_elsewhere_becomes_part_of_a_command() {
    for script in scripts() {
        assert!(!script.contains("${{"), "pass it by `env` or by a file:\n{script}");
    }
}
