//! Where a document comes from, and its bytes as they are published there.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use indicatif::HumanBytes;
use reqwest::Url;
use sha2::{Digest, Sha256};

use super::address::without_credentials;
use super::download::{self, Answer, Limits, Question, SIZE, Validators};
use super::npm;
use xtask::npm_package::Package;

/// Where to take a document from.
pub(super) enum Origin {
    Url(Url),
    File(PathBuf),
    Npm(Package),
}

/// A document as it is published.
pub(super) struct Published {
    /// What `source.toml` calls the place.
    pub(super) origin: String,
    /// What a message calls the text.
    pub(super) name: String,
    /// Of the published bytes, in hexadecimal digits.
    pub(super) sha256: String,
    /// What the bytes hold.
    pub(super) content: Content,
    /// By which a server recognises it.
    pub(super) validators: Validators,
}

/// What is published at a place.
pub(super) enum News {
    /// The document that is known.
    Same,
    /// A document, perhaps the one that is known.
    Document(Published),
}

/// The document in the form in which it is published.
pub(super) enum Content {
    /// JSON or YAML.
    Text(String),
    /// An object literal of JavaScript, already read.
    Literal(serde_json::Value),
}

impl Origin {
    /// What `source.toml` calls the place, as far as that is known before it is asked.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Url(url) => Some(without_credentials(url.clone()).to_string()),
            Self::File(path) => Some(format!("file:{}", file_name(path))),
            // Only the package says which version a tag stands for.
            Self::Npm(_) => None,
        }
    }

    /// Brings the document, unless its server says that it is the one of the `known` validators. What it says is not
    /// looked at.
    pub(super) fn obtain(self, known: Validators, limits: &Limits) -> Result<News> {
        match self {
            Self::Url(url) => match download::ask(&Question { url: url.clone(), known }, limits)? {
                Answer::NoNews => return Ok(News::Same),
                Answer::Document { bytes, validators } => {
                    let origin = without_credentials(url).to_string();
                    let published = text_document(origin.clone(), origin, &bytes)?;
                    Ok(Published { validators, ..published })
                }
            },
            Self::File(path) => {
                let bytes = read(&path)?;
                let name = path.display().to_string();
                text_document(format!("file:{}", file_name(&path)), name, &bytes)
            }
            Self::Npm(package) => npm::obtain(&package),
        }
        .map(News::Document)
    }
}

impl Published {
    pub(super) fn new(origin: String, name: String, bytes: &[u8], content: Content) -> Self {
        let validators = Validators::default();
        Self { origin, name, sha256: sha256(bytes), content, validators }
    }
}

/// In hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
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

/// Folders are left out, as they belong to one machine.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The error for a document that goes on past the limit.
pub(super) fn too_large(name: &str, limit: u64) -> anyhow::Error {
    anyhow!("{name} is larger than {}; is it the OpenAPI document?", HumanBytes(limit))
}
