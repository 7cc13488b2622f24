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
pub(super) const UNDOCUMENTED: &str = "bench-undocumented";

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
    let whole = Crate { package: UNDOCUMENTED.to_owned(), place: undocumented(repo)? };
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
struct Crate {
    package: String,
    /// The folder of its workspace.
    place: PathBuf,
}

impl Crate {
    /// What each run costs. Cargo is part of it, with about a tenth of a second.
    fn compiled(&self, repo: &Repo, build: &Build, runs: u32) -> Result<Vec<Usage>> {
        let run = |arguments: &[&str], more: &[&str]| {
            let mut command = building(repo, arguments.iter().chain(more).copied());
            command.args(["--package", &self.package]).current_dir(&self.place);
            Usage::of(&mut command)
        };
        // Its dependencies are built with it once, and then only the crate itself.
        run(build.command, &[])?;
        let measured = (0..runs).map(|_| {
            run(&["clean", "--quiet"], build.clean)?;
            run(build.command, &[])
        });
        measured.collect()
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
