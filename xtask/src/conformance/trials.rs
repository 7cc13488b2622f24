//! The results that the conformance test reports.

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

/// The name of the test target.
pub(super) const TEST: &str = "conformance";
/// The `call` of the trial that stands for all calls of an operation together.
const TOGETHER: &str = "together";

/// The result of one call to one server.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Trial {
    pub(super) operation: String,
    pub(super) call: String,
    pub(super) server: String,
    pub(super) passed: bool,
    /// Number of repairs in the response.
    pub(super) repairs: usize,
    /// Whether the response did not conform to the document.
    pub(super) broken: bool,
    pub(super) problem: Option<String>,
    /// The reason why this call cannot pass, if it is listed as impossible.
    pub(super) listed: Option<String>,
}

impl Trial {
    pub(super) fn is_together(&self) -> bool {
        self.call == TOGETHER
    }

    /// Whether the call passed, or failed as listed.
    pub(super) fn is_as_expected(&self) -> bool {
        self.passed != self.listed.is_some()
    }
}

/// The results of one run of the test.
pub(super) struct Trials {
    pub(super) all: Vec<Trial>,
    /// Whether the test program succeeded.
    pub(super) is_content: bool,
    /// The output of the test program.
    pub(super) said: String,
}

impl Trials {
    /// Runs the test of the checked-in client. Returns `None` if it does not compile.
    pub(super) fn of_client(repo: &Repo, servers: Option<&Servers>) -> Result<Option<Self>> {
        let Some(executable) = test_program(repo, TEST)? else { return Ok(None) };
        let mut command = Command::new(executable);
        command.current_dir(repo.path(CLIENT)).stdin(Stdio::null());
        Self::of(repo, command, servers).map(Some)
    }

    /// Runs a conformance test that `command` starts.
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

    /// Whether the test succeeded and made at least one call.
    pub(super) fn pass(&self) -> bool {
        self.is_content && !self.all.is_empty()
    }

    /// The trials by server, in the order of `ORDER`.
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

/// The order in which servers are shown.
const ORDER: [&str; 4] = ["offline", "steady", "prism-static", "prism-dynamic"];

/// The number of operations of which every trial passed, and the number of all operations.
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
    // The file is empty if the test ended before it wrote the results.
    if text.is_empty() { Ok(Vec::new()) } else { Ok(serde_json::from_str(&text)?) }
}
