//! The trials, as the test itself reports them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::cargo::test_program;
use crate::progress;
use crate::repo::{CLIENT, Repo};
use crate::servers::{Server, Servers};

/// The test, below `tests/`.
pub(super) const TEST: &str = "conformance";
/// The trial of all calls of an operation together.
const TOGETHER: &str = "together";

/// How one call went with one server.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Trial {
    pub(super) operation: String,
    pub(super) call: String,
    pub(super) server: String,
    pub(super) passed: bool,
    /// How much of the answer had to be put right.
    pub(super) repairs: usize,
    /// Whether the answer was not as the document describes it.
    pub(super) broken: bool,
    pub(super) problem: Option<String>,
    /// Why it cannot pass, if it is listed.
    pub(super) listed: Option<String>,
}

impl Trial {
    pub(super) fn is_together(&self) -> bool {
        self.call == TOGETHER
    }

    /// Whether it ended as it should have.
    pub(super) fn is_as_expected(&self) -> bool {
        self.passed != self.listed.is_some()
    }
}

/// What came of a run of the test.
pub(super) struct Trials {
    pub(super) all: Vec<Trial>,
    /// Whether the test itself is content.
    is_content: bool,
    /// What it printed.
    pub(super) said: String,
}

impl Trials {
    /// Those of the checked-in client; nothing if it does not compile.
    pub(super) fn of_client(repo: &Repo, servers: Option<&Servers>) -> Result<Option<Self>> {
        let Some(executable) = test_program(repo, TEST)? else { return Ok(None) };
        let mut command = Command::new(executable);
        command.current_dir(repo.path(CLIENT)).stdin(Stdio::null());
        Self::of(repo, command, servers).map(Some)
    }

    /// Those of a test that `command` starts.
    pub(super) fn of(repo: &Repo, mut command: Command, servers: Option<&Servers>) -> Result<Self> {
        let folder = repo.target().join(TEST);
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let result = tempfile::NamedTempFile::new_in(&folder)
            .with_context(|| format!("{} cannot be written to", folder.display()))?;
        command.env("CONFORMANCE_RESULT", result.path());
        for (variable, server) in
            [("CONFORMANCE_STEADY", Server::Steady), ("CONFORMANCE_PRISM", Server::Prism)]
        {
            match servers.filter(|servers| servers.has(server)) {
                Some(servers) => command.env(variable, servers.url(server)?),
                None => command.env_remove(variable),
            };
        }
        let output = progress::during("calling every operation".to_owned(), || command.output());
        let output = output.context("the test cannot be started")?;
        let said =
            [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        Ok(Self {
            all: read(result.path())?,
            is_content: output.status.success(),
            said: said.concat(),
        })
    }

    /// Whether all is as it should be.
    pub(super) fn pass(&self) -> bool {
        self.is_content && !self.all.is_empty()
    }

    /// The trials of each server, in the order of their first ones.
    pub(super) fn by_server(&self) -> Vec<(&str, Vec<&Trial>)> {
        let mut servers: Vec<(&str, Vec<&Trial>)> = Vec::new();
        for trial in self.all.iter().filter(|trial| !trial.is_together()) {
            match servers.iter_mut().find(|(name, _)| *name == trial.server) {
                Some((_, trials)) => trials.push(trial),
                None => servers.push((&trial.server, vec![trial])),
            }
        }
        servers.sort_by_key(|(name, _)| ORDER.iter().position(|known| known == name));
        servers
    }
}

/// The servers as they are shown.
const ORDER: [&str; 4] = ["offline", "steady", "prism-static", "prism-dynamic"];

/// How many there are by operation, and in how many of those every trial passed.
pub(super) fn operations(trials: &[&Trial]) -> (usize, usize) {
    let mut operations: BTreeMap<&str, bool> = BTreeMap::new();
    for trial in trials {
        *operations.entry(&trial.operation).or_insert(true) &= trial.passed;
    }
    (operations.values().filter(|passed| **passed).count(), operations.len())
}

fn read(path: &Path) -> Result<Vec<Trial>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    // The test has written nothing where it did not come so far.
    if text.is_empty() { Ok(Vec::new()) } else { Ok(serde_json::from_str(&text)?) }
}
