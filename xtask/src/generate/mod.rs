//! `cargo xtask generate`: writes the Rust client of the OpenAPI document, or says where it is out of date.

mod compare;
mod input;
mod job;
mod manifest;
mod owned;
mod package;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Result, ensure};
use seam_generator::{Count, Diagnostics, Generated, Options};

use crate::Outcome;
use crate::atomic_dir::{self, Change, Files};
use crate::output::print;
use crate::progress;
use crate::repo::{CLIENT, MANIFEST, OPENAPI, Repo, STANDING};

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
/// openapi/overlay.yaml and the standing options in openapi/generate.toml. With --spec and --out it writes a crate that
/// compiles by itself, from any OpenAPI 3.0 document.
///
/// That crate lists its generated files in .generated-files. The next run replaces these, and removes those that are no
/// longer generated. All other files in the folder are kept: notes, examples, tests, modules and programs of your own. If
/// a generated file was edited, or a file of yours stands where one belongs, they are listed and nothing is written.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write nothing; print what is changed, missing or orphaned, and exit with 1 if there is anything
    #[arg(long)]
    check: bool,
    /// Limit the client to this path and what it reaches; may be repeated
    ///
    /// It takes the place of `only` in openapi/generate.toml. A checked-in client that was written with it is out of
    /// date to `generate --check` and to `cargo test`, which go by that file.
    #[arg(long, value_name = "PATH")]
    only: Vec<String>,
    /// Fail on what would be left out or read as any JSON because it has no Rust yet, or tried in order because no key
    /// tells it apart
    #[arg(long)]
    strict: bool,
    /// Include what the document marks as undocumented
    #[arg(long)]
    undocumented: bool,
    /// Read this OpenAPI 3.0 document, JSON or YAML; needs --out
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// Write a whole crate here: a new or empty folder, or a crate that this command has generated; needs --spec
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Overwrite generated files that were edited, and files that stand where generated ones belong
    #[arg(long, requires = "spec")]
    force: bool,
    /// Name of the crate; the name of its folder if not given
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
    let wanted = wanted(repo, &job)?;
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

/// The client of a document that may not be kept yet.
pub struct Client {
    /// All files below src/generated/.
    pub files: Files,
    /// What the user should know about them.
    pub warnings: Diagnostics,
    /// The test calls of each operation, by its path in Rust.
    pub calls: BTreeMap<String, BTreeSet<String>>,
    features: Features,
    path: PathBuf,
}

impl Client {
    /// Makes the client of the document with this text and these corrections; nothing is written.
    pub fn of(repo: &Repo, text: String, overlay: Option<String>) -> Result<Self> {
        let input = Input::client_of(repo, text, overlay, job::client_options())?;
        let job = Job::of_client(repo, input);
        let Wanted { files, warnings, features, calls, .. } = wanted(repo, &job)?;
        Ok(Self { files, warnings, calls, features, path: job.path })
    }

    /// How many of the files that are there would be others, if any.
    pub fn difference(&self) -> Result<Option<String>> {
        let present = self.present()?;
        let differences = compare::differences(&present, &self.files);
        Ok((!differences.is_empty()).then(|| compare::counts(&differences)))
    }

    /// The manifest with the features of this client.
    pub fn manifest(&self, text: &str) -> Result<String> {
        manifest::with_features(text, &self.features)
    }

    /// The files that are there.
    pub fn present(&self) -> Result<Files> {
        self.folder().files()
    }

    /// Makes the folder hold these files.
    pub fn write(&self, files: &Files) -> Result<Change> {
        self.folder().replace(files)
    }

    fn folder(&self) -> atomic_dir::Folder<'_> {
        atomic_dir::Folder { path: &self.path, keeps: &|_| false }
    }
}

/// A crate that was made.
pub struct Made {
    /// By their paths in the crate.
    pub files: Files,
    /// What has no Rust, and what else the user should know.
    pub warnings: Diagnostics,
}

/// Writes the crate of `input` into the folder at `path`, which belongs to this program.
pub fn package(repo: &Repo, input: Input, path: PathBuf) -> Result<Made> {
    let name = path.display().to_string();
    // The crate lacks the constant, which is the checked-in client's.
    let input = Input { options: Options { profile: None, ..input.options }, ..input };
    let job = Job { input, path, name, is_package: true };
    let Wanted { files, warnings, .. } = wanted(repo, &job)?;
    job.replace(&files, Edited::Overwrite)?;
    Ok(Made { files, warnings })
}

/// What the folder of a job should hold.
struct Wanted {
    files: Files,
    /// What the user should know about it.
    warnings: Diagnostics,
    /// What became of everything in the document.
    count: Count,
    /// The test calls of each operation.
    calls: BTreeMap<String, BTreeSet<String>>,
    /// What parts of it are compiled with.
    features: Features,
}

impl Wanted {
    /// The manifest of the checked-in client, as it is and as it should be; of a whole crate it is one of the files.
    fn manifest(&self, repo: &Repo, job: &Job) -> Result<Option<(String, String)>> {
        if job.is_package {
            return Ok(None);
        }
        let found = repo.read(MANIFEST, "restore it from git")?;
        let wanted = manifest::with_features(&found, &self.features)?;
        Ok((found != wanted).then_some((found, wanted)))
    }
}

fn wanted(repo: &Repo, job: &Job) -> Result<Wanted> {
    let Input { document, overlay, options } = &job.input;
    let generated = progress::during(format!("generating from {}", document.name), || {
        seam_generator::generate(document, overlay.as_ref(), options)
    })?;
    let tree: Files = generated
        .tree
        .iter()
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .collect();
    // A folder is never emptied: nothing to write is a mistake, whichever it is, and what stands there is worth more.
    ensure!(
        !tree.is_empty(),
        "{} gives no files, and {} was left as it is; see that --only, or `only` in {STANDING}, names paths that exist",
        document.name,
        job.name
    );
    let Generated { warnings, count, calls, features, .. } = generated;
    let files = if job.is_package { package::around(repo, job, tree, &features)? } else { tree };
    Ok(Wanted { files, warnings, count, calls, features })
}

fn write(repo: &Repo, job: &Job, wanted: &Wanted, edited: Edited) -> Result<Outcome> {
    let Wanted { files, count, .. } = wanted;
    let change = progress::during(format!("writing {}", job.name), || job.replace(files, edited))?;
    if let Some((_, text)) = wanted.manifest(repo, job)? {
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

fn check(repo: &Repo, job: &Job, wanted: &Wanted, remedy: &str) -> Result<Outcome> {
    let files = &wanted.files;
    let found = job.found(files)?;
    let differences = compare::differences(&found, files);
    let manifest = wanted.manifest(repo, job)?;
    if differences.is_empty() && manifest.is_none() {
        eprintln!("{}: {} files, up to date", job.name, files.len());
        return Ok(Outcome::Done);
    }
    if let Some((found, wanted)) = manifest {
        let [found, wanted] =
            [found, wanted].map(|text| Files::from([("Cargo.toml".to_owned(), text.into_bytes())]));
        print(&compare::report(CLIENT, &compare::differences(&found, &wanted)))?;
        eprintln!("{MANIFEST}: its features are out of date");
    }
    print(&compare::report(&job.name, &differences))?;
    let force = if job.is_edited(&found, files)? { " --force" } else { "" };
    eprintln!("{}: {}\nrun: {remedy}{force}", job.name, compare::counts(&differences));
    Ok(Outcome::Failed)
}

/// The command that a check with `args` asks for.
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

/// As a shell takes it for one word.
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
