//! `openapi/source.toml`: which document is checked in, and where it came from.

use std::fmt;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use reqwest::Url;
use serde::Deserialize;
use toml_edit::value;

use crate::repo::{Repo, SOURCE};

use super::download;
use super::origin::Published;

/// Where Seam publishes its document.
const SEAM: &str = "https://connect.getseam.com/openapi.json";

const HEADER: &str =
    "# Written by `cargo xtask fetch`; only `url`, its default address, is for editing.\n";

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// Where to look for a newer document.
    url: String,
    /// Where this one came from.
    #[serde(default)]
    origin: String,
    /// Of its published bytes.
    #[serde(default)]
    sha256: String,
    /// When it was fetched.
    #[serde(default)]
    date: String,
}

impl Record {
    /// The record of the repository; before the first fetch it holds only the address.
    pub(super) fn read(repo: &Repo) -> Result<Self> {
        match repo.read_if_present(SOURCE)? {
            Some(text) => toml_edit::de::from_str(&text)
                .with_context(|| format!("{SOURCE} cannot be used; restore it from git")),
            None => Ok(Self { url: SEAM.to_owned(), ..Self::default() }),
        }
    }

    /// Where to look for a newer document.
    pub(super) fn address(&self) -> Result<Url> {
        download::address(&self.url).with_context(|| format!("`url` in {SOURCE} is no address"))
    }

    /// Whether it already tells of this very document.
    pub(super) fn is_of(&self, published: &Published) -> bool {
        self.origin == published.origin && self.sha256 == published.sha256
    }

    /// The record that takes its place: the same address, another document, today.
    pub(super) fn followed_by(&self, published: &Published) -> Self {
        Self {
            url: self.url.clone(),
            origin: published.origin.clone(),
            sha256: published.sha256.clone(),
            date: Timestamp::now().to_zoned(TimeZone::UTC).date().to_string(),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        let lines = [
            ("url", &self.url),
            ("origin", &self.origin),
            ("sha256", &self.sha256),
            ("date", &self.date),
        ];
        for (key, text) in lines {
            writeln!(f, "{key} = {}", value(text.as_str()))?;
        }
        Ok(())
    }
}
