//! What one run of `generate` reads, and the folder that it writes or compares.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, Result, anyhow, ensure};
use seam_generator::Options;

use crate::atomic_dir::{Change, Files, Folder, Lock};
use crate::repo::{GENERATED, Repo, WORKSPACE};

use super::owned::{self, Edited, Owned};
use super::{Args, Input, manifest};

/// The test of the checked-in client that decodes every type, as a path relative to the generated files.
const ROUND_TRIPS: &str = "../../tests/round_trips/mod.rs";

/// One run of `generate`.
pub(super) struct Job {
    pub(super) input: Input,
    /// The folder to write or compare.
    pub(super) path: PathBuf,
    /// The name of that folder in messages.
    pub(super) name: String,
    /// Whether the folder is a whole crate, and not the generated part of the checked-in client.
    pub(super) is_package: bool,
}

impl Job {
    pub(super) fn new(repo: &Repo, args: &Args) -> Result<Self> {
        match (&args.spec, &args.out) {
            (Some(spec), Some(out)) => Self::package(args, spec, out),
            _ => Self::client(repo, args),
        }
    }

    /// Generates the checked-in client.
    fn client(repo: &Repo, args: &Args) -> Result<Self> {
        let Options { only, undocumented, strict, .. } = options(args, String::new());
        let options = Options { only, undocumented, strict, ..client_options() };
        Ok(Self::of_client(repo, Input::client(repo, options)?))
    }

    /// Generates the checked-in client from any input.
    pub(super) fn of_client(repo: &Repo, input: Input) -> Self {
        let (path, name) = (repo.path(GENERATED), GENERATED.to_owned());
        Self { input, path, name, is_package: false }
    }

    /// Generates a whole crate from any document.
    fn package(args: &Args, spec: &Path, out: &Path) -> Result<Self> {
        let path = located(out)?;
        may_be_replaced(&path, out)?;
        let package = match &args.package {
            Some(name) => name.clone(),
            None => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        ensure!(
            is_package_name(&package),
            "`{package}` cannot be the name of a package; give one of letters, digits, `-` and `_` with --package NAME"
        );
        if let Some(name) = &args.client {
            ensure!(
                is_client_name(name),
                "`{name}` cannot be the name of the client type; give one such as `Petstore` with --client NAME"
            );
        }
        Ok(Self {
            input: Input::of(spec, args.overlay.as_deref(), options(args, package))?,
            path,
            name: out.display().to_string().trim_end_matches('/').to_owned(),
            is_package: true,
        })
    }

    /// Reads the existing files that this run may change. In a whole crate, these are the files that earlier runs generated,
    /// and those in `wanted`.
    pub(super) fn found(&self, wanted: &Files) -> Result<Files> {
        let changeable = self.changeable(wanted)?;
        self.folder(&|path| self.keeps(&changeable, path)).files()
    }

    /// Whether a user has edited one of the files in `found`; always `false` for the checked-in client.
    pub(super) fn is_edited(&self, found: &Files, wanted: &Files) -> Result<bool> {
        if !self.is_package {
            return Ok(false);
        }
        let owned = Owned::read(&self.path)?.unwrap_or_default();
        Ok(owned.ensure_unedited(found, wanted, &self.name).is_err())
    }

    /// Makes the folder hold the `wanted` files and keeps all files of users. If a generated file was edited, `edited`
    /// decides whether that is an error.
    pub(super) fn replace(&self, wanted: &Files, edited: Edited) -> Result<Change> {
        let lock = Lock::of(&self.path)?;
        let changeable = self.changeable(wanted)?;
        let keeps = |path: &str| self.keeps(&changeable, path);
        let folder = self.folder(&keeps);
        if self.is_package && edited == Edited::Refuse {
            let owned = Owned::read(&self.path)?.unwrap_or_default();
            owned.ensure_unedited(&folder.files()?, wanted, &self.name)?;
        }
        folder.replace_locked(wanted, &lock)
    }

    fn folder<'a>(&'a self, keeps: &'a dyn Fn(&str) -> bool) -> Folder<'a> {
        Folder { path: &self.path, keeps }
    }

    fn changeable(&self, wanted: &Files) -> Result<BTreeSet<String>> {
        Ok(Owned::read(&self.path)?.unwrap_or_default().with(wanted))
    }

    fn keeps(&self, changeable: &BTreeSet<String>, path: &str) -> bool {
        self.is_package && (is_of_tools(path) || owned::is_foreign(changeable, path))
    }
}

/// Whether a file or folder in a crate belongs to Cargo or to version control.
fn is_of_tools(name: &str) -> bool {
    (name.starts_with('.') && name != owned::LIST) || matches!(name, "Cargo.lock" | "target")
}

/// Options that the checked-in client always has.
pub(super) fn client_options() -> Options {
    let round_trips = Some(ROUND_TRIPS.to_owned());
    Options { round_trips, conformance: true, ..Options::default() }
}

fn options(args: &Args, package: String) -> Options {
    let Args { only, undocumented, strict, client, .. } = args;
    let defaults = Options::default();
    Options {
        only: only.clone(),
        undocumented: *undocumented,
        strict: *strict,
        package,
        client: client.clone().unwrap_or(defaults.client),
        // `round_trips` keeps its default: that test belongs to the checked-in client.
        conformance: true,
        ..Options::default()
    }
}

/// The real path of the folder. If it is a symbolic link, the link is kept and its target is replaced.
fn located(out: &Path) -> Result<PathBuf> {
    let place = if out.exists() { out.canonicalize() } else { absolute(out) };
    place.with_context(|| format!("{} cannot be found", out.display()))
}

/// Fails unless the folder is new, empty, or a generated crate: anything else is a user's work.
fn may_be_replaced(path: &Path, out: &Path) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let out = out.display();
    ensure!(path.is_dir(), "{out} is no folder; name another one with --out DIR");
    let is_empty = Folder { path, keeps: &is_of_tools }.files()?.is_empty();
    let is_ours = || {
        path.join(owned::LIST).exists()
            || fs::read_to_string(path.join(WORKSPACE)).is_ok_and(|text| manifest::is_marked(&text))
    };
    if is_empty || is_ours() {
        return Ok(());
    }
    Err(anyhow!(
        "{out} holds files, and no crate that this command has generated; empty it, or name another folder with --out DIR"
    ))
}

/// Returns a unique package name for a temporary crate that is made for `purpose` from this document. Cargo confuses
/// packages of the same name in several workspaces.
pub fn package_name(purpose: &str, document: &str) -> String {
    let name = Path::new(document).file_stem().unwrap_or_default().to_string_lossy();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("{purpose}-{}", words.join("-"))
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Names at the root of a crate that the client type must not have.
const AT_ROOT: [&str; 33] = [
    "ApiError",
    "CallOptions",
    "DateTime",
    "DateTimeError",
    "Decimal",
    "DecodeError",
    "Error",
    "File",
    "InvalidInputError",
    "IntoInteger",
    "InvalidOptionsError",
    "Items",
    "Page",
    "Pages",
    "PollError",
    "Poller",
    "Repair",
    "RepairKind",
    "Response",
    "ResponseFuture",
    "RetryPolicy",
    "Scalar",
    "Scheme",
    "Self",
    "TimeoutError",
    "TransportError",
    "ValidationErrors",
    // Names that generated code and the runtime use without a path.
    "Box",
    "Option",
    "Result",
    "String",
    "Vec",
    "Into",
];

fn is_client_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !AT_ROOT.contains(&name)
}
