//! The tables in xtask/BENCHMARKS.md.

use std::process::Command;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use xtask::generated_section::GeneratedSection;
use xtask::repo::Repo;

use super::Group;
use super::table::Sheet;

/// Writes the table of a group into `xtask/BENCHMARKS.md`.
pub(super) fn write(repo: &Repo, group: Group, sheet: &Sheet) -> Result<()> {
    let command = format!("cargo xtask bench {} --write", group.name());
    let text = format!("{}\n{}\n", sheet.markdown(), circumstances()?);
    GeneratedSection { file: "xtask/BENCHMARKS.md", command: &command }.write(repo, &text)
}

/// The date, the compiler and the number of cores.
fn circumstances() -> Result<String> {
    let today = Timestamp::now().to_zoned_datetime(TimeZone::UTC).date();
    Ok(format!("{today}, {}, {} cores.", compiler()?, std::thread::available_parallelism()?))
}

/// The name and version of the compiler.
pub(super) fn compiler() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output();
    let output = output.context("rustc cannot be started")?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said.split(" (").next().unwrap_or_default().trim().to_owned())
}
