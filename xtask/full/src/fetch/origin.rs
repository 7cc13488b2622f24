//! The origin of a document, and the document as it is published there.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use reqwest::Url;

use super::address::without_credentials;
use super::download::{self, Download, DownloadRequest, Limits, SIZE, Validators};
use super::npm;
use super::published::{Content, Published, too_large};
use xtask::npm_package::Package;

/// Where to get a document from.
pub(super) enum Origin {
    Url(Url),
    File(PathBuf),
    Npm(Package),
}

/// The result of looking for a document.
pub(super) enum Fetched {
    /// The server says that the document has not changed.
    Unchanged,
    /// A document, which may be the known one.
    Document(Published),
}

impl Origin {
    /// The name of the origin in `source.toml`; `None` if it is not known before the document is requested.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Url(url) => Some(without_credentials(url.clone()).to_string()),
            Self::File(path) => Some(format!("file:{}", file_name(path))),
            // Only the downloaded package says which version a tag stands for.
            Self::Npm(_) => None,
        }
    }

    /// Gets the document, unless the server confirms the `known` validators. The document is not validated here.
    pub(super) fn obtain(self, known: Validators, limits: &Limits) -> Result<Fetched> {
        match self {
            Self::Url(url) => {
                match download::download(&DownloadRequest { url: url.clone(), known }, limits)? {
                    Download::NotModified => return Ok(Fetched::Unchanged),
                    Download::Document { bytes, validators } => {
                        let origin = without_credentials(url).to_string();
                        let published = text_document(origin.clone(), origin, &bytes)?;
                        Ok(Published { validators, ..published })
                    }
                }
            }
            Self::File(path) => {
                let bytes = read(&path)?;
                let name = path.display().to_string();
                text_document(format!("file:{}", file_name(&path)), name, &bytes)
            }
            Self::Npm(package) => npm::obtain(&package),
        }
        .map(Fetched::Document)
    }
}

fn text_document(origin: String, name: String, bytes: &[u8]) -> Result<Published> {
    let text = std::str::from_utf8(bytes).with_context(|| {
        format!("{name} is not UTF-8; an OpenAPI document is JSON or YAML text")
    })?;
    let content = Content::Text(text.trim_start_matches('\u{feff}').to_owned());
    Ok(Published::new(origin, name, bytes, content))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let reading = || format!("{} cannot be read", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(reading)?;
    file.take(SIZE + 1).read_to_end(&mut bytes).with_context(reading)?;
    ensure!(bytes.len() as u64 <= SIZE, too_large(&path.display().to_string(), SIZE));
    Ok(bytes)
}

/// The file name without its folders, which differ between machines.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
