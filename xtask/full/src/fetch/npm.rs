//! Extracts the document from the npm package in which Seam publishes it, without executing code of the package.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail, ensure};
use flate2::read::GzDecoder;
use serde::Deserialize;
use tar::Archive;

use xtask::node::{self, NPM};
use xtask::npm_package::Package;
use xtask::progress;

use super::download::SIZE;
use super::literal;
use super::published::{Content, Published, too_large};

/// The path of the document in the package.
pub(super) const MODULE: &str = "lib/seam/connect/openapi.js";
pub(super) const MANIFEST: &str = "package.json";

/// The maximum size of an unpacked archive, in bytes. The archive of 1.977.0 has 66 MB.
const EXPANDED: u64 = 8 * SIZE;

/// The part of the package's manifest that is read. It contains the actual version, also if a tag was requested.
#[derive(Deserialize)]
struct Manifest {
    name: String,
    version: String,
}

/// Downloads `package` and reads the files at `paths`, in this order.
pub(super) fn files(package: &Package, paths: &[&str]) -> Result<Vec<Vec<u8>>> {
    unpack(downloaded(package)?, package.name(), paths)
}

/// Downloads `package` and reads its document.
pub(super) fn obtain(package: &Package) -> Result<Published> {
    let files = unpack(downloaded(package)?, package.name(), &[MANIFEST, MODULE])?;
    let [manifest, module] = files.as_slice() else { bail!("two files were asked for") };
    let manifest: Manifest = serde_json::from_slice(manifest)
        .with_context(|| format!("{MANIFEST} of {} cannot be read", package.name()))?;
    let origin = format!("npm:{}@{}", manifest.name, manifest.version);
    let text = std::str::from_utf8(module)
        .with_context(|| format!("{MODULE} of {} is not UTF-8", package.name()))?;
    let document = literal::default_export(text)
        .map_err(|refusal| anyhow!("{origin}/{MODULE}:{refusal}"))
        .context("the package holds its document in a form that is not understood")?;
    let name = format!("{origin} as JSON");
    Ok(Published::new(origin, name, module, Content::Literal(document)))
}

/// Downloads the archive of `package`. Its temporary folder is removed, and the open file stays readable.
fn downloaded(package: &Package) -> Result<File> {
    let folder = tempfile::tempdir().context("no temporary folder can be made for the package")?;
    let archive = pack(package, folder.path())?;
    File::open(&archive)
        .with_context(|| format!("the archive of {} cannot be read", package.name()))
}

/// Runs `npm pack`, which downloads the package's archive into `folder`.
fn pack(package: &Package, folder: &Path) -> Result<PathBuf> {
    let mut command = Command::new(NPM);
    command
        .args(["pack", "--ignore-scripts", "--loglevel", "error", "--pack-destination"])
        .arg(folder)
        .args(["--", package.name()])
        // In this folder, no package.json can change the meaning of the name.
        .current_dir(folder);
    let output = progress::during(format!("npm pack {}", package.name()), || command.output());
    let output = node::started(NPM, output, "use --url or --file")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`npm pack {}` failed; does that version exist?\n{}", package.name(), said.trim());
    }
    let entries = fs::read_dir(folder).context("the temporary folder cannot be listed")?;
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension() == Some(OsStr::new("tgz")))
        .ok_or_else(|| anyhow!("`npm pack {}` left no archive", package.name()))
}

/// Reads the files at `paths` from the archive, in this order, without writing anything to disk.
pub(super) fn unpack(archive: impl Read, package: &str, paths: &[&str]) -> Result<Vec<Vec<u8>>> {
    let reading = || format!("the archive of {package} cannot be read");
    let mut archive = Archive::new(GzDecoder::new(archive).take(EXPANDED));
    let mut found: Vec<Option<Vec<u8>>> = vec![None; paths.len()];
    for entry in archive.entries().with_context(reading)? {
        let mut entry = entry.with_context(reading)?;
        let path = entry.path().with_context(reading)?.into_owned();
        // The first folder is usually `package`, but not always.
        let inner: PathBuf = path.components().skip(1).collect();
        let wanted = paths.iter().position(|wanted| Path::new(wanted) == inner);
        let Some(index) = wanted else { continue };
        ensure!(entry.size() <= SIZE, too_large(&format!("{} of {package}", paths[index]), SIZE));
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).with_context(reading)?;
        found[index] = Some(bytes);
    }
    let missing = |name| anyhow!("{package} has no {name}; it is laid out in a way not known here");
    let files = found.into_iter().zip(paths);
    files.map(|(bytes, name)| bytes.ok_or_else(|| missing(name))).collect()
}
