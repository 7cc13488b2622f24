//! `cargo xtask bench`: measures the cost of generating, compiling and calling the client, and compares it with targets.

mod call;
mod compile;
mod counts;
mod decode;
mod figure;
mod first;
mod generate;
mod made;
mod peers;
mod program;
mod readme;
mod scale;
mod stage;
mod table;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use xtask::Outcome;
use xtask::cargo::cargo;
use xtask::repo::Repo;

use self::stage::Stage;
use self::table::{Row, Sheet};

/// Measure the cost of generating, compiling and calling the client, and compare it with targets.
///
/// Times are CPU seconds, user and system. Memory is the peak of the largest process. Of several runs, the minimum is shown,
/// because disturbances can only increase it. Everything is built in target/bench/, which takes minutes at first. The
/// `counts` do not depend on the machine, and their targets are in xtask/bench.toml; a test fails if one has grown by more
/// than a tenth.
///
/// Exits with 1 if a count has grown too much. Other missed targets are only shown.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to measure [default: everything but `peers`]
    groups: Vec<Group>,
    /// Measure `peers` as well, which downloads them from the registry and takes at least a quarter of an hour
    #[arg(long)]
    peers: bool,
    /// The number of runs of each measurement
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Write the tables into xtask/BENCHMARKS.md, and the counts into xtask/bench.toml
    #[arg(long)]
    write: bool,
    /// Run this stage in the current process, which is being measured.
    #[arg(long, hide = true)]
    stage: Option<Stage>,
    /// The number of repetitions of the stage.
    #[arg(long, hide = true, requires = "stage", default_value_t = 1)]
    times: u32,
    /// The document for the stage, instead of the checked-in one.
    #[arg(long, hide = true, requires = "stage")]
    document: Option<PathBuf>,
}

impl Args {
    /// The groups to measure, in the order of their declaration.
    fn groups(&self) -> Vec<Group> {
        let wanted = |group: &&Group| match group {
            Group::Peers => self.peers || self.groups.contains(group),
            _ => self.groups.is_empty() || self.groups.contains(group),
        };
        Group::value_variants().iter().filter(wanted).copied().collect()
    }
}

/// A group of measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Group {
    /// Compiling the client, with its dependencies built already
    Compile,
    /// Generating a client of the whole document, with undocumented operations
    Generate,
    /// Commands in a clean clone, and a new crate that uses the client
    First,
    /// Decoding responses, compared with serde's derive
    Decode,
    /// Calling one operation, compared with a hand-written call
    Call,
    /// The size of programs that use the client
    Size,
    /// Counts that do not depend on the machine
    Counts,
    /// The client, compared with those that progenitor and ploidy generate from the same document
    Peers,
}

impl Group {
    /// The name on the command line.
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn measure(self, repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
        match self {
            Self::Compile => compile::measure(repo, runs, sheet),
            Self::Generate => generate::measure(repo, runs, sheet),
            Self::First => first::measure(repo, sheet),
            Self::Decode => decode::measure(repo, sheet),
            Self::Call => call::measure(repo, sheet),
            Self::Size => call::sizes(repo, sheet),
            Self::Counts => counts::measure(repo, sheet),
            Self::Peers => peers::measure(repo, runs, sheet),
        }
    }

    /// The headings of the columns.
    fn heading(self) -> Row {
        match self {
            Self::Peers => peers::heading(self.name()),
            _ => [&self.name(), "measured", "target", "verdict"].map(str::to_owned),
        }
    }
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    if let Some(stage) = args.stage {
        return stage::run(repo, stage, args.document.as_deref(), args.times);
    }
    let mut outcome = Outcome::Done;
    for group in args.groups() {
        let mut sheet = Sheet::begin(group.heading())?;
        group.measure(repo, args.runs, &mut sheet)?;
        if args.write {
            readme::write(repo, group, &sheet)?;
        }
        if group == Group::Counts {
            if args.write {
                counts::write(repo)?;
            } else if sheet.misses() {
                outcome = Outcome::Failed;
            }
        }
    }
    Ok(outcome)
}

/// The target folder of the benchmarks. Other builds have other features, and are not overwritten.
fn folder(repo: &Repo) -> PathBuf {
    repo.target().join("bench")
}

/// Cargo with that target folder.
fn building<'a>(repo: &Repo, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = cargo(repo, arguments);
    command.env("CARGO_TARGET_DIR", folder(repo));
    // Crates that use the client do not have this workspace's incremental builds and profiles.
    command.envs([("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "true")]);
    command
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        args: Args,
    }

    fn groups(arguments: &[&str]) -> Vec<Group> {
        let arguments = [&["bench"], arguments].concat();
        Command::try_parse_from(arguments).unwrap().args.groups()
    }

    #[test]
    fn peers_are_measured_only_where_they_are_asked_for() {
        let everything = groups(&[]);
        assert!(!everything.contains(&Group::Peers));
        assert_eq!(groups(&["--peers"]), [&everything[..], &[Group::Peers]].concat());
        assert_eq!(groups(&["compile", "--peers"]), [Group::Compile, Group::Peers]);
        assert_eq!(groups(&["peers"]), [Group::Peers]);
    }
}
