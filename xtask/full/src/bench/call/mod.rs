//! Compares calling `assign` through the client with a hand-written call: CPU time, allocations, and the size of programs.
//!
//! All programs are in one crate, so that both ways use the same `reqwest`, without TLS, which would cost the same on both
//! sides.

mod size;

use std::path::PathBuf;

use anyhow::{Context, Result};
use seam_generator::samples::{Sampler, Undocumented};
use serde_json::json;

use xtask::progress;
use xtask::repo::{CLIENT, LOCK, Repo};

pub(super) use self::size::measure as sizes;
use super::figure::{Figure, Unit};
use super::made::{RESTORE, build, document, measured, put};
use super::table::Sheet;
use super::{decode, folder};

const MANIFEST: &str = r#"[package]
name = "calls"
version = "0.0.0"
edition = "2024"

[dependencies]
jiff = { version = "1", default-features = false, features = ["std", "serde"] }
reqwest = { version = "0.13", default-features = false, features = ["http2", "json", "system-proxy"] }
rustix = { version = "1", features = ["process", "time"] }
seam-client = { path = CLIENT, default-features = false, features = ["api"] }
serde = { version = "1", features = ["derive"] }
stats_alloc = "0.1"
tokio = { version = "1", features = ["io-util", "macros", "net", "rt"] }

[profile.release]
strip = true

[workspace]
"#;

/// The source of a program that calls twenty operations.
pub(super) const TWENTY: &str = include_str!("size_twenty.rs.txt");

/// The factor by which a call may take longer than a hand-written one.
const AS_LONG: f64 = 1.03;

/// Measures calls at several degrees of concurrency.
pub(super) fn measure(repo: &Repo, sheet: &mut Sheet) -> Result<()> {
    let programs = built(repo)?;
    let run = |name: &str| {
        progress::during(name.to_owned(), || measured(&programs.join(name)))
            .with_context(|| format!("{name} has failed"))
    };
    let (times, counts) = (run("call-time")?, run("call-count")?);
    for at_once in ["1", "64", "1000"] {
        let [client, by_hand] = times.of(at_once)?;
        let name = format!("CPU of a call, {at_once} at a time");
        sheet.add(Figure::new(format!("{name}, by hand"), by_hand, Unit::Microseconds))?;
        sheet.add(Figure::new(format!("{name}, by the client"), client, Unit::Microseconds))?;
        let ratio = Figure::new(format!("{name}, ratio"), client / by_hand, Unit::Times);
        sheet.add(ratio.at_most(AS_LONG))?;
    }
    for what in ["allocations", "bytes"] {
        let [client, by_hand] = counts.of(what)?;
        let name = if what == "bytes" { "allocated bytes" } else { what };
        sheet.add(Figure::new(format!("{name} of a call, by hand"), by_hand, Unit::Count))?;
        sheet.add(Figure::new(format!("{name} of a call, by the client"), client, Unit::Count))?;
    }
    Ok(())
}

/// Writes and builds the programs, and returns their folder.
fn built(repo: &Repo) -> Result<PathBuf> {
    let place = folder(repo).join("calls");
    let document = document(repo)?;
    let samples = Sampler::new(&document, Undocumented::Excluded)
        .samples("/components/schemas/acs_credential");
    let credential = samples.first().context("there is no sample of a credential")?;
    let client = format!("{:?}", repo.path(CLIENT).display().to_string());
    for (name, text) in [
        ("Cargo.toml", MANIFEST.replace("CLIENT", &client)),
        (LOCK, repo.read(LOCK, RESTORE)?),
        ("answer.json", json!({"acs_credential": credential, "ok": true}).to_string()),
        ("src/types.rs", decode::types(&document, &[("AcsCredential", "acs_credential")])),
        ("src/lib.rs", include_str!("lib.rs.txt").to_owned()),
        ("src/by_client.rs", include_str!("by_client.rs.txt").to_owned()),
        ("src/by_hand.rs", include_str!("by_hand.rs.txt").to_owned()),
        ("src/server.rs", include_str!("server.rs.txt").to_owned()),
        ("src/bin/call-server.rs", include_str!("call_server.rs.txt").to_owned()),
        ("src/bin/call-time.rs", include_str!("call_time.rs.txt").to_owned()),
        ("src/bin/call-count.rs", include_str!("call_count.rs.txt").to_owned()),
        ("src/bin/size-by-hand.rs", include_str!("size_by_hand.rs.txt").to_owned()),
        ("src/bin/size-client.rs", include_str!("size_client.rs.txt").to_owned()),
        ("src/bin/size-twenty.rs", TWENTY.to_owned()),
    ] {
        put(place.join(name), &text)?;
    }
    build(repo, &place, "the programs that call")?;
    Ok(folder(repo).join("release"))
}
