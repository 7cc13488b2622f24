//! `cargo xtask generate`: writes the Rust client of the OpenAPI document, or checks that it is up to date.

mod compare;
mod input;
mod job;
mod manifest;
mod owned;
mod package;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Result, ensure};
use seam_generator::{AnyJson, Count, Diagnostics, Generated, Options};

use crate::Outcome;
use crate::atomic_dir::{self, Change, Files};
use crate::output::print;
use crate::progress;
use crate::repo::{CLIENT, DEFAULT_OPTIONS, MANIFEST, OPENAPI, Repo};

pub use self::input::Input;
use self::job::Job;
pub use self::job::package_name;
use self::manifest::Features;
pub use self::manifest::client_name;
use self::owned::Edited;
pub use self::package::IMPOSSIBLE;

/// Write the Rust client that openapi/openapi.json describes.
///
/// Without --spec it replaces generated-client/src/generated/ as a whole, from the document, the corrections in
/// openapi/overlay.yaml and the default options in openapi/generate.toml. With --spec and --out it writes a complete crate
/// from any OpenAPI 3.0 or 3.1 document.
///
/// That crate lists its generated files in .generated-files. The next run replaces these files and removes those that are no
/// longer generated. It keeps all other files in the folder: notes, examples, tests, modules and programs of your own. If a
/// generated file was edited, or if a file of yours stands where a generated one belongs, the command lists them and writes
/// nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write nothing; print which files are changed, missing or orphaned, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Limit the client to this path and what it uses; may be repeated
    ///
    /// Overrides `only` in openapi/generate.toml. `generate --check` and `cargo test` use that file, so they report a
    /// checked-in client that was limited with this option as out of date.
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Fail if a part of the document is not supported: left out, read as any JSON, or a union without a discriminating key
    #[arg(long)]
    strict: bool,
    /// Include operations that the document marks as undocumented
    #[arg(long)]
    undocumented: bool,
    /// Read this OpenAPI 3.0 or 3.1 document, JSON or YAML; needs --out
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// Write a complete crate into this folder, which is new, empty, or a crate that this command generated; needs --spec
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Overwrite generated files that were edited, and files that stand where generated ones belong
    #[arg(long, requires = "spec")]
    force: bool,
    /// Name of the crate [default: the name of its folder]
    #[arg(long, value_name = "NAME", requires = "spec")]
    package: Option<String>,
    /// Name of the client type [default: Client]
    #[arg(long, value_name = "NAME", requires = "spec")]
    client: Option<String>,
    /// Corrections to the document of --spec, an OpenAPI Overlay 1.0
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
}

/// Runs the command.
pub fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    if !args.check {
        atomic_dir::recover(&repo.path(OPENAPI))?;
    }
    let job = Job::new(repo, args)?;
    let wanted = generate_files(repo, &job)?;
    if !wanted.warnings.is_empty() {
        eprintln!("{}", wanted.warnings);
    }
    if args.check {
        check(repo, &job, &wanted, &remedy(args))
    } else {
        let edited = if args.force { Edited::Overwrite } else { Edited::Refuse };
        write(repo, &job, &wanted, edited)
    }
}

/// The client of a document that is not checked in yet.
pub struct Client {
    /// All files below `src/generated/`.
    pub files: Files,
    /// Warnings about the document.
    pub warnings: Diagnostics,
    /// The test calls of each operation, by the operation's Rust path.
    pub calls: BTreeMap<String, BTreeSet<String>>,
    features: Features,
    path: PathBuf,
}

impl Client {
    /// Generates the client of this document and overlay, and writes nothing.
    pub fn of(repo: &Repo, text: String, overlay: Option<String>) -> Result<Self> {
        let input = Input::client_of(repo, text, overlay, job::client_options())?;
        let job = Job::of_client(repo, input);
        let GeneratedFiles { files, warnings, features, calls, .. } = generate_files(repo, &job)?;
        Ok(Self { files, warnings, calls, features, path: job.path })
    }

    /// The number of files that would change, as text; `None` if there are none.
    pub fn difference(&self) -> Result<Option<String>> {
        let present = self.present()?;
        let differences = compare::differences(&present, &self.files);
        Ok((!differences.is_empty()).then(|| compare::counts(&differences)))
    }

    /// The manifest with the features of this client.
    pub fn manifest(&self, text: &str) -> Result<String> {
        manifest::with_features(text, &self.features)
    }

    /// Reads the existing generated files.
    pub fn present(&self) -> Result<Files> {
        self.folder().files()
    }

    /// Replaces the generated files with `files`.
    pub fn write(&self, files: &Files) -> Result<Change> {
        self.folder().replace(files)
    }

    fn folder(&self) -> atomic_dir::Folder<'_> {
        atomic_dir::Folder { path: &self.path, keeps: &|_| false }
    }
}

/// A crate that was written.
pub struct GeneratedPackage {
    /// Its files, by path.
    pub files: Files,
    /// What the generator does not support, and other warnings.
    pub warnings: Diagnostics,
    /// What became of everything in the document.
    pub count: Count,
    /// The places that are `serde_json::Value` in Rust.
    pub any_json: AnyJson,
}

/// Writes the crate of `input` into the folder at `path`, and overwrites edited files there.
pub fn package(repo: &Repo, input: Input, path: PathBuf) -> Result<GeneratedPackage> {
    let name = path.display().to_string();
    // Only the checked-in client has the constant that `profile` names, and functions of its own.
    let options = Options { profile: None, reserved: Vec::new(), ..input.options };
    let input = Input { options, ..input };
    let job = Job { input, path, name, is_package: true };
    let GeneratedFiles { files, warnings, count, any_json, .. } = generate_files(repo, &job)?;
    job.replace(&files, Edited::Overwrite)?;
    Ok(GeneratedPackage { files, warnings, count, any_json })
}

