//! What the generator is given.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use seam_generator::{Options, Source};

use crate::repo::{DOCUMENT, OVERLAY, Repo};

use super::manifest;

/// A document, its corrections, and what to make of it.
pub(crate) struct Input {
    pub(crate) document: Source,
    pub(crate) overlay: Option<Source>,
    pub(crate) options: Options,
}

impl Input {
    /// The checked-in document. What `options` do not say is taken from the standing ones; the package is the client.
    pub(crate) fn client(repo: &Repo, options: Options) -> Result<Self> {
        let text = repo.read(DOCUMENT, "`cargo xtask fetch` brings it")?;
        Self::client_of(repo, text, repo.read_if_present(OVERLAY)?, options)
    }

    /// The same with another text in place of the checked-in document, and other corrections.
    pub(crate) fn client_of(
        repo: &Repo,
        text: String,
        overlay: Option<String>,
        options: Options,
    ) -> Result<Self> {
        // The file is read even where it is overruled, so that a mistake in it is found.
        let standing = repo.standing()?;
        let only = if options.only.is_empty() { standing.only } else { options.only };
        Ok(Self {
            document: Source { name: DOCUMENT.to_owned(), text },
            overlay: overlay.map(|text| Source { name: OVERLAY.to_owned(), text }),
            options: Options {
                only,
                undocumented: options.undocumented || standing.undocumented,
                strict: options.strict || standing.strict,
                package: manifest::client_name(repo)?,
                client: standing.client.unwrap_or(options.client),
                profile: standing.profile.or(options.profile),
                round_trips: options.round_trips,
                conformance: options.conformance,
            },
        })
    }

    /// Any document.
    pub(crate) fn of(spec: &Path, overlay: Option<&Path>, options: Options) -> Result<Self> {
        Ok(Self { document: read(spec)?, overlay: overlay.map(read).transpose()?, options })
    }
}

fn read(path: &Path) -> Result<Source> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    Ok(Source { name, text })
}
