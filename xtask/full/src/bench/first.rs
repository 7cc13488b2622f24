//! Measures what newcomers wait for: commands in a clean clone, and a new crate that uses the client.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use xtask::cargo::cargo;
use xtask::generate::client_name;
use xtask::progress;
use xtask::repo::{CLIENT, LOCK, Repo};

use super::figure::{Figure, Unit};
use super::folder;
use super::table::Sheet;
use crate::usage::Usage;

/// The folder of the clone and the crates.
const FOLDER: &str = "first";

/// The source of a program that makes one call.
pub(super) const ONE_CALL: &str = r#"//! Makes one call.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), seam_client::Error> {
    let seam = seam_client::Seam::from_env()?;
    let user = seam_client::ids::AcsUserId::from("3fa85f64-5717-4562-b3fc-2c963f66afa6");
    seam.acs().credentials().assign("20ab519f-75ae-482e-ae4c-082f29295bf2", user).send().await?;
    Ok(())
}
"#;

/// How the new crate depends on the client.
struct Way {
    what: &'static str,
    /// The folder of the crate.
    folder: &'static str,
    /// Options of the dependency, after its path.
    options: &'static str,
    /// An additional dependency.
    besides: &'static str,
}

const WHOLE: Way = Way {
    what: "`cargo check` of a new crate that makes one call",
    folder: "one-call",
    options: "",
    besides: "",
};
/// Only the needed part of the API, with the TLS provider that builds fastest.
const LEAST: Way = Way {
    what: "the same with only `api-acs`, and with ring",
    folder: "one-part",
    options: r#", default-features = false, features = ["api-acs", "rustls-no-provider"]"#,
    besides: r#"rustls = { version = "0.23", default-features = false, features = ["ring", "std"] }"#,
};

/// Measures all figures of the group, only once, because it takes minutes.
pub(super) fn measure(repo: &Repo, sheet: &mut Sheet) -> Result<()> {
    let place = folder(repo).join(FOLDER);
    if place.exists() {
        fs::remove_dir_all(&place).context("what an earlier run has built cannot be removed")?;
    }
    let clone = place.join("clone");
    Usage::of(Command::new("git").args(["clone", "--quiet"]).arg(repo.path("")).arg(&clone))?;
    // Downloads are not measured.
    Usage::of(&mut clean(repo, &["fetch", "--quiet", "--locked"], &clone))?;
    let generate = ["xtask", "generate"];
    let mut measured = |name: &str, arguments: &[&str], place: &Path| {
        let used = progress::during(name.to_owned(), || {
            let mut command = clean(repo, arguments, place);
            Usage::of(command.stderr(Stdio::null()))
        })?;
        sheet.add(Figure::new(name, used.cpu, Unit::CpuSeconds))
    };
    measured("a clean clone, to the end of `cargo xtask generate`", &generate, &clone)?;
    measured("`cargo xtask generate` once more", &generate, &clone)?;
    for way in [WHOLE, LEAST] {
        let place = place.join(way.folder);
        one_call(repo, &place, &way)?;
        measured(way.what, &["check", "--quiet"], &place)?;
    }
    Ok(())
}

/// Cargo in another folder, with that folder's own target folder.
fn clean(repo: &Repo, arguments: &[&str], place: &Path) -> Command {
    let mut command = cargo(repo, arguments.iter().copied());
    command.current_dir(place).env_remove("CARGO_TARGET_DIR").env_remove("CARGO_INCREMENTAL");
    command
}

/// Writes the new crate.
fn one_call(repo: &Repo, place: &Path, way: &Way) -> Result<()> {
    fs::create_dir_all(place.join("src"))?;
    let manifest = manifest(repo, "one-call", way.options, way.besides)?;
    fs::write(place.join("Cargo.toml"), manifest)?;
    fs::write(place.join("src/main.rs"), ONE_CALL)?;
    fs::copy(repo.path(LOCK), place.join(LOCK))?;
    Ok(())
}

/// The manifest of a crate that uses the client, with options for that dependency and an additional dependency.
pub(super) fn manifest(repo: &Repo, name: &str, options: &str, besides: &str) -> Result<String> {
    let client = repo.path(CLIENT);
    Ok(format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {} = {{ path = {:?}{options} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{besides}\n\n[workspace]\n",
        client_name(repo)?,
        client.display().to_string(),
    ))
}
