//! A command that is killed at any moment leaves the old state or the new one.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{Repo, document, snapshot};

const ROUNDS: u32 = 40;
const GENERATED: &str = "generated-client/src/generated";

/// How long the command takes when it is left alone.
fn measured(repo: &Repo, args: &[&str]) -> Duration {
    let start = Instant::now();
    repo.expect(0, args);
    start.elapsed()
}

/// Starts the command and kills it in the given round of its time, unless it has ended by then.
fn kill_in_round(repo: &Repo, args: &[&str], round: u32, whole: Duration) {
    let mut child = repo.command(args).stderr(std::process::Stdio::null()).spawn().unwrap();
    // The last rounds come a little late, for a run that is slower than the measured one.
    sleep(whole * round * 5 / (ROUNDS * 4));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn fetch_changes_document_and_record_together() {
    let repo = Repo::new();
    repo.write("openapi/overlay.yaml", "overlay: 1.0.0\n");
    let mut states: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
    let mut whole = Duration::ZERO;
    for name in ["one", "two"] {
        // Large enough for the writing to take a moment.
        let title = name.repeat(200_000);
        repo.write(&format!("{name}.json"), document(&title, &["/things/get"]));
        whole = measured(&repo, &["fetch", "--file", &format!("{name}.json")]);
        states.push(snapshot(&repo.path("openapi")));
    }
    assert_ne!(states[0], states[1]);
    for round in 0..ROUNDS {
        let name = if round % 2 == 0 { "one.json" } else { "two.json" };
        kill_in_round(&repo, &["fetch", "--file", name], round, whole);
        let now = snapshot(&repo.path("openapi"));
        assert!(states.iter().any(|state| same_but_for_the_date(state, &now)), "round {round}");
    }
    repo.expect(0, &["fetch", "--file", "one.json"]);
    assert!(left_overs(&repo, ".").is_empty());
}

/// The test may run over midnight.
fn same_but_for_the_date(
    one: &BTreeMap<String, Vec<u8>>,
    other: &BTreeMap<String, Vec<u8>>,
) -> bool {
    let undated = |files: &BTreeMap<String, Vec<u8>>| {
        let mut files = files.clone();
        if let Some(record) = files.get_mut("source.toml") {
            let text = String::from_utf8_lossy(record).into_owned();
            let lines = text.lines().filter(|line| !line.starts_with("date"));
            *record = lines.collect::<Vec<_>>().join("\n").into_bytes();
        }
        files
    };
    undated(one) == undated(other)
}

#[test]
fn generate_changes_the_whole_tree() {
    let repo = Repo::new();
    let whole = measured(&repo, &["generate"]);
    let new = snapshot(&repo.path(GENERATED));
    for round in 0..ROUNDS {
        fs::remove_dir_all(repo.path(GENERATED)).unwrap();
        for number in 0..20 {
            repo.write(&format!("{GENERATED}/old/{number}.rs"), format!("// {number}\n"));
        }
        let old = snapshot(&repo.path(GENERATED));
        kill_in_round(&repo, &["generate"], round, whole);
        let now = snapshot(&repo.path(GENERATED));
        assert!(now == old || now == new, "round {round}: {:?}", now.keys());
    }
    repo.expect(0, &["generate"]);
    assert_eq!(snapshot(&repo.path(GENERATED)), new);
    assert!(left_overs(&repo, "generated-client/src").is_empty());
}

fn left_overs(repo: &Repo, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repo.path(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".staged-")).collect()
}
