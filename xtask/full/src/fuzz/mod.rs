//! `cargo xtask fuzz`: runs the fuzz targets of xtask/fuzz.

mod build;
mod target;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use xtask::Outcome;
use xtask::repo::Repo;

use self::build::{Profile, host};
use self::target::Target;

/// Fuzz everything that reads documents, responses and archives.
///
/// The fuzz targets are in xtask/fuzz. They need a C++ compiler, Linux or macOS, and no nightly Rust. Without an option,
/// each target gets a fixed number of inputs, the same ones in every run. An input that breaks something is added to the
/// fixtures of the tests, which then fail until it is fixed. Exits with 1 if there is such an input.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The fuzz target to run [default: all]
    target: Option<Target>,
    /// The number of inputs for each target
    #[arg(long, value_name = "N", conflicts_with = "seconds")]
    runs: Option<u64>,
    /// Run each target for this number of seconds, and continue from the corpus of earlier such runs; the targets are built
    /// with optimisations, which takes minutes
    #[arg(long, value_name = "S")]
    seconds: Option<u64>,
}

/// The maximum length of an input. Most inputs are short recipes from which the target builds its actual input.
const LONGEST: &str = "-max_len=512";
/// Limits of libFuzzer on memory, in megabytes, and on the time of one input, in seconds.
const MEMORY: &str = "-rss_limit_mb=2048";
const TIME: &str = "-timeout=30";

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let targets = args.target.map_or(Target::ALL.to_vec(), |target| vec![target]);
    let profile = if args.seconds.is_some() { Profile::Many } else { Profile::Few };
    let Some(folder) = build::targets(repo, &targets, profile, &host()?)? else {
        return Ok(Outcome::Failed);
    };
    let mut outcome = Outcome::Done;
    for target in targets {
        eprintln!("\n=== {}", target.name());
        if let Some(found) = Run::new(repo, target, &folder)?.go(args)? {
            eprintln!(
                "{}: broke on {found}; the tests of {} show it",
                target.name(),
                target.owner()
            );
            outcome = Outcome::Failed;
        }
    }
    Ok(outcome)
}

/// A run of one fuzz target.
struct Run<'a> {
    repo: &'a Repo,
    target: Target,
    program: PathBuf,
    /// The folder of inputs with different coverage.
    corpus: PathBuf,
    /// The file with the current input, in the form that the tested code gets.
    last: PathBuf,
}

impl<'a> Run<'a> {
    fn new(repo: &'a Repo, target: Target, programs: &Path) -> Result<Self> {
        let folder = build::folder(repo).join("runs").join(target.name());
        let corpus = folder.join("corpus");
        fs::create_dir_all(&corpus)
            .with_context(|| format!("{} cannot be made", corpus.display()))?;
        let program = programs.join(target.name());
        Ok(Self { repo, target, program, corpus, last: folder.join("last") })
    }

    /// Runs the target. If an input breaks something, returns the name of the fixture with that input.
    fn go(&self, args: &Args) -> Result<Option<String>> {
        let mut command = Command::new(&self.program);
        // `-len_control=0`: inputs are mostly recipes, so that their length says little.
        command.args([
            LONGEST,
            MEMORY,
            TIME,
            "-len_control=0",
            "-verbosity=0",
            "-print_final_stats=1",
            "-print_funcs=0",
        ]);
        command.arg(format!("-artifact_prefix={}-", self.last.display()));
        match args.seconds {
            Some(seconds) => command.arg(format!("-max_total_time={seconds}")).arg(&self.corpus),
            None => {
                let runs = args.runs.unwrap_or_else(|| self.target.runs());
                command.args([format!("-runs={runs}"), "-seed=1".to_owned()])
            }
        };
        command.env("SEAM_FUZZ_LAST", &self.last).current_dir(self.repo.path(""));
        let status = command.status();
        let status =
            status.with_context(|| format!("{} cannot be started", self.program.display()))?;
        if status.success() { Ok(None) } else { self.keep().map(Some) }
    }

    /// Copies the input into the fixtures.
    fn keep(&self) -> Result<String> {
        let input = fs::read(&self.last)
            .with_context(|| format!("{} ended before it tried anything", self.target.name()))?;
        let digits = crate::fetch::sha256(&input);
        let name = format!("{}/{}-{}", self.target.fixtures(), self.target.name(), &digits[..12]);
        let path = self.repo.path(&name);
        fs::write(&path, input).with_context(|| format!("{name} cannot be written"))?;
        Ok(name)
    }
}
