//! `cargo xtask fetch`: downloads the OpenAPI document, or checks whether there is a newer one.

mod address;
mod document;
mod download;
#[cfg(test)]
mod invariants;
mod literal;
mod npm;
mod origin;
mod published;
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
use self::origin::{Fetched, Origin};
pub(crate) use self::published::sha256;
use self::record::Record;

/// Download the OpenAPI document.
///
/// openapi/openapi.json and openapi/source.toml are replaced together, and only by a valid OpenAPI document. By default the
/// document is downloaded from the `url` in openapi/source.toml, unless the server says that it has not changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    from: From,
    /// Write nothing; exit with 1 if the published document has changed
    #[arg(long)]
    check: bool,
}

/// Where to get the document, and which documents to accept.
#[derive(Debug, clap::Args)]
pub(crate) struct From {
    /// Download the document from this URL
    #[arg(long, value_name = "URL", value_parser = address, group = "origin")]
    url: Option<Url>,
    /// Read the document from this file, JSON or YAML
    #[arg(long, value_name = "PATH", group = "origin")]
    file: Option<PathBuf>,
    /// Get the document from this version of the npm package @seamapi/types (`latest` for the newest), or from NAME@VERSION;
    /// no code of the package is executed
    #[arg(long, value_name = "VERSION", group = "origin")]
    npm: Option<Package>,
    /// Accept a document with less than half of the operations of the present one
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: Limits,
}

/// A fetched document that is not written yet.
pub(crate) struct Found {
    /// The text to write into `openapi/openapi.json`.
    pub(crate) text: String,
    /// A description for the user: the number of parts, and the origin.
    pub(crate) summary: String,
    /// The origin, as in `openapi/source.toml`.
    pub(crate) origin: String,
    /// Whether the checked-in document has the same text.
    pub(crate) is_same: bool,
    /// Whether `openapi/source.toml` is up to date, too.
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

/// Gets the document. Returns `None` if the server says that it has not changed.
pub(crate) fn find(repo: &Repo, from: &From) -> Result<Option<Found>> {
    let old = Record::read(repo)?;
    let kept = repo.read_if_present(DOCUMENT)?;
    let origin = origin(from, &old)?;
    let known = old.known_at(&origin, kept.as_deref());
    let published = match origin.obtain(known, &from.limits)? {
        Fetched::Unchanged => return Ok(None),
        Fetched::Document(published) => published,
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
    /// The files that [`Self::keep`] would change.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &'static str> {
        let document = (!self.is_same).then_some(DOCUMENT);
        document.into_iter().chain((!self.is_recorded).then_some(SOURCE))
    }

    /// Writes the document and its record, both in one step.
    pub(crate) fn keep(&self, repo: &Repo) -> Result<()> {
        Folder { path: &repo.path(OPENAPI), keeps: &keeps }.replace(&self.files)?;
        Ok(())
    }
}

/// A document from npm.
pub(crate) struct NpmDocument {
    /// The document as JSON with one value per line.
    pub(crate) text: String,
    /// The SHA-256 of the published bytes, in hexadecimal.
    pub(crate) sha256: String,
}

/// Gets the document of a version of the npm package, without writing it.
pub(crate) fn npm_document(package: &Package) -> Result<NpmDocument> {
    let published = npm::obtain(package)?;
    Ok(NpmDocument { text: Document::of(&published)?.text, sha256: published.sha256 })
}

/// Downloads an npm package and reads the files at `paths`, in this order.
pub(crate) fn files_of_package(package: &Package, paths: &[&str]) -> Result<Vec<Vec<u8>>> {
    npm::files(package, paths)
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

/// Keeps all files in the folder except the two that this command writes.
fn keeps(name: &str) -> bool {
    name != own_name(DOCUMENT) && name != own_name(SOURCE)
}

fn own_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
