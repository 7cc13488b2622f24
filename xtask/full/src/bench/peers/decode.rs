//! Measures decoding with the types that a peer generates, and with the client's types, in turn in one program.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::generate::remove;
use crate::bench::made::{RESTORE, build, put, said};
use crate::bench::{decode, folder};
use crate::usage::Usage;
use xtask::progress;
use xtask::repo::{LOCK, Repo};

use super::document::without_paths;
use super::peer::Peer;

const MANIFEST: &str = r#"[package]
name = "decode-PEER"
version = "0.0.0"
edition = "2024"

[dependencies]
ours = { path = "../../../decode/ours" }
peer = { package = "types-PEER", path = "types" }
rustix = { version = "1", features = ["time"] }
serde = "1"
serde_json = "1"

[workspace]
"#;

/// The time to decode a case, in CPU nanoseconds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Times {
    pub(super) ours: f64,
    /// The peer's time, or the reason why it cannot decode the case.
    pub(super) theirs: Result<f64, String>,
}

/// Measures a peer; returns the times by case.
pub(super) fn measure(
    peer: Peer,
    repo: &Repo,
    document: &Value,
) -> Result<BTreeMap<String, Times>> {
    let place = peer.place(repo).join("decode");
    let types = place.join("types");
    let mut schemas = document.clone();
    // Operations would take minutes to compile, and are not needed.
    without_paths(&mut schemas);
    remove(&types)?;
    let package = format!("types-{}", peer.name());
    Usage::of(&mut peer.command(repo, &schemas, &package, &types)?)?;
    let payloads = decode::written(repo)?.join("program").join("payloads.json");
    for (name, text) in [
        ("Cargo.toml", MANIFEST.replace("PEER", peer.name())),
        (LOCK, repo.read(LOCK, RESTORE)?),
        ("payloads.json", fs::read_to_string(payloads)?),
        ("src/main.rs", include_str!("program.rs.txt").to_owned()),
        ("src/turns.rs", decode::TURNS.to_owned()),
    ] {
        put(place.join(name), &text)?;
    }
    let name = format!("decode-{}", peer.name());
    build(repo, &place, &name)?;
    let said = progress::during(name.clone(), || said(&folder(repo).join("release").join(name)));
    said?.lines().map(times).collect()
}

/// Parses a line: the case, the client's time, and the peer's time or a reason.
fn times(line: &str) -> Result<(String, Times)> {
    let mut parts = line.splitn(3, ' ');
    let mut part = || parts.next().with_context(|| format!("`{line}` is no case"));
    let (name, ours, theirs) = (part()?, part()?.parse()?, part()?);
    Ok((name.to_owned(), Times { ours, theirs: theirs.parse().map_err(|_| theirs.to_owned()) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_peer_cannot_read_is_said_with_its_reason() {
        let (name, read) = times("device 1.5 2").unwrap();
        assert_eq!((name.as_str(), read), ("device", Times { ours: 1.5, theirs: Ok(2.0) }));
        let (_, failed) = times("device 1.5 cannot read 1 of 1: no `a`").unwrap();
        assert_eq!(failed.theirs.unwrap_err(), "cannot read 1 of 1: no `a`");
        assert!(times("device 1.5").is_err());
    }
}
