//! Builds the targets as `cargo fuzz` does, with what a stable Rust has.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use xtask::cargo::cargo;
use xtask::repo::Repo;

use super::target::Target;

/// The package of the targets.
const MANIFEST: &str = "xtask/fuzz/Cargo.toml";

/// What makes libFuzzer see which jumps an input takes, and what is compared with what. That is all that `cargo fuzz` asks
/// for besides sanitizers, which find nothing in code without `unsafe`, and which a stable Rust does not have.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// How much is going to be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    /// So little that building has to be quick.
    Few,
    /// So much that the targets have to be.
    Many,
}

/// Where the targets are built, and leave what they find.
pub(super) fn folder(repo: &Repo) -> PathBuf {
    repo.target().join("fuzz")
}

/// Builds these targets, and says where they are; nothing if they do not compile.
pub(super) fn targets(
    repo: &Repo,
    targets: &[Target],
    profile: Profile,
    host: &str,
) -> Result<Option<PathBuf>> {
    // With a target of their own the flags are not for what runs while building.
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
    // As the manifest says, over which the workspace's configuration would win.
    command.env("CARGO_PROFILE_DEV_DEBUG", "false");
    let status = command.status().context("cargo cannot be started")?;
    Ok(status.success().then(|| folder(repo).join(host).join(built)))
}

/// The machine that this is, as Cargo calls it.
pub(super) fn host() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().context("rustc cannot be started")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say which machine this is")
}
