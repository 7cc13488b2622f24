//! Measures compiling the client when its dependencies are built already.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use seam_generator::Options;

use xtask::generate::{self, Input, client_name};
use xtask::progress;
use xtask::repo::{DOCUMENT, LOCK, OVERLAY, Repo};

use super::figure::{Figure, Unit};
use super::made::{RESTORE, put};
use super::table::Sheet;
use super::{building, call, first, folder};
use crate::usage::Usage;

/// The package of the client with undocumented operations.
const WHOLE: &str = "bench-undocumented";

/// The package of the programs that use the client.
const PROGRAMS: &str = "bench-programs";

/// The limit on the memory of a check, in MiB: 600 million bytes.
const MEMORY: f64 = 572.0;

/// A way to compile a crate.
struct Build {
    name: &'static str,
    command: &'static str,
    /// Options for the profile. `cargo clean` needs them as well to remove the crate.
    profile: &'static [&'static str],
}

const CHECK: Build = Build { name: "check", command: "check", profile: &[] };
const DEV: Build = Build { name: "dev build", command: "build", profile: &[] };
const RELEASE: Build = Build { name: "release build", command: "build", profile: &["--release"] };

/// The features with which a crate is compiled.
struct Part {
    what: &'static str,
    /// Options for Cargo that select the features.
    options: &'static [&'static str],
}

const CLIENT: Part = Part { what: "the client", options: &[] };
/// The part of the API that contains `assign`.
const ACS: Part =
    Part { what: "only `api-acs`", options: &["--no-default-features", "-Frustls,api-acs"] };
/// The part of the API with the fewest lines.
const SMALLEST: Part = Part {
    what: "only `api-instant-keys`, the smallest part",
    options: &["--no-default-features", "-Frustls,api-instant-keys"],
};
const UNDOCUMENTED: Part = Part { what: "with the undocumented parts", options: &[] };
const ASSIGN: Part =
    Part { what: "the client and a program that calls `assign`", options: &["--bin=one"] };
const TWENTY: Part =
    Part { what: "the client and a program that calls twenty", options: &["--bin=twenty"] };

/// Measures all figures of the group.
pub(super) fn measure(repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let client = Crate { package: client_name(repo)?, dependency: None, place: repo.path("") };
    let targets = [Some(7.0), Some(MEMORY)];
    let all = client.measured(repo, runs, (&CHECK, &CLIENT), targets, sheet)?;
    client.measured(repo, runs, (&CHECK, &ACS), [None; 2], sheet)?;
    let least = client.measured(repo, runs, (&CHECK, &SMALLEST), [None; 2], sheet)?;
    sheet.add(
        Figure::new("the smallest part ÷ the client", least / all, Unit::Times).at_most(0.15),
    )?;
    client.measured(repo, runs, (&DEV, &CLIENT), [Some(12.0), None], sheet)?;
    client.measured(repo, runs, (&RELEASE, &CLIENT), [Some(18.0), None], sheet)?;
    let programs = Crate {
        package: PROGRAMS.to_owned(),
        dependency: Some(client_name(repo)?),
        place: programs(repo)?,
    };
    for build in [&DEV, &RELEASE] {
        for program in [&ASSIGN, &TWENTY] {
            programs.measured(repo, runs, (build, program), [None; 2], sheet)?;
        }
    }
    let whole = Crate::undocumented(repo)?;
    whole.measured(repo, runs, (&CHECK, &UNDOCUMENTED), [Some(12.0), None], sheet)?;
    Ok(())
}

/// A crate to compile.
pub(super) struct Crate {
    pub(super) package: String,
    /// A dependency that is recompiled with the crate each time.
    pub(super) dependency: Option<String>,
    /// The folder of its workspace.
    pub(super) place: PathBuf,
}

impl Crate {
    /// The client with undocumented operations, in a temporary crate.
    pub(super) fn undocumented(repo: &Repo) -> Result<Self> {
        Ok(Self { package: WHOLE.to_owned(), dependency: None, place: undocumented(repo)? })
    }

