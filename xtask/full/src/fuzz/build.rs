//! Builds the fuzz targets like `cargo fuzz`, but with stable Rust.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use xtask::cargo::cargo;
use xtask::repo::Repo;

use super::target::Target;

/// The manifest of the package with the fuzz targets.
const MANIFEST: &str = "xtask/fuzz/Cargo.toml";

/// Compiler flags that record coverage and comparisons for libFuzzer. `cargo fuzz` also enables sanitizers, which need
/// nightly Rust and find nothing in code without `unsafe`.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// How many inputs will be tried, which decides the optimisation level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    /// Few inputs: the build has to be fast.
    Few,
    /// Many inputs: the targets have to be fast.
    Many,
}

/// The folder for the builds and the results.
pub(super) fn folder(repo: &Repo) -> PathBuf {
    repo.target().join("fuzz")
}

/// Builds these targets, and returns the folder of the executables. Returns `None` if they do not compile.
pub(super) fn targets(
    repo: &Repo,
    targets: &[Target],
    profile: Profile,
    host: &str,
) -> Result<Option<PathBuf>> {
    // With an explicit `--target`, the flags do not apply to build scripts and procedural macros.
    let mut command =
        cargo(repo, ["build", "--locked", "--manifest-path", MANIFEST, "--target", host]);
    command.arg("--target-dir").arg(folder(repo));
    command.args(targets.iter().flat_map(|target| ["--bin", target.name()]));
    let built = match profile {
        Profile::Few => "debug",
        Profile::Many => {
            command.arg("--release");
            "release"
        }
    };
    command.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    // Repeats the setting of the targets' manifest, which the configuration of the workspace would override.
    command.env("CARGO_PROFILE_DEV_DEBUG", "false");
    let status = command.status().context("cargo cannot be started")?;
    Ok(status.success().then(|| folder(repo).join(host).join(built)))
}

/// The target triple of this machine.
pub(super) fn host() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().context("rustc cannot be started")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say which machine this is")
}
