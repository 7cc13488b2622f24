//! `cargo xtask fetch`: downloads the OpenAPI document, or checks whether there is a newer one.

mod address;
mod document;
mod download;
#[cfg(test)]
mod invariants;
mod literal;
mod npm;
mod origin;
mod record;

use std::path::PathBuf;

use anyhow::Result;
use reqwest::Url;

use xtask::Outcome;
use xtask::atomic_dir::{self, Files, Folder};
use xtask::npm_package::Package;
use xtask::repo::{DOCUMENT, OPENAPI, Repo, SOURCE};

use self::address::address;
use self::document::Document;
use self::download::Limits;
pub(crate) use self::origin::sha256;
use self::origin::{News, Origin};
use self::record::Record;

/// Download the OpenAPI document.
///
/// Only a valid OpenAPI document replaces openapi/openapi.json and openapi/source.toml, and both change together or not at
/// all. Without an option the document comes from the `url` in openapi/source.toml, and is only downloaded again if the
/// server says that it has changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    from: From,
    /// Write nothing; exit with 1 if the published document has changed
    #[arg(long)]
    check: bool,
}

/// Where to look for a document, and what to take.
#[derive(Debug, clap::Args)]
pub(crate) struct From {
    /// Download it from this address
    #[arg(long, value_name = "URL", value_parser = address, group = "origin")]
    url: Option<Url>,
    /// Read it from this file, JSON or YAML
    #[arg(long, value_name = "PATH", group = "origin")]
    file: Option<PathBuf>,
    /// Take it from this version of the npm package @seamapi/types (`latest` for the newest), or from NAME@VERSION;
    /// executes none of its code
    #[arg(long, value_name = "VERSION", group = "origin")]
    npm: Option<Package>,
    /// Accept a document with less than half of the operations of the present one
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: Limits,
}

/// A document that was found, and is not kept yet.
pub(crate) struct Found {
    /// As it would be kept.
    pub(crate) text: String,
    /// What it holds and where it comes from, for people.
    pub(crate) summary: String,
    /// Where it comes from.
    pub(crate) origin: String,
    /// Whether the document that is kept has the same text.
    pub(crate) is_same: bool,
    /// Whether nothing at all would change.
    is_recorded: bool,
    files: Files,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    if !args.check {
        atomic_dir::recover(&repo.path(OPENAPI))?;
    }
    let Some(found) = find(repo, &args.from)? else {
        eprintln!("no news: {DOCUMENT} is what {} still publishes", Record::read(repo)?.origin);
        return Ok(Outcome::Done);
    };
    let (summary, is_same) = (&found.summary, found.is_same);
    if args.check {
        let news = if is_same { "no news" } else { "news" };
        eprintln!("{news}: {summary}");
        return Ok(if is_same { Outcome::Done } else { Outcome::Failed });
    }
    if found.is_recorded {
        eprintln!("{DOCUMENT} is already up to date: {summary}");
        return Ok(Outcome::Done);
    }
    found.keep(repo)?;
    eprintln!("{DOCUMENT}: {summary}");
    if is_same {
        eprintln!("the document is the same as before; {SOURCE} says where it comes from now");
    }
    Ok(Outcome::Done)
}

/// Looks for a document; nothing if the server says that it is still the one that is kept.
pub(crate) fn find(repo: &Repo, from: &From) -> Result<Option<Found>> {
    let old = Record::read(repo)?;
    let kept = repo.read_if_present(DOCUMENT)?;
    let origin = origin(from, &old)?;
    let known = old.known_at(&origin, kept.as_deref());
    let published = match origin.obtain(known, &from.limits)? {
        News::Same => return Ok(None),
        News::Document(published) => published,
    };
    let document = Document::of(&published)?;
    let before = document::kept(kept.as_deref());
    if !from.force {
        document.ensure_no_sharp_shrink(before.as_ref(), &published.name)?;
    }
    let is_same = kept.as_deref() == Some(&document.text);
    let record = old.followed_by(&published, &document.text).to_string();
    Ok(Some(Found {
        summary: format!("{} ({})", document.summary_after(before.as_ref()), published.origin),
        is_recorded: is_same && old.is_of(&published, &document.text),
        is_same,
        files: Files::from([
            (own_name(DOCUMENT).to_owned(), document.text.clone().into_bytes()),
            (own_name(SOURCE).to_owned(), record.into_bytes()),
        ]),
        text: document.text,
        origin: published.origin,
    }))
}

impl Found {
    /// The files that keeping it would change.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &'static str> {
        let document = (!self.is_same).then_some(DOCUMENT);
        document.into_iter().chain((!self.is_recorded).then_some(SOURCE))
    }

    /// Keeps it, and the record of where it comes from, in one step.
    pub(crate) fn keep(&self, repo: &Repo) -> Result<()> {
        Folder { path: &repo.path(OPENAPI), keeps: &keeps }.replace(&self.files)?;
        Ok(())
    }
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

fn origin(from: &From, record: &Record) -> Result<Origin> {
    Ok(if let Some(url) = &from.url {
        Origin::Url(url.clone())
    } else if let Some(path) = &from.file {
        Origin::File(path.clone())
    } else if let Some(package) = &from.npm {
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
