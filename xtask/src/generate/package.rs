//! Completes a generated tree to a crate, with the hand-written files of the checked-in client and a manifest.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::atomic_dir::{Files, Folder};
use crate::repo::{CLIENT, Repo};

use super::Input;
use super::job::Job;
use super::manifest::{self, Features, Tested};
use super::owned::{self, Owned};

/// The list of calls that cannot pass, which users of the crate may edit.
pub const IMPOSSIBLE: &str = "impossible.yaml";

/// The module of the checked-in client that is specific to Seam, which other crates do not get.
const PROFILE: &str = "seam";
/// The crate name of the checked-in client, which its examples use.
const CLIENT_CRATE: &str = "seam_client";

/// The test that calls every operation, relative to the root of the crate.
const TEST: &str = "tests/conformance";
/// The module of that test that locates the documents of the crate.
const SOURCE: &str = include_str!("source.rs.txt");
/// Files of that test that only the checked-in client has.
const OWN: [&str; 2] = ["source.rs", IMPOSSIBLE];

/// The files of a crate whose generated part is `tree`.
pub(super) fn around(repo: &Repo, job: &Job, tree: Files, features: &Features) -> Result<Files> {
    let package = &job.input.options.package;
    let spec = file_name(&job.input.document.name);
    let tested = if job.input.options.conformance { Tested::Yes } else { Tested::No };
    let manifest = manifest::standalone(repo, package, spec, tested, features)?;
    let mut files = Files::new();
    files.insert("Cargo.toml".to_owned(), manifest.into_bytes());
    files.insert("README.md".to_owned(), readme(package, spec, tested).into_bytes());

    let client = repo.path(CLIENT);
    let licences = Folder { path: &client, keeps: &|name| !name.starts_with("LICENSE") };
    files.extend(renamed(licences.files()?, &manifest::client_name(repo)?, package));
    files.extend(below("src", runtime(&client.join("src"), package)?));
    files.extend(below("src/generated", tree));
    if tested == Tested::Yes {
        files.extend(below(TEST, test(&client.join(TEST), &job.input)?));
    }
    let owned = Owned::of(&files);
    files.insert(owned::LIST.to_owned(), owned.text().into_bytes());
    Ok(files)
}

/// The hand-written part of the library, without the module that is specific to Seam.
fn runtime(folder: &Path, package: &str) -> Result<Files> {
    // The left-overs of an interrupted run beside the generated files have hidden names.
    let keeps = |name: &str| matches!(name, "generated" | PROFILE) || name.starts_with('.');
    let mut files = Folder { path: folder, keeps: &keeps }.files()?;
    let library = files.get_mut("lib.rs").context("the client has no lib.rs")?;
    let text = std::str::from_utf8(library).context("its lib.rs is not text")?;
    let declaration = format!("mod {PROFILE};\n");
    ensure!(text.contains(&declaration), "its lib.rs has no line `{}`", declaration.trim());
    *library = text.replace(&declaration, "").into_bytes();
    Ok(renamed(files, CLIENT_CRATE, &package.replace('-', "_")))
}

/// Replaces the name of the checked-in client in these files.
fn renamed(mut files: Files, from: &str, to: &str) -> Files {
    for bytes in files.values_mut() {
        if let Ok(text) = std::str::from_utf8(bytes)
            && text.contains(from)
        {
            *bytes = text.replace(from, to).into_bytes();
        }
    }
    files
}

fn below(folder: &str, files: Files) -> impl Iterator<Item = (String, Vec<u8>)> {
    files.into_iter().map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
}

/// The files of the test, with the documents that it checks the calls against.
fn test(folder: &Path, input: &Input) -> Result<Files> {
    let test = Folder { path: folder, keeps: &|name| OWN.contains(&name) || name.starts_with('.') };
    let mut files = test.files()?;
    files.insert("source.rs".to_owned(), SOURCE.as_bytes().to_vec());
    let others = &input.options.files;
    let published = seam_generator::read_with_files(&input.document, None, others)?;
    files.insert("published.json".to_owned(), published.to_string().into_bytes());
    let overlay = input.overlay.as_ref();
    let corrected = seam_generator::read_with_files(&input.document, overlay, others)?;
    files.insert("corrected.json".to_owned(), corrected.to_string().into_bytes());
    Ok(files)
}

/// The file name without its folders, which differ between machines.
fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

fn readme(package: &str, spec: &str, tested: Tested) -> String {
    let tests = match tested {
        Tested::Yes => {
            "\n`cargo test` calls every operation, and compares what is sent with the document. `impossible.yaml` lists what\n\
             cannot pass; see `tests/conformance/listed.rs`.\n"
        }
        Tested::No => "",
    };
    format!(
        "# {package}\n\n\
         The Rust client of the API that `{spec}` describes, made by `cargo xtask generate --spec`. The next run\n\
         replaces the files that `.generated-files` lists, and keeps all others; it refuses to overwrite edited ones.\n\
         {tests}"
    )
}
