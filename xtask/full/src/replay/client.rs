//! Generates the client of the older document, with a test that decodes the samples.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use seam_generator::{Options, Source};
use serde::Deserialize;

use xtask::cargo::cargo;
use xtask::generate::{self, Input};
use xtask::progress;
use xtask::repo::{LOCK, Repo};

use super::samples::Samples;

/// The folder below Cargo's target folder.
const FOLDER: &str = "replay";
/// The path of the test, relative to the generated files and relative to the crate.
const MODULE: &str = "../../tests/replay.rs";
const TEST: &str = "tests/replay.rs";
/// The source of the test.
const SOURCE: &str = include_str!("test.rs.txt");
/// The dependencies of the runtime's own tests.
const DEPENDENCIES: &str = "\n[dev-dependencies]\n\
    tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"test-util\"] }\n";

/// How the client decoded the samples of one operation.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Read {
    /// Number of samples without anything unknown.
    pub(super) works: usize,
    /// Number of samples with unknown values, which the client keeps.
    pub(super) keeps: usize,
    /// Number of samples that the client repaired.
    pub(super) repairs: usize,
    /// Number of samples that the client could not decode.
    pub(super) fails: usize,
    /// The paths of the repairs, without array positions, and how often each occurred.
    pub(super) repaired: BTreeMap<String, usize>,
    /// The message of the first error.
    pub(super) error: Option<String>,
    /// The paths of values that changed without being reported as repairs.
    pub(super) changed: Vec<String>,
}

/// Decodes `samples` with the client of the document `old`.
pub(super) fn read(repo: &Repo, old: Source, samples: &Samples) -> Result<BTreeMap<String, Read>> {
    let package = generate::package_name(FOLDER, &old.name);
    let folder = repo.target().join(FOLDER).join(&package);
    let name = old.name.clone();
    made(repo, old, package, &folder)?;
    let (given, result) = (folder.join(".samples.json"), folder.join(".read.json"));
    fs::write(&given, serde_json::to_vec(&samples.0)?)
        .with_context(|| format!("{} cannot be written", given.display()))?;
    let mut command = cargo(repo, ["test", "--quiet", "--lib", "replay"]);
    command.current_dir(&folder).env("CARGO_TARGET_DIR", repo.target());
    command.env("REPLAY_SAMPLES", &given).env("REPLAY_RESULT", &result);
    let output = progress::during(format!("reading with {name}"), || command.output());
    let output = output.context("cargo cannot be started")?;
    if !output.status.success() {
        let [out, err] = [output.stdout, output.stderr]
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        bail!("the client of {name} cannot be used:\n{out}{err}");
    }
    let text = fs::read_to_string(&result)
        .with_context(|| format!("{} cannot be read", result.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Writes the crate with the test.
fn made(repo: &Repo, document: Source, package: String, folder: &Path) -> Result<()> {
    let failing = |path: PathBuf| format!("{} cannot be written", path.display());
    fs::create_dir_all(folder).with_context(|| failing(folder.to_owned()))?;
    let round_trips = Some(MODULE.to_owned());
    let options = Options { package, round_trips, ..Options::default() };
    let input = Input { document, overlay: None, options };
    generate::package(repo, input, folder.to_owned())?;
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).context("the crate has no manifest")?;
    let lock = repo.read(LOCK, "restore it from git")?;
    let files = [("Cargo.toml", text + DEPENDENCIES), (TEST, SOURCE.to_owned()), (LOCK, lock)];
    fs::create_dir_all(folder.join("tests")).with_context(|| failing(folder.join("tests")))?;
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| failing(path))?;
    }
    Ok(())
}
