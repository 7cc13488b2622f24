//! Compiling the client, whose dependencies are built.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use seam_generator::Options;

use crate::generate::{self, Input, client_name};
use crate::progress;
use crate::repo::{DOCUMENT, LOCK, OVERLAY, Repo};

use super::figure::{Figure, Unit};
use super::table::Sheet;
use super::usage::Usage;
use super::{building, folder};

/// The client with the undocumented parts.
const UNDOCUMENTED: &str = "bench-undocumented";

/// How much memory a check may take, in MiB: 600 million bytes.
const MEMORY: f64 = 572.0;

/// A way to compile a crate.
struct Build {
    name: &'static str,
    command: &'static [&'static str],
    /// What `cargo clean` is told besides, to forget the crate.
    clean: &'static [&'static str],
}

const CHECK: Build = Build { name: "check", command: &["check", "--quiet"], clean: &[] };
const DEV: Build = Build { name: "dev build", command: &["build", "--quiet"], clean: &[] };
const RELEASE: Build = Build {
    name: "release build",
    command: &["build", "--quiet", "--release"],
    clean: &["--release"],
};

/// The part of the API that `assign` is in.
const PART: Build = Build {
    name: "check",
    command: &["check", "--quiet", "--no-default-features", "--features", "rustls,api-acs"],
    clean: &[],
};
/// The part with the fewest lines.
const SMALLEST: Build = Build {
    name: "check",
    command: &[
        "check",
        "--quiet",
        "--no-default-features",
        "--features",
        "rustls,api-instant-keys",
    ],
    clean: &[],
};

/// Measures all of it.
pub(super) fn measure(repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let client = Crate { package: client_name(repo)?, place: repo.path("") };
    let all =
        client.measured(repo, runs, (&CHECK, "the client"), [Some(7.0), Some(MEMORY)], sheet)?;
    client.measured(repo, runs, (&PART, "only `api-acs`"), [None, None], sheet)?;
    let smallest = (&SMALLEST, "only `api-instant-keys`, the smallest part");
    let least = client.measured(repo, runs, smallest, [None, None], sheet)?;
    sheet.add(
        Figure::new("the smallest part ÷ the client", least / all, Unit::Times).at_most(0.15),
    )?;
    client.measured(repo, runs, (&DEV, "the client"), [Some(12.0), None], sheet)?;
    client.measured(repo, runs, (&RELEASE, "the client"), [Some(18.0), None], sheet)?;
    let whole = Crate::undocumented(repo)?;
    whole.measured(
        repo,
        runs,
        (&CHECK, "with the undocumented parts"),
        [Some(12.0), None],
        sheet,
    )?;
    Ok(())
}

/// A crate that is compiled.
pub(super) struct Crate {
    pub(super) package: String,
    /// The folder of its workspace.
    pub(super) place: PathBuf,
}

impl Crate {
    /// The client with the undocumented parts, which is made for this.
    pub(super) fn undocumented(repo: &Repo) -> Result<Self> {
        Ok(Self { package: UNDOCUMENTED.to_owned(), place: undocumented(repo)? })
    }

    /// What checking it costs, once. The crate itself may take minutes, so it is empty while its dependencies are built.
    pub(super) fn checked(&self, repo: &Repo) -> Result<Usage> {
        let library = self.place.join("src").join("lib.rs");
        let source = fs::read(&library)?;
        fs::write(&library, "//! Nothing.\n")?;
        self.run(repo, CHECK.command, &[])?;
        fs::write(&library, source)?;
        self.run(repo, CHECK.command, &[])
    }

    /// Adds what it costs, beside how long it may take and how much memory, and says how long it takes.
    fn measured(
        &self,
        repo: &Repo,
        runs: u32,
        (build, what): (&Build, &str),
        [cpu, memory]: [Option<f64>; 2],
        sheet: &mut Sheet,
    ) -> Result<f64> {
        let name = format!("{}, {what}", build.name);
        let used = progress::during(name.clone(), || self.compiled(repo, build, runs))?;
        let time = Figure::of_runs(&name, used.iter().map(|used| used.cpu), Unit::CpuSeconds);
        let least = time.least;
        sheet.add(Figure { target: cpu, ..time })?;
        let highest = used.iter().map(|used| used.memory).fold(f64::INFINITY, f64::min);
        let highest = Figure::new(name + ", memory", highest, Unit::Mebibytes);
        sheet.add(Figure { target: memory, ..highest })?;
        Ok(least)
    }

    /// What each run costs. Cargo is part of it, with about a tenth of a second.
    fn compiled(&self, repo: &Repo, build: &Build, runs: u32) -> Result<Vec<Usage>> {
        // Its dependencies are built with it once, and then only the crate itself.
        self.run(repo, build.command, &[])?;
        let measured = (0..runs).map(|_| {
            self.run(repo, &["clean", "--quiet"], build.clean)?;
            self.run(repo, build.command, &[])
        });
        measured.collect()
    }

    /// Cargo for this crate.
    fn run(&self, repo: &Repo, arguments: &[&str], more: &[&str]) -> Result<Usage> {
        let mut command = building(repo, arguments.iter().chain(more).copied());
        command.args(["--package", &self.package]).current_dir(&self.place);
        Usage::of(&mut command)
    }
}

/// Makes the crate with the undocumented parts, and says where.
fn undocumented(repo: &Repo) -> Result<PathBuf> {
    let place = folder(repo).join(UNDOCUMENTED);
    fs::create_dir_all(&place).with_context(|| format!("{} cannot be made", place.display()))?;
    let package = UNDOCUMENTED.to_owned();
    let options = Options { package, undocumented: true, ..Options::default() };
    let (document, overlay) = (repo.path(DOCUMENT), repo.path(OVERLAY));
    let input = Input::of(&document, Some(&overlay), options)?;
    generate::package(repo, input, place.clone())?;
    fs::copy(repo.path(LOCK), place.join(LOCK))
        .with_context(|| format!("{LOCK} cannot be written to {}", place.display()))?;
    Ok(place)
}
