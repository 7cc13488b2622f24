//! `openapi/source.toml`: identifies the checked-in document and its origin.

use std::fmt;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use reqwest::Url;
use serde::Deserialize;
use toml_edit::value;

use xtask::repo::{Repo, SOURCE};

use super::address::address;
use super::download::Validators;
use super::origin::Origin;
use super::published::{Published, sha256};

/// The URL at which Seam publishes its document.
const SEAM: &str = "https://connect.getseam.com/openapi.json";

const HEADER: &str =
    "# Written by `cargo xtask fetch`; only `url`, its default address, is for editing.\n";

/// The content of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Record {
    /// The URL of the newest document.
    url: String,
    /// The origin of the checked-in document.
    #[serde(default)]
    pub(super) origin: String,
    /// The SHA-256 of the published bytes.
    #[serde(default)]
    sha256: String,
    /// The SHA-256 of `openapi/openapi.json`, which is formatted differently from the published bytes.
    #[serde(default)]
    kept_sha256: String,
    /// The HTTP validators for the next conditional request.
    etag: Option<String>,
    last_modified: Option<String>,
    /// The date of the download.
    #[serde(default)]
    date: String,
}

impl Record {
    /// Reads the file. If it is missing, the record contains only the default URL.
    pub(super) fn read(repo: &Repo) -> Result<Self> {
        match repo.read_if_present(SOURCE)? {
            Some(text) => toml_edit::de::from_str(&text)
                .with_context(|| format!("{SOURCE} cannot be used; restore it from git")),
            None => Ok(Self { url: SEAM.to_owned(), ..Self::default() }),
        }
    }

    /// The URL of the newest document.
    pub(super) fn address(&self) -> Result<Url> {
        address(&self.url).with_context(|| format!("`url` in {SOURCE} is no address"))
    }

    /// The validators for a conditional request to `origin`. They are empty if the document came from another origin, or if
    /// `openapi/openapi.json` has been edited since.
    pub(super) fn known_at(&self, origin: &Origin, kept: Option<&str>) -> Validators {
        let is_of = origin.name().as_ref() == Some(&self.origin);
        if is_of && kept.is_some_and(|text| self.is_kept_as(text)) {
            Validators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
        } else {
            Validators::default()
        }
    }

    /// Whether the record already describes this document, with `text` as its checked-in form.
    pub(super) fn is_of(&self, published: &Published, text: &str) -> bool {
        self.origin == published.origin && self.sha256 == published.sha256 && self.is_kept_as(text)
    }

    fn is_kept_as(&self, text: &str) -> bool {
        self.kept_sha256 == sha256(text.as_bytes())
    }

    /// The next record: the same default URL, with the new document and today's date.
    pub(super) fn followed_by(&self, published: &Published, text: &str) -> Self {
        Self {
            url: self.url.clone(),
            origin: published.origin.clone(),
            sha256: published.sha256.clone(),
            kept_sha256: sha256(text.as_bytes()),
            etag: published.validators.etag.clone(),
            last_modified: published.validators.last_modified.clone(),
            date: Timestamp::now().to_zoned_datetime(TimeZone::UTC).date().to_string(),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        let lines = [
            ("url", Some(&self.url)),
            ("origin", Some(&self.origin)),
            ("sha256", Some(&self.sha256)),
            ("kept-sha256", Some(&self.kept_sha256)),
            ("etag", self.etag.as_ref()),
            ("last-modified", self.last_modified.as_ref()),
            ("date", Some(&self.date)),
        ];
        for (key, text) in lines {
            if let Some(text) = text {
                writeln!(f, "{key} = {}", value(text.as_str()))?;
            }
        }
        Ok(())
    }
}
