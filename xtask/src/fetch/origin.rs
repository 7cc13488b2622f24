//! Where a document comes from, and its bytes as they are published there.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use reqwest::Url;
use sha2::{Digest, Sha256};

use super::{LIMIT, download, npm};

/// Where to take a document from.
pub(super) enum Origin {
    Url(Url),
    File(PathBuf),
    Npm(npm::Package),
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
}

/// The document in the form in which it is published.
pub(super) enum Content {
    Json(String),
    Yaml(String),
    /// An object literal of JavaScript, already read.
    Literal(serde_json::Value),
}

impl Origin {
    /// Brings the document, without looking at what it says.
    pub(super) fn obtain(self) -> Result<Published> {
        match self {
            Self::Url(url) => {
                let bytes = download::bytes(&url)?;
                let origin = download::without_credentials(url);
                text_document(
                    origin.to_string(),
                    origin.path().to_owned(),
                    origin.to_string(),
                    &bytes,
                )
            }
            Self::File(path) => {
                let bytes = read(&path)?;
                let name = path.display().to_string();
                text_document(format!("file:{}", file_name(&path)), name.clone(), name, &bytes)
            }
            Self::Npm(package) => npm::obtain(&package),
        }
    }
}

impl Published {
    pub(super) fn new(origin: String, name: String, bytes: &[u8], content: Content) -> Self {
        let mut sha256 = String::new();
        for byte in Sha256::digest(bytes) {
            // Writing to a string cannot fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        Self { origin, name, sha256, content }
    }
}

fn text_document(origin: String, path: String, name: String, bytes: &[u8]) -> Result<Published> {
    let text = std::str::from_utf8(bytes).with_context(|| {
        format!("{name} is not UTF-8; an OpenAPI document is JSON or YAML text")
    })?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let is_yaml = Path::new(&path).extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
    });
    let content = if is_yaml { Content::Yaml(text) } else { Content::Json(text) };
    Ok(Published::new(origin, name, bytes, content))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let reading = || format!("{} cannot be read", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(reading)?;
    file.take(LIMIT + 1).read_to_end(&mut bytes).with_context(reading)?;
    ensure!(bytes.len() as u64 <= LIMIT, too_large(&path.display().to_string()));
    Ok(bytes)
}

/// Folders are left out, as they belong to one machine.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The error for a document that goes on past the limit.
pub(super) fn too_large(name: &str) -> anyhow::Error {
    anyhow!("{name} is larger than {} MiB; is it the OpenAPI document?", LIMIT / (1024 * 1024))
}
