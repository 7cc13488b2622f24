//! Decoding: the client's types against serde's derive and against any JSON. Each is measured in turn, in one program.

mod derived;
mod payloads;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use seam_generator::Source;
use seam_generator::samples::{Sampler, Undocumented};
use serde_json::Value;

use crate::progress;
use crate::repo::{CLIENT, DOCUMENT, OVERLAY, Repo};

use self::derived::Derived;
use super::figure::{Figure, Unit};
use super::{building, folder};

const LOCK: &str = "Cargo.lock";
const RESTORE: &str = "restore it from git";

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["derived", "ours", "program"]
"#;

/// The client's reading and the types that are read, without what sends: so it builds in seconds, and what a call does with
/// an answer, which is private, can be called.
const OURS: &str = r#"[package]
name = "ours"
version = "0.0.0"
edition = "2024"

[dependencies]
jiff = { version = "0.2", default-features = false, features = ["std"] }
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = "1"
"#;

const DERIVED: &str = r#"[package]
name = "derived"
version = "0.0.0"
edition = "2024"

[dependencies]
jiff = { version = "0.2", default-features = false, features = ["std", "serde"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#;

const PROGRAM: &str = r#"[package]
name = "program"
version = "0.0.0"
edition = "2024"

[dependencies]
derived = { path = "../derived" }
ours = { path = "../ours" }
rustix = { version = "1", features = ["time"] }
serde = "1"
serde_json = "1"
stats_alloc = "0.1"
"#;

/// The types that are written with the derive, and the components that they are of.
const TYPES: [(&str, &str); 5] = [
    ("AcsCredential", "acs_credential"),
    ("Device", "device"),
    ("Event", "event"),
    ("ActionAttempt", "action_attempt"),
    ("AccessMethod", "acs_credential/properties/access_method"),
];

/// The cases, and how many times the derive's time each may take: a struct as long, a union by a tag half.
const CASES: [(&str, f64); 7] = [
    ("acs_credential", 1.0),
    ("device", 1.0),
    ("device_list", 0.5),
    ("event", 0.5),
    ("event_key_last", 0.5),
    ("action_attempt", 0.5),
    ("enum_list", 1.0),
];

/// Measures all cases.
pub(super) fn figures(repo: &Repo) -> Result<Vec<Figure>> {
    let place = folder(repo).join("decode");
    write(repo, &place)?;
    let mut build = building(repo, ["build", "--quiet", "--release"]);
    build.current_dir(&place);
    let built = progress::during("the program that decodes".to_owned(), || build.status());
    ensure!(built.context("cargo cannot be started")?.success(), "it cannot be built");
    let run = |name: &str| measured(&folder(repo).join("release").join(name));
    let (times, counts) = (run("time")?, run("count")?);
    let mut figures = Vec::new();
    for (name, most) in CASES {
        let [ours, derive, value] = times.get(name).map_or(&[][..], Vec::as_slice) else {
            continue;
        };
        let figure = |what: &str, value, unit| Figure::new(format!("`{name}` {what}"), value, unit);
        figures.push(figure("against the derive", ours / derive, Unit::Times).at_most(most));
        figures.push(figure("against any JSON", ours / value, Unit::Times));
        if let Some([count, _, derived, ..]) = counts.get(name).map(Vec::as_slice) {
            figures.push(figure("allocations", *count, Unit::Count).at_most(*derived));
        }
    }
    Ok(figures)
}

/// What the program prints: the name of each case, and numbers.
fn measured(program: &Path) -> Result<BTreeMap<String, Vec<f64>>> {
    let output = Command::new(program).output();
    let output = output.with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = said.lines().filter_map(|line| line.split_once(' '));
    let numbers = |text: &str| text.split(' ').map(str::parse).collect::<Result<_, _>>();
    lines.map(|(name, rest)| Ok((name.to_owned(), numbers(rest)?))).collect()
}

/// Writes the crates.
fn write(repo: &Repo, place: &Path) -> Result<()> {
    let source = |name: &str| -> Result<Source> {
        Ok(Source { name: name.to_owned(), text: repo.read(name, RESTORE)? })
    };
    let document = seam_generator::read(&source(DOCUMENT)?, Some(&source(OVERLAY)?))?;
    let payloads = payloads::all(&Sampler::new(&document, Undocumented::LeftOut));
    let sources = repo.path(CLIENT).join("src").display().to_string();
    for (name, text) in [
        ("Cargo.toml", WORKSPACE.to_owned()),
        (LOCK, repo.read(LOCK, RESTORE)?),
        ("derived/Cargo.toml", DERIVED.to_owned()),
        ("derived/src/lib.rs", include_str!("derived.rs.txt").to_owned()),
        ("derived/src/types.rs", types(&document)),
        ("ours/Cargo.toml", OURS.to_owned()),
        ("ours/src/lib.rs", include_str!("ours.rs.txt").replace("CLIENT", &sources)),
        ("program/Cargo.toml", PROGRAM.to_owned()),
        ("program/payloads.json", serde_json::to_string(&payloads)?),
        ("program/src/cases.rs", include_str!("cases.rs.txt").to_owned()),
        ("program/src/bin/time.rs", include_str!("time.rs.txt").to_owned()),
        ("program/src/bin/count.rs", include_str!("count.rs.txt").to_owned()),
    ] {
        put(place.join(name), &text)?;
    }
    Ok(())
}

fn types(document: &Value) -> String {
    let mut types = Derived::new(document);
    TYPES.iter().for_each(|(name, component)| types.declare(name, component));
    types.finish()
}

/// Cargo builds what was written, so what is the same stays.
fn put(path: PathBuf, text: &str) -> Result<()> {
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    written.and_then(|()| fs::write(&path, text)).with_context(|| format!("{}", path.display()))
}
