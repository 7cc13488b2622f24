//! Writes the two crates below Cargo's target folder: the new client, and the witness of the old client.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use seam_generator::{Options, Witness};
use toml_edit::{DocumentMut, Item};

use xtask::diff::Side;
use xtask::generate::{self, Input};
use xtask::repo::{LOCK, Repo};

/// The folder below Cargo's target folder.
const FOLDER: &str = "diff";
/// The package name of the new client.
const CLIENT: &str = "verified-client";
/// The package name of the witness.
pub(super) const WITNESS: &str = "witness";
const MANIFEST: &str = "Cargo.toml";
/// Dependencies of the witness besides the client, in the client's versions.
const SHARED: [&str; 2] = ["serde", "serde_json"];

/// The folder of both crates.
pub(super) struct Crates {
    folder: PathBuf,
}

impl Crates {
    /// Writes the client of `new`, and a witness without source files.
    pub(super) fn new(repo: &Repo, new: &Side) -> Result<Self> {
        let crates = Self { folder: repo.target().join(FOLDER) };
        let client = crates.folder.join("client");
        fs::create_dir_all(&client)
            .with_context(|| format!("{} cannot be made", client.display()))?;
        let options = Options { package: CLIENT.to_owned(), ..new.options.clone() };
        let (document, overlay) = (new.document.clone(), new.overlay.clone());
        generate::package(repo, Input { document, overlay, options }, client.clone())?;
        let manifest = read(&client.join(MANIFEST))?;
        write(&crates.witness().join(MANIFEST), &manifest_of_witness(&manifest)?)?;
        let lock = repo.read(LOCK, "restore it from git")?;
        write(&crates.witness().join(LOCK), &lock)?;
        Ok(crates)
    }

    /// The folder of the witness.
    pub(super) fn witness(&self) -> PathBuf {
        self.folder.join(WITNESS)
    }

    /// Writes the witness without the uses in `left_out`. All other uses keep their line numbers.
    pub(super) fn write(&self, witness: &Witness, left_out: &BTreeSet<usize>) -> Result<()> {
        let mut gone: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for used in left_out.iter().filter_map(|&index| witness.uses.get(index)) {
            gone.entry(&used.file).or_default().extend(used.lines.clone());
        }
        for (path, text) in witness.tree.iter() {
            let path_of_file = self.witness().join("src").join(path);
            match gone.get(path) {
                None => write(&path_of_file, text)?,
                Some(gone) => write(&path_of_file, &without(text, gone))?,
            }
        }
        Ok(())
    }
}

/// Clears these lines of the text, which are counted from 1.
fn without(text: &str, gone: &BTreeSet<usize>) -> String {
    let lines = text.lines().zip(1..);
    let lines = lines.map(|(line, number)| if gone.contains(&number) { "" } else { line });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The manifest of the witness, with dependencies from the client's manifest.
fn manifest_of_witness(client: &str) -> Result<String> {
    let client: DocumentMut = client.parse().context("the client's manifest cannot be read")?;
    let mut manifest = format!(
        "[package]\nname = \"{WITNESS}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[dependencies]\nclient = {{ package = \"{CLIENT}\", path = \"../client\" }}\n"
    );
    for name in SHARED {
        let dependency = client.get("dependencies").and_then(|all| all.get(name));
        let dependency = dependency.and_then(Item::as_value);
        let dependency = dependency.ok_or_else(|| anyhow!("the client does not need {name}"))?;
        manifest.push_str(&format!("{name} = {}\n", dependency.to_string().trim()));
    }
    Ok(manifest)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file, unless it has this text already: Cargo rebuilds files whose modification time changed.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.with_context(|| format!("{} cannot be written", path.display()))
}
