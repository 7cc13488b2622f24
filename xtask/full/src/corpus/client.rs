//! The client of one document: generated, compiled and tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use seam_generator::{AnyJson, Diagnostics, Options};

use xtask::cargo::cargo_in;
use xtask::conformance::{self, Calls};
use xtask::generate::{self, GeneratedPackage, Input};
use xtask::progress;
use xtask::repo::{LOCK, Repo};
use xtask::servers::Servers;

use crate::usage::Usage;

/// The folder of the crates, below the target folder.
pub(super) const FOLDER: &str = "corpus";
/// The generated part of the library, and the test calls in it.
const LIBRARY: &str = "src/generated/";
const CALLS: &str = "src/generated/conformance/";
/// The root of a crate, and its text while the dependencies are built.
const ROOT: &str = "src/lib.rs";
const NOTHING: &str = "//! Nothing.\n";

/// Whether the clients are tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tested {
    Yes,
    No,
}

/// The results for one document.
pub(super) struct Client {
    /// The name of the document in the table.
    pub(super) name: String,
    pub(super) package: String,
    pub(super) operations: usize,
    /// Lines of generated code in the library.
    pub(super) lines: usize,
    /// The number of diagnostics with each code.
    pub(super) diagnostics: BTreeMap<&'static str, usize>,
    pub(super) any_json: AnyJson,
    pub(super) compiled: Compiled,
    pub(super) calls: Result<Calls, NoCalls>,
}

/// Whether the library compiles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Compiled {
    /// It does, and took so many CPU seconds.
    Yes(f64),
    No,
    /// The generator refuses the document.
    Refused,
}

/// Why there are no calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoCalls {
    NotAsked,
    DoNotCompile,
}

impl Client {
    /// Generates, compiles and tests the client of a document. Failures are printed and kept as results.
    pub(super) fn of(
        repo: &Repo,
        name: &str,
        package: String,
        input: Input,
        tested: Tested,
        servers: Option<&Servers>,
    ) -> Result<Self> {
        let folder = repo.target().join(FOLDER).join(&package);
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let options = Options {
            package: package.clone(),
            conformance: tested == Tested::Yes,
            ..input.options
        };
        let made = match generate::package(repo, Input { options, ..input }, folder.clone()) {
            Ok(made) => made,
            Err(error) => return Ok(Self::refused(name, package, &error.downcast()?)),
        };
        fs::write(folder.join(LOCK), repo.read(LOCK, "restore it from git")?)
            .with_context(|| format!("{LOCK} cannot be written to {}", folder.display()))?;
        let compiled = compiled(repo, name, &folder)?;
        let calls = match (compiled, tested) {
            (Compiled::Yes(_), Tested::Yes) => called(repo, name, &folder, servers)?,
            _ => Err(NoCalls::NotAsked),
        };
        Ok(Self {
            operations: made.count.methods(),
            lines: lines(&made),
            diagnostics: made.warnings.counts(),
            any_json: made.any_json,
            compiled,
            calls,
            name: name.to_owned(),
            package,
        })
    }

    fn refused(name: &str, package: String, diagnostics: &Diagnostics) -> Self {
        eprintln!("{diagnostics}");
        Self {
            name: name.to_owned(),
            package,
            operations: 0,
            lines: 0,
            diagnostics: diagnostics.counts(),
            any_json: AnyJson::default(),
            compiled: Compiled::Refused,
            calls: Err(NoCalls::NotAsked),
        }
    }

    /// Whether the client compiles and its test passes.
    pub(super) fn is_good(&self) -> bool {
        let passes = match &self.calls {
            Ok(calls) => calls.failure.is_none(),
            Err(NoCalls::NotAsked) => true,
            Err(NoCalls::DoNotCompile) => false,
        };
        matches!(self.compiled, Compiled::Yes(_)) && passes
    }
}

/// Counts the lines of generated code in the library.
fn lines(package: &GeneratedPackage) -> usize {
    let is_library = |path: &str| path.starts_with(LIBRARY) && !path.starts_with(CALLS);
    let texts = package.files.iter().filter(|(path, _)| is_library(path));
    texts.map(|(_, text)| text.iter().filter(|byte| **byte == b'\n').count()).sum()
}

/// Checks the library, with warnings as errors. A first run with an empty library builds the dependencies, so that they do
/// not count.
fn compiled(repo: &Repo, name: &str, folder: &Path) -> Result<Compiled> {
    let check = || {
        let check = ["rustc", "--quiet", "--lib", "--profile", "check"];
        cargo_in(repo, folder, check.into_iter().chain(["--", "--deny", "warnings"]))
    };
    let root = folder.join(ROOT);
    let writing = || format!("{} cannot be replaced", root.display());
    let source = fs::read(&root).with_context(writing)?;
    fs::write(&root, NOTHING).with_context(writing)?;
    let dependencies =
        progress::during(format!("{name}: building dependencies"), || Usage::of(&mut check()));
    fs::write(&root, source).with_context(writing)?;
    dependencies?;
    let used =
        progress::during(format!("{name}: compiling"), || Usage::if_it_succeeds(&mut check()))?;
    Ok(used.map_or(Compiled::No, |used| Compiled::Yes(used.cpu)))
}

fn called(
    repo: &Repo,
    name: &str,
    folder: &Path,
    servers: Option<&Servers>,
) -> Result<Result<Calls, NoCalls>> {
    let calls =
        progress::during(format!("{name}: testing"), || conformance::calls(repo, folder, servers));
    let Some(calls) = calls? else { return Ok(Err(NoCalls::DoNotCompile)) };
    if let Some(failure) = &calls.failure {
        eprintln!("{name}:{failure}");
    }
    Ok(Ok(calls))
}
