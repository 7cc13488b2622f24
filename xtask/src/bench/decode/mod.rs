//! Decoding: the client's types against serde's derive and against any JSON.

mod derived;
mod payloads;

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use seam_generator::Source;
use seam_generator::samples::{Sampler, Undocumented};

use crate::cargo::cargo;
use crate::repo::{CLIENT, DOCUMENT, OVERLAY, Repo};

use self::derived::Derived;

/// Below the target folder.
const FOLDER: &str = "bench/decode";

const MANIFEST: &str = r#"[package]
name = "seam-bench-decode"
version = "0.0.0"
edition = "2024"

[dependencies]
allocation-counter = "0.8"
jiff = { version = "0.2", default-features = false, features = ["std", "serde"] }
rustix = { version = "1", features = ["time"] }
seam-client = { path = "CLIENT", default-features = false }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[profile.release]
debug = "line-tables-only"

[workspace]
"#;

pub(super) fn run(repo: &Repo) -> Result<()> {
    let folder = repo.target().join(FOLDER);
    let source = |name: &str| -> Result<Source> {
        Ok(Source { name: name.to_owned(), text: repo.read(name, "restore it from git")? })
    };
    let document = seam_generator::read(&source(DOCUMENT)?, Some(&source(OVERLAY)?))?;
    let mut types = Derived::new(&document);
    for (name, component) in [
        ("AcsCredential", "acs_credential"),
        ("Device", "device"),
        ("Event", "event"),
        ("ActionAttempt", "action_attempt"),
    ] {
        types.declare(name, component);
    }
    types.declare("AccessMethod", "acs_credential/properties/access_method");
    let payloads = payloads::all(&Sampler::new(&document, Undocumented::LeftOut));
    let client = repo.path(CLIENT).display().to_string();
    fs::create_dir_all(folder.join("src/bin"))?;
    for (name, text) in [
        ("Cargo.toml", MANIFEST.replace("CLIENT", &client)),
        ("Cargo.lock", repo.read("Cargo.lock", "restore it from git")?),
        ("payloads.json", serde_json::to_string(&payloads)?),
        ("src/derived.rs", types.finish()),
        ("src/cases.rs", include_str!("cases.rs.txt").to_owned()),
        ("src/bin/time.rs", include_str!("time.rs.txt").to_owned()),
        ("src/bin/count.rs", include_str!("count.rs.txt").to_owned()),
    ] {
        fs::write(folder.join(name), text).with_context(|| format!("{name} cannot be written"))?;
    }
    if std::env::var_os("NOBUILD").is_some() {
        return Ok(());
    }
    let mut command = cargo(repo, ["build", "--release", "--bins"]);
    command.current_dir(&folder).stdout(Stdio::inherit());
    ensure!(command.status()?.success(), "the program cannot be built");
    Ok(())
}
