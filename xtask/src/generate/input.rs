//! The input of the generator.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use seam_generator::{Options, Source};

use crate::repo::{DOCUMENT, OVERLAY, Repo};

use super::manifest;

/// A document with its overlay and the options for the generator.
pub struct Input {
    /// The document itself.
    pub document: Source,
    /// Corrections to it.
    pub overlay: Option<Source>,
    /// Options for the generator.
    pub options: Options,
}

impl Input {
    /// The checked-in document. Options that are not set in `options` are taken from `openapi/generate.toml`.
    pub fn client(repo: &Repo, options: Options) -> Result<Self> {
        let text = repo.read(DOCUMENT, "run `cargo xtask fetch`")?;
        Self::client_of(repo, text, repo.read_if_present(OVERLAY)?, options)
    }

    /// Like [`Self::client`], but with this text and this overlay instead of the checked-in ones.
    pub fn client_of(
        repo: &Repo,
        text: String,
        overlay: Option<String>,
        options: Options,
    ) -> Result<Self> {
        // The file is read even if `options` override all of it, so that errors in it are reported.
        let defaults = repo.default_options()?;
        let only = if options.only.is_empty() { defaults.only } else { options.only };
        Ok(Self {
            document: Source { name: DOCUMENT.to_owned(), text },
            overlay: overlay.map(|text| Source { name: OVERLAY.to_owned(), text }),
            options: Options {
                only,
                undocumented: options.undocumented || defaults.undocumented,
                strict: options.strict || defaults.strict,
                package: manifest::client_name(repo)?,
                client: defaults.client.unwrap_or(options.client),
                reserved: [defaults.reserved, options.reserved].concat(),
                profile: defaults.profile.or(options.profile),
                round_trips: options.round_trips,
                conformance: options.conformance,
                files: options.files,
            },
        })
    }

    /// Any other document.
    pub fn of(spec: &Path, overlay: Option<&Path>, options: Options) -> Result<Self> {
        let document = read(spec)?;
        let files = files_of(&document)?;
        let overlay = overlay.map(read).transpose()?;
        Ok(Self { document, overlay, options: Options { files, ..options } })
    }
}

fn read(path: &Path) -> Result<Source> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    Ok(Source { name, text })
}

/// Reads the files that a document references, directly or indirectly. Missing files are skipped: the generator reports
/// them, with the place of the reference.
pub(super) fn files_of(document: &Source) -> Result<Vec<Source>> {
    let mut files: Vec<Source> = Vec::new();
    let mut open = seam_generator::referenced_files(document)?;
    while let Some(name) = open.pop() {
        let is_known = name == document.name || files.iter().any(|file| file.name == name);
        if is_known || !Path::new(&name).is_file() {
            continue;
        }
        let file = read(Path::new(&name))?;
        open.extend(seam_generator::referenced_files(&file)?);
        files.push(file);
    }
    Ok(files)
}
