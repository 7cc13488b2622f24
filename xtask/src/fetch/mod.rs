//! `cargo xtask fetch`: brings the OpenAPI document into the repository, or says whether there is a newer one.

mod document;
mod download;
mod literal;
mod npm;
mod origin;
mod record;

use std::path::PathBuf;

use anyhow::Result;
use reqwest::Url;

use crate::Outcome;
use crate::repo::{DOCUMENT, OPENAPI, Repo, SOURCE};
use crate::swap::{self, Files, Folder};

use self::document::Document;
pub(crate) use self::npm::Package;
use self::origin::Origin;
use self::record::Record;

/// The most that is read of one document; Seam's has 5 MB.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Bring the OpenAPI document from where it is published.
///
/// It is checked first. Only a usable OpenAPI 3.0 document replaces openapi/openapi.json and openapi/source.toml, and
/// both change together or not at all. Without an option the document comes from the url in openapi/source.toml.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Take it from this address, once
    #[arg(long, value_name = "URL", value_parser = download::address, group = "origin")]
    url: Option<Url>,
    /// Take it from this file, JSON or YAML
    #[arg(long, value_name = "PATH", group = "origin")]
    file: Option<PathBuf>,
    /// Take it from this version of the npm package @seamapi/types, or from NAME@VERSION; executes none of its code
    #[arg(long, value_name = "VERSION", group = "origin")]
    npm: Option<Package>,
    /// Write nothing; exit with 1 if the document published now is another one
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let target = repo.path(OPENAPI);
    if !args.check {
        swap::recover(&target)?;
    }
    let old = Record::read(repo)?;
    let published = origin(args, &old)?.obtain()?;
    let document = Document::of(&published)?;
    let text_before = repo.read_if_present(DOCUMENT)?;
    let same_text = text_before.as_ref() == Some(&document.text);
    let summary = format!("{} ({})", document.summary_after(text_before), published.origin);

    if args.check {
        let news = if same_text { "no news" } else { "news" };
        eprintln!("{news}: {summary}");
        return Ok(if same_text { Outcome::Done } else { Outcome::Failed });
    }
    if same_text && old.is_of(&published) {
        eprintln!("{DOCUMENT} is already up to date: {summary}");
        return Ok(Outcome::Done);
    }
    let files = Files::from([
        (own_name(DOCUMENT).to_owned(), document.text.into_bytes()),
        (own_name(SOURCE).to_owned(), old.followed_by(&published).to_string().into_bytes()),
    ]);
    Folder { path: &target, keeps }.replace(&files)?;
    eprintln!("{DOCUMENT}: {summary}");
    if same_text {
        eprintln!("the document is the same as before; {SOURCE} says where it comes from now");
    }
    Ok(Outcome::Done)
}

/// A document as it is kept.
pub(crate) struct Brought {
    /// One value a line.
    pub(crate) text: String,
    /// Of the published bytes, in hexadecimal digits.
    pub(crate) sha256: String,
}

/// Brings the document of a version of the npm package, without keeping it.
pub(crate) fn bring(package: &Package) -> Result<Brought> {
    let published = npm::obtain(package)?;
    Ok(Brought { text: Document::of(&published)?.text, sha256: published.sha256 })
}

fn origin(args: &Args, record: &Record) -> Result<Origin> {
    Ok(if let Some(url) = &args.url {
        Origin::Url(url.clone())
    } else if let Some(path) = &args.file {
        Origin::File(path.clone())
    } else if let Some(package) = &args.npm {
        Origin::Npm(package.clone())
    } else {
        Origin::Url(record.address()?)
    })
}

/// All but the two files of this command stays as it is.
fn keeps(name: &str) -> bool {
    name != own_name(DOCUMENT) && name != own_name(SOURCE)
}

fn own_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
