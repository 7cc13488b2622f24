//! `cargo xtask bench`: what it costs to generate the client, to compile it and to call with it, with the targets.

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
mod usage;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use xtask::Outcome;
use xtask::cargo::cargo;
use xtask::repo::Repo;

use self::stage::Stage;
use self::table::{Row, Sheet};

/// Measure what it costs to generate the client, to compile it and to call with it, beside what it should cost.
///
/// Times are CPU seconds, of the program and of the system for it, and memory is what the largest process had at the
/// highest. Of several runs the least counts, since what else the machine does only adds to it. Everything is built in
/// target/bench/, which takes minutes at first. `counts` does not depend on the machine, and is what xtask/bench.toml
/// says; a test fails where one has grown by more than a tenth.
///
/// Exits with 1 if such a count has grown; a target that is missed is only shown.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to measure; everything but `peers` if not given
    groups: Vec<Group>,
    /// Measure `peers` as well, which downloads them from the registry and takes a quarter of an hour or more
    #[arg(long)]
    peers: bool,
    /// How often to measure each time
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Write the tables into xtask/BENCHMARKS.md, and the counts into xtask/bench.toml
    #[arg(long)]
    write: bool,
    /// Do this in the process that is measured.
    #[arg(long, hide = true)]
    stage: Option<Stage>,
    /// So many times.
    #[arg(long, hide = true, requires = "stage", default_value_t = 1)]
    times: u32,
    /// The document of a stage, instead of the checked-in one.
    #[arg(long, hide = true, requires = "stage")]
    document: Option<PathBuf>,
}

impl Args {
    /// What is measured, in this order.
    fn groups(&self) -> Vec<Group> {
        let wanted = |group: &&Group| match group {
            Group::Peers => self.peers || self.groups.contains(group),
            _ => self.groups.is_empty() || self.groups.contains(group),
        };
        Group::value_variants().iter().filter(wanted).copied().collect()
    }
}

/// What is measured together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Group {
    /// Compiling the client, whose dependencies are built
    Compile,
    /// Generating a client of the whole document, with the undocumented parts
    Generate,
    /// A clean clone, and a new crate that uses the client
    First,
    /// Reading what the API answers, beside serde's derive
    Decode,
    /// A call of one operation, beside the same call by hand
    Call,
    /// How large programs are that use the client
    Size,
    /// What does not depend on the machine
    Counts,
    /// The client beside those that progenitor and ploidy make of the same document
    Peers,
}

impl Group {
    /// Its name on the command line.
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

    /// What stands above its columns.
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

/// Where all this is built: what else is built has other features, and is kept.
fn folder(repo: &Repo) -> PathBuf {
    repo.target().join("bench")
}

/// Cargo, as it builds there.
fn building<'a>(repo: &Repo, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = cargo(repo, arguments);
    command.env("CARGO_TARGET_DIR", folder(repo));
    // Crates that use the client have neither the incremental builds of this workspace nor its profile.
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