/// The content that the folder of a job should have.
struct GeneratedFiles {
    files: Files,
    /// Warnings about the document.
    warnings: Diagnostics,
    /// How many parts of the document were generated, and how many were not.
    count: Count,
    /// The places that are `serde_json::Value` in Rust.
    any_json: AnyJson,
    /// The test calls of each operation.
    calls: BTreeMap<String, BTreeSet<String>>,
    /// The Cargo features of the parts of the API.
    features: Features,
}

impl GeneratedFiles {
    /// The manifest of the checked-in client, as it is and as it should be; `None` if it is up to date. In a whole crate,
    /// the manifest is one of the files.
    fn manifest(&self, repo: &Repo, job: &Job) -> Result<Option<(String, String)>> {
        if job.is_package {
            return Ok(None);
        }
        let found = repo.read(MANIFEST, "restore it from git")?;
        let wanted = manifest::with_features(&found, &self.features)?;
        Ok((found != wanted).then_some((found, wanted)))
    }
}

fn generate_files(repo: &Repo, job: &Job) -> Result<GeneratedFiles> {
    let Input { document, overlay, options } = &job.input;
    let generated = progress::during(format!("generating from {}", document.name), || {
        seam_generator::generate(document, overlay.as_ref(), options)
    })?;
    let tree: Files = generated
        .tree
        .iter()
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .collect();
    // An empty result is always a mistake, so the folder is never emptied.
    ensure!(
        !tree.is_empty(),
        "{} gives no files, and {} was left as it is; see that --only, or `only` in {DEFAULT_OPTIONS}, names paths that exist",
        document.name,
        job.name
    );
    let Generated { warnings, count, any_json, calls, features, .. } = generated;
    let files = if job.is_package { package::around(repo, job, tree, &features)? } else { tree };
    Ok(GeneratedFiles { files, warnings, count, any_json, calls, features })
}

fn write(repo: &Repo, job: &Job, generated: &GeneratedFiles, edited: Edited) -> Result<Outcome> {
    let GeneratedFiles { files, count, .. } = generated;
    let change = progress::during(format!("writing {}", job.name), || job.replace(files, edited))?;
    if let Some((_, text)) = generated.manifest(repo, job)? {
        atomic_dir::replace_file(&repo.path(MANIFEST), &text)?;
        eprintln!("{MANIFEST}: its features were written");
    }
    let lines: usize =
        files.values().map(|bytes| String::from_utf8_lossy(bytes).lines().count()).sum();
    let change = match change {
        Change::Written => "",
        Change::Unchanged => ", unchanged",
    };
    eprintln!("{}: {} files, {lines} lines{change}", job.name, files.len());
    print(&format!("{count}\n"))?;
    Ok(Outcome::Done)
}

fn check(repo: &Repo, job: &Job, generated: &GeneratedFiles, remedy: &str) -> Result<Outcome> {
    let files = &generated.files;
    let found = job.found(files)?;
    let differences = compare::differences(&found, files);
    let manifest = generated.manifest(repo, job)?;
    if differences.is_empty() && manifest.is_none() {
        eprintln!("{}: {} files, up to date", job.name, files.len());
        return Ok(Outcome::Done);
    }
    if let Some((found, generated)) = manifest {
        let [found, generated] = [found, generated]
            .map(|text| Files::from([("Cargo.toml".to_owned(), text.into_bytes())]));
        print(&compare::report(CLIENT, &compare::differences(&found, &generated)))?;
        eprintln!("{MANIFEST}: its features are out of date");
    }
    print(&compare::report(&job.name, &differences))?;
    let force = if job.is_edited(&found, files)? { " --force" } else { "" };
    eprintln!("{}: {}\nrun: {remedy}{force}", job.name, compare::counts(&differences));
    Ok(Outcome::Failed)
}

/// The command that fixes what a check with `args` found.
fn remedy(args: &Args) -> String {
    let mut command = "cargo xtask generate".to_owned();
    let mut add = |option: &str, value: &str| {
        command.push_str(&format!(" {option} {}", quoted(value)));
    };
    let paths = [("--spec", &args.spec), ("--out", &args.out), ("--overlay", &args.overlay)];
    for (option, path) in paths {
        if let Some(path) = path {
            add(option, &path.to_string_lossy());
        }
    }
    if let Some(package) = &args.package {
        add("--package", package);
    }
    for path in &args.only {
        add("--only", path);
    }
    if args.undocumented {
        command.push_str(" --undocumented");
    }
    if args.strict {
        command.push_str(" --strict");
    }
    command
}

/// Quotes a word for a shell, if needed.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_repeats_the_options() {
        let mut args = Args {
            check: true,
            only: Vec::new(),
            strict: false,
            undocumented: false,
            spec: None,
            out: None,
            package: None,
            overlay: None,
            force: false,
            client: None,
        };
        assert_eq!(remedy(&args), "cargo xtask generate");
        args.spec = Some("my spec.yaml".into());
        args.out = Some("out".into());
        args.package = Some("it".to_owned());
        args.only = vec!["/a/{b}".to_owned(), "/c".to_owned()];
        args.undocumented = true;
        let command = "cargo xtask generate --spec 'my spec.yaml' --out out --package it --only '/a/{b}' --only /c --undocumented";
        assert_eq!(remedy(&args), command);
    }
}
