//! A whole crate around a generated tree: the hand-written files of the checked-in client, and a manifest of its own.

use std::path::Path;

use anyhow::Result;

use crate::repo::{CLIENT, Repo};
use crate::swap::{Files, Folder};

use super::job::Job;
use super::manifest;

/// The files of a crate that holds `tree` as its generated part.
pub(super) fn around(repo: &Repo, job: &Job, tree: Files) -> Result<Files> {
    let package = &job.input.options.package;
    let spec = file_name(&job.input.document.name);
    let mut files = Files::new();
    files.insert("Cargo.toml".to_owned(), manifest::standalone(repo, package, spec)?.into_bytes());
    files.insert("README.md".to_owned(), readme(package, spec).into_bytes());

    let client = repo.path(CLIENT);
    let licences = Folder { path: &client, keeps: |name| !name.starts_with("LICENSE") };
    files.extend(licences.files()?);
    // What an interrupted run left beside the generated files has a hidden name.
    let sources = client.join("src");
    let sources =
        Folder { path: &sources, keeps: |name| name == "generated" || name.starts_with('.') };
    let sources = sources.files()?.into_iter();
    files.extend(sources.map(|(name, bytes)| (format!("src/{name}"), bytes)));
    let generated = tree.into_iter();
    files.extend(generated.map(|(name, bytes)| (format!("src/generated/{name}"), bytes)));
    Ok(files)
}

/// Folders are left out, as they belong to one machine.
fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

fn readme(package: &str, spec: &str) -> String {
    format!(
        "# {package}\n\n\
         The Rust client of the API that `{spec}` describes, made by `cargo xtask generate --spec`. The next run\n\
         replaces everything in this folder but `Cargo.lock`, `target` and hidden files.\n"
    )
}
