//! Measures a generator and the crate that it writes.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::bench::generate::remove;
use crate::usage::Usage;
use xtask::atomic_dir::Folder;

/// The cost of generating a crate, and the size of the crate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Generated {
    /// CPU seconds, the minimum of the runs.
    pub(super) cpu: f64,
    /// Memory in MiB, the minimum of the runs.
    pub(super) memory: f64,
    pub(super) files: f64,
    pub(super) lines: f64,
    pub(super) bytes: f64,
}

impl Generated {
    /// Runs a command that writes the crate at `place`, this many times, each time into an empty folder.
    pub(super) fn of(
        runs: u32,
        place: &Path,
        command: impl Fn() -> Result<Command>,
    ) -> Result<Self> {
        let used = (0..runs).map(|_| {
            remove(place)?;
            Usage::of(&mut command()?)
        });
        let least = |one: Usage, other: Usage| Usage {
            cpu: one.cpu.min(other.cpu),
            memory: one.memory.min(other.memory),
        };
        let used = used.collect::<Result<Vec<_>>>()?.into_iter().reduce(least);
        let Usage { cpu, memory } = used.context("nothing was measured")?;
        let (mut files, mut lines, mut bytes) = (0, 0, 0);
        let sources = Folder { path: &place.join("src"), keeps: &|_| false };
        for (name, text) in sources.files()? {
            if is_of_library(&name) {
                files += 1;
                lines += text.iter().filter(|&&byte| byte == b'\n').count();
                bytes += text.len();
            }
        }
        let [files, lines, bytes] = [files, lines, bytes].map(|count| count as f64);
        Ok(Self { cpu, memory, files, lines, bytes })
    }
}

/// Whether a file is part of the library and not of its tests. The peers write no tests.
fn is_of_library(name: &str) -> bool {
    name.ends_with(".rs")
        && !name.starts_with("generated/conformance/")
        && name != "generated/round_trips.rs"
}