    /// Measures one check of the crate. Its dependencies are built first, with an empty library in place of the crate, which
    /// may take minutes itself.
    pub(super) fn checked(&self, repo: &Repo) -> Result<Usage> {
        let library = self.place.join("src").join("lib.rs");
        let source = fs::read(&library)?;
        fs::write(&library, "//! Nothing.\n")?;
        self.compiled(repo, &CHECK, &[])?;
        fs::write(&library, source)?;
        self.compiled(repo, &CHECK, &[])
    }

    /// Measures the crate and adds the figures, with their limits on CPU time and memory. Returns the CPU time.
    fn measured(
        &self,
        repo: &Repo,
        runs: u32,
        (build, part): (&Build, &Part),
        [cpu, memory]: [Option<f64>; 2],
        sheet: &mut Sheet,
    ) -> Result<f64> {
        let name = format!("{}, {}", build.name, part.what);
        let used = progress::during(name.clone(), || self.runs(repo, build, part, runs))?;
        let time = Figure::of_runs(&name, used.iter().map(|used| used.cpu), Unit::CpuSeconds);
        let least = time.least;
        sheet.add(Figure { target: cpu, ..time })?;
        let highest = used.iter().map(|used| used.memory).fold(f64::INFINITY, f64::min);
        let highest = Figure::new(name + ", memory", highest, Unit::Mebibytes);
        sheet.add(Figure { target: memory, ..highest })?;
        Ok(least)
    }

    /// The cost of each run. It includes about a tenth of a second for Cargo itself.
    fn runs(&self, repo: &Repo, build: &Build, part: &Part, runs: u32) -> Result<Vec<Usage>> {
        // The first build includes the dependencies. Each measured build then compiles only the crates that were removed.
        self.compiled(repo, build, part.options)?;
        let again = [&self.package].into_iter().chain(&self.dependency);
        let forget =
            again.flat_map(|name| ["--package", name]).chain(build.profile.iter().copied());
        let measured = (0..runs).map(|_| {
            self.cargo(repo, "clean", forget.clone())?;
            self.compiled(repo, build, part.options)
        });
        measured.collect()
    }

    /// Compiles the crate.
    fn compiled(&self, repo: &Repo, build: &Build, options: &[&str]) -> Result<Usage> {
        let options = build.profile.iter().chain(options).copied();
        self.cargo(repo, build.command, options.chain(["--package", &self.package]))
    }

    fn cargo<'a>(
        &self,
        repo: &Repo,
        command: &'a str,
        options: impl Iterator<Item = &'a str>,
    ) -> Result<Usage> {
        let mut cargo = building(repo, [command, "--quiet"].into_iter().chain(options));
        Usage::of(cargo.current_dir(&self.place))
    }
}

/// Writes the crate of the client with undocumented operations, and returns its folder.
fn undocumented(repo: &Repo) -> Result<PathBuf> {
    let place = folder(repo).join(WHOLE);
    fs::create_dir_all(&place).with_context(|| format!("{} cannot be made", place.display()))?;
    let package = WHOLE.to_owned();
    let options = Options { package, undocumented: true, ..Options::default() };
    let (document, overlay) = (repo.path(DOCUMENT), repo.path(OVERLAY));
    let input = Input::of(&document, Some(&overlay), options)?;
    generate::package(repo, input, place.clone())?;
    fs::copy(repo.path(LOCK), place.join(LOCK))
        .with_context(|| format!("{LOCK} cannot be written to {}", place.display()))?;
    Ok(place)
}

/// Writes the crate with the programs, and returns its folder.
fn programs(repo: &Repo) -> Result<PathBuf> {
    let place = folder(repo).join(PROGRAMS);
    for (name, text) in [
        ("Cargo.toml", first::manifest(repo, PROGRAMS, "", "")?),
        (LOCK, repo.read(LOCK, RESTORE)?),
        ("src/bin/one.rs", first::ONE_CALL.to_owned()),
        ("src/bin/twenty.rs", call::TWENTY.to_owned()),
    ] {
        put(place.join(name), &text)?;
    }
    Ok(place)
}
