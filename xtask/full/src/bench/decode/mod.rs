//! Measures decoding: the client's types, compared with serde's derive and with `serde_json::Value`. One program measures
//! all of them in turn.

mod derived;
mod payloads;

use std::path::PathBuf;

use anyhow::Result;
use seam_generator::samples::{Sampler, Undocumented};
use serde_json::Value;

use xtask::repo::{CLIENT, LOCK, Repo};

use self::derived::Derived;
use super::figure::{Figure, Unit};
use super::folder;
use super::made::{RESTORE, build, document, measured, put};
use super::table::Sheet;

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["derived", "ours", "program"]
"#;

/// The manifest of a crate with the client's decoding and types, but without its HTTP stack. It builds in seconds, and its
/// programs can call the private functions that decode a response.
const OURS: &str = r#"[package]
name = "ours"
version = "0.0.0"
edition = "2024"

[dependencies]
jiff = { version = "1", default-features = false, features = ["std"] }
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = "1"
"#;

const DERIVED: &str = r#"[package]
name = "derived"
version = "0.0.0"
edition = "2024"

[dependencies]
jiff = { version = "1", default-features = false, features = ["std", "serde"] }
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

/// The source of the module that measures ways of decoding in turn.
pub(super) const TURNS: &str = include_str!("turns.rs.txt");

/// The types to write with the derive, and their component schemas.
const TYPES: [(&str, &str); 5] = [
    ("AcsCredential", "acs_credential"),
    ("Device", "device"),
    ("Event", "event"),
    ("ActionAttempt", "action_attempt"),
    ("AccessMethod", "acs_credential/properties/access_method"),
];

/// The cases, each with its maximum ratio to the time of the derive: 1 for a struct, 0.5 for a tagged union.
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
pub(super) fn measure(repo: &Repo, sheet: &mut Sheet) -> Result<()> {
    let place = written(repo)?;
    build(repo, &place, "the program that decodes")?;
    let run = |name: &str| measured(&folder(repo).join("release").join(name));
    let (times, counts) = (run("time")?, run("count")?);
    for (name, most) in CASES {
        let [ours, derive, value] = times.of(name)?;
        // There are two numbers for each way of decoding: allocations, and allocated bytes.
        let [allocations, _, derived, ..] = counts.of::<6>(name)?;
        let figure = |what: &str, value, unit| Figure::new(format!("`{name}` {what}"), value, unit);
        sheet.add(figure("against the derive", ours / derive, Unit::Times).at_most(most))?;
        sheet.add(figure("against any JSON", ours / value, Unit::Times))?;
        sheet.add(figure("allocations", allocations, Unit::Count).at_most(derived))?;
    }
    Ok(())
}

/// Writes the crates, and returns their folder.
pub(super) fn written(repo: &Repo) -> Result<PathBuf> {
    let place = folder(repo).join("decode");
    let document = document(repo)?;
    let payloads = payloads::all(&Sampler::new(&document, Undocumented::Excluded));
    let sources = repo.path(CLIENT).join("src").display().to_string();
    for (name, text) in [
        ("Cargo.toml", WORKSPACE.to_owned()),
        (LOCK, repo.read(LOCK, RESTORE)?),
        ("derived/Cargo.toml", DERIVED.to_owned()),
        ("derived/src/lib.rs", include_str!("derived.rs.txt").to_owned()),
        ("derived/src/types.rs", types(&document, &TYPES)),
        ("ours/Cargo.toml", OURS.to_owned()),
        ("ours/src/lib.rs", include_str!("ours.rs.txt").replace("CLIENT", &sources)),
        ("program/Cargo.toml", PROGRAM.to_owned()),
        ("program/payloads.json", serde_json::to_string(&payloads)?),
        ("program/src/turns.rs", TURNS.to_owned()),
        ("program/src/cases.rs", include_str!("cases.rs.txt").to_owned()),
        ("program/src/bin/time.rs", include_str!("time.rs.txt").to_owned()),
        ("program/src/bin/count.rs", include_str!("count.rs.txt").to_owned()),
    ] {
        put(place.join(name), &text)?;
    }
    Ok(place)
}

/// Source code of types with serde's derive, for pairs of a type name and a component schema.
pub(super) fn types(document: &Value, wanted: &[(&str, &str)]) -> String {
    let mut types = Derived::new(document);
    wanted.iter().for_each(|(name, component)| types.declare(name, component));
    types.finish()
}
