//! Runs `cargo check` on the witness, and parses the errors.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use xtask::cargo::cargo;
use xtask::repo::Repo;

use super::crates::WITNESS;

/// The result of a check.
pub(super) struct Checked {
    pub(super) succeeded: bool,
    /// The errors in the witness.
    pub(super) errors: Vec<Message>,
    /// The standard error output of Cargo.
    stderr: String,
}

/// A compiler message.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    level: String,
    pub(super) message: String,
    pub(super) code: Option<Code>,
    pub(super) spans: Vec<Span>,
    /// The message as text for people.
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Code {
    pub(super) code: String,
}

/// A place in the source.
#[derive(Debug, Deserialize)]
pub(super) struct Span {
    pub(super) file_name: String,
    pub(super) line_start: usize,
    pub(super) is_primary: bool,
    /// The message for this place.
    pub(super) label: Option<String>,
}

/// A line of Cargo's output.
#[derive(Deserialize)]
struct Line {
    target: Option<Target>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Checks the crate in `folder`. An error in another crate is returned as an error.
pub(super) fn check(repo: &Repo, folder: &Path) -> Result<Checked> {
    let mut command = cargo(repo, ["check", "--quiet", "--lib", "--message-format=json"]);
    command.current_dir(folder).env("CARGO_TARGET_DIR", repo.target());
    let output = command.output().context("cargo cannot be started")?;
    let mut errors = Vec::new();
    for line in output.stdout.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let line: Line = serde_json::from_slice(line).context("cargo's messages cannot be read")?;
        let (Some(target), Some(message)) = (line.target, line.message) else { continue };
        if message.level != "error" {
            continue;
        }
        if target.name != WITNESS {
            bail!("{} does not compile:\n{}", target.name, message.said());
        }
        errors.push(message);
    }
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Checked { succeeded: output.status.success(), errors, stderr })
}

impl Checked {
    /// All errors as text for people.
    pub(super) fn said(&self) -> String {
        let errors = self.errors.iter().map(Message::said);
        errors.chain([self.stderr.as_str()]).collect::<Vec<_>>().join("\n")
    }
}

impl Message {
    /// The message as text for people.
    pub(super) fn said(&self) -> &str {
        self.rendered.as_deref().unwrap_or(&self.message)
    }
}
