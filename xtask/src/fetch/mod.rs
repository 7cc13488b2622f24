//! `cargo xtask fetch`: brings the OpenAPI document into the repository, or says whether there is a newer one.

mod address;
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

use self::address::address;
use self::document::Document;
use self::download::Limits;
pub(crate) use self::npm::Package;
use self::origin::{News, Origin, Published};
use self::record::Record;

/// Bring the OpenAPI document from where it is published.
///
/// It is checked first. Only a usable OpenAPI 3.0 document replaces openapi/openapi.json and openapi/source.toml, and
/// both change together or not at all. Without an option the document comes from the url in openapi/source.toml; a
/// server that says that it is still the same one need not send it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Take it from this address, once
    #[arg(long, value_name = "URL", value_parser = address, group = "origin")]
    url: Option<Url>,
    /// Take it from this file, JSON or YAML
    #[arg(long, value_name = "PATH", group = "origin")]
    file: Option<PathBuf>,
    /// Take it from this version of the npm package @seamapi/types (`latest` for the newest), or from NAME@VERSION;
    /// executes none of its code
    #[arg(long, value_name = "VERSION", group = "origin")]
    npm: Option<Package>,
    /// Write nothing; exit with 1 if the document published now is another one
    #[arg(long)]
    check: bool,
    /// Take it even if it has less than half of the operations of the present one
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: Limits,
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    if !args.check {
        swap::recover(&repo.path(OPENAPI))?;
    }
    let old = Record::read(repo)?;
    let kept = repo.read_if_present(DOCUMENT)?;
    let origin = origin(args, &old)?;
    let known = old.known_at(&origin, kept.as_deref());
    match origin.obtain(known, &args.limits)? {
        News::Same => {
            eprintln!("no news: {DOCUMENT} is what {} still publishes", old.origin);
            Ok(Outcome::Done)
        }
        News::Document(published) => follow(repo, args, &old, kept.as_deref(), &published),
    }
}

/// Lets `published` follow the document that is `kept`.
fn follow(
    repo: &Repo,
    args: &Args,
    old: &Record,
    kept: Option<&str>,
    published: &Published,
) -> Result<Outcome> {
    let document = Document::of(published)?;
    let before = document::kept(kept);
    if !args.force {
        document.ensure_no_sharp_shrink(before.as_ref(), &published.name)?;
    }
    let same_text = kept == Some(&document.text);
    let summary = format!("{} ({})", document.summary_after(before.as_ref()), published.origin);
    if args.check {
        let news = if same_text { "no news" } else { "news" };
        eprintln!("{news}: {summary}");
        return Ok(if same_text { Outcome::Done } else { Outcome::Failed });
    }
    if same_text && old.is_of(published, &document.text) {
        eprintln!("{DOCUMENT} is already up to date: {summary}");
        return Ok(Outcome::Done);
    }
    let record = old.followed_by(published, &document.text).to_string();
    let files = Files::from([
        (own_name(DOCUMENT).to_owned(), document.text.into_bytes()),
        (own_name(SOURCE).to_owned(), record.into_bytes()),
    ]);
    Folder { path: &repo.path(OPENAPI), keeps }.replace(&files)?;
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
