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

/// Measures all of it.
pub(super) fn measure(repo: &Repo, runs: u32, sheet: &mut Sheet) -> Result<()> {
    let client = Crate { package: client_name(repo)?, place: repo.path("") };
    let whole = Crate::undocumented(repo)?;
    let wanted = [
        (&client, "the client", CHECK, 7.0, Some(MEMORY)),
        (&client, "the client", DEV, 12.0, None),
        (&client, "the client", RELEASE, 18.0, None),
        (&whole, "with the undocumented parts", CHECK, 12.0, None),
    ];
    for (of, what, build, cpu, memory) in wanted {
        let name = format!("{}, {what}", build.name);
        let used = progress::during(name.clone(), || of.compiled(repo, &build, runs))?;
        let least = |of: fn(&Usage) -> f64| used.iter().map(of).fold(f64::INFINITY, f64::min);
        let times = used.iter().map(|used| used.cpu);
        sheet.add(Figure::of_runs(&name, times, Unit::CpuSeconds).at_most(cpu))?;
        let highest = Figure::new(name + ", memory", least(|used| used.memory), Unit::Mebibytes);
        sheet.add(match memory {
            Some(memory) => highest.at_most(memory),
            None => highest,
        })?;
    }
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
