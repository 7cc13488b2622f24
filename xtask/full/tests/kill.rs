//! A command that is killed at any moment leaves either the old state or the new one.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::http::{Server, answer};
use common::{Repo, document, sha256, snapshot};

const GENERATED: &str = "generated-client/src/generated";

/// How many times each command is killed.
const FETCHES: usize = 200;
const GENERATES: usize = 40;

/// Random moments to kill a command at. `KILL_SEED` repeats those of an earlier run.
struct Moments {
    random: fastrand::Rng,
    whole: Duration,
}

impl Moments {
    /// Moments within 1.25 times the duration of one complete run, because some runs are slower.
    fn of(mut command: impl FnMut() -> Command) -> Self {
        let seed = std::env::var("KILL_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or_else(|| fastrand::u64(..));
        println!("KILL_SEED={seed}");
        let start = Instant::now();
        assert!(command().stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
        Self { random: fastrand::Rng::with_seed(seed), whole: start.elapsed().mul_f64(1.25) }
    }

    /// Starts the command and kills it, unless it has ended by then.
    fn kill(&mut self, mut command: Command) {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(self.whole.mul_f64(self.random.f64()));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
#[ignore = "thorough: starts a command 200 times"]
fn fetch_changes_document_and_record_together() {
    let repo = Repo::new();
    repo.write("openapi/overlay.yaml", "overlay: 1.0.0\n");
    let urls = ["one", "two", "three"].map(|name| {
        // Large enough for writing to take a moment.
        let text = document(&name.repeat(100_000), &["/things/get"]);
        Server::with(answer("200 OK", &format!("etag: {name}\r\n"), text)).url(&format!("/{name}"))
    });
    let fetch = |url: &str| repo.command(&["fetch", "--url", url]);
    let mut moments = Moments::of(|| fetch(&urls[0]));
    let mut taken = BTreeSet::new();
    for round in 0..FETCHES {
        moments.kill(fetch(&urls[round % urls.len()]));
        let record: toml_edit::DocumentMut = repo.read("openapi/source.toml").parse().unwrap();
        let text = |key: &str| record[key].as_str().unwrap().to_owned();
        let kept = sha256(repo.read("openapi/openapi.json").as_bytes());
        // The files of these documents are identical to the published bytes.
        assert_eq!([text("sha256"), text("kept-sha256")], [kept.clone(), kept.clone()], "{round}");
        assert!(text("origin").ends_with(&format!("/{}", text("etag"))), "{round}: {record}");
        let files: Vec<String> = snapshot(&repo.path("openapi")).into_keys().collect();
        assert_eq!(files, ["openapi.json", "overlay.yaml", "source.toml"], "{round}");
        taken.insert(kept);
    }
    println!("{} of {} documents were taken", taken.len(), urls.len());
    assert_eq!(repo.read("openapi/overlay.yaml"), "overlay: 1.0.0\n");
    repo.expect(0, &["fetch", "--url", &urls[0]]);
    assert!(left_overs(&repo, ".").is_empty());
}

#[test]
#[ignore = "thorough: starts a command 80 times"]
fn generate_changes_the_whole_tree() {
    let repo = Repo::new();
    let mut moments = Moments::of(|| repo.command(&["generate"]));
    let new = snapshot(&repo.path(GENERATED));
    for round in 0..GENERATES {
        fs::remove_dir_all(repo.path(GENERATED)).unwrap();
        for number in 0..20 {
            repo.write(&format!("{GENERATED}/old/{number}.rs"), format!("// {number}\n"));
        }
        let old = snapshot(&repo.path(GENERATED));
        moments.kill(repo.command(&["generate"]));
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
