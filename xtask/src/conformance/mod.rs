//! `cargo xtask conformance`: calls every operation of a client against servers that validate requests.

mod client;
mod readme;
mod table;
mod trials;

use std::path::{Path, PathBuf, absolute};

use anyhow::{Context, Result};

use crate::Outcome;
use crate::output::print;
use crate::repo::{DOCUMENT, Repo};
use crate::servers::{Server, Servers};

use self::trials::Trials;

/// Call every operation of the client, and check requests and responses against the document.
///
/// Each operation is called with its required parameters alone, and with all of its parameters. A proxy records the calls
/// and forwards them to Steady and to Prism, which this command starts on the published document; see
/// generated-client/tests/conformance/. impossible.yaml in that folder lists calls that the document makes impossible.
///
/// Exits with 1 if a call fails that is not listed, if a listed call does not fail, or if the table in
/// generated-client/tests/README.md is out of date.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Generate a client from this OpenAPI 3.0 or 3.1 document, and test that client instead
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Corrections to the document of --spec, an OpenAPI Overlay 1.0
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
    /// The list of calls that the document of --spec makes impossible
    #[arg(long, value_name = "FILE", requires = "spec")]
    impossible: Option<PathBuf>,
    /// Start no servers; check only the requests
    #[arg(long, conflicts_with = "write")]
    no_servers: bool,
    /// Update the table in generated-client/tests/README.md
    #[arg(long, conflicts_with = "spec")]
    write: bool,
}

/// The servers that validate requests against the document.
const SERVERS: [Server; 2] = [Server::Steady, Server::Prism];

/// Runs the command.
pub fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let trials = match &args.spec {
        Some(spec) => client::trials(repo, args, spec)?,
        None => {
            let servers = started(repo, args, Path::new(DOCUMENT))?;
            Trials::of_client(repo, servers.as_ref())?
        }
    };
    let Some(trials) = trials else { return Ok(Outcome::Failed) };
    print(&table::shown(&trials))?;
    let is_told = match (&args.spec, args.write) {
        (Some(_), _) => true,
        (None, true) => trials.pass() && readme::write(repo, &trials)?,
        (None, false) => args.no_servers || readme::is_true(repo, &trials)?,
    };
    Ok(if trials.pass() && is_told { Outcome::Done } else { Outcome::Failed })
}

/// The results of the conformance test of a crate.
pub struct Calls {
    /// The number of calls, for all servers together.
    pub made: usize,
    /// The number of calls that passed.
    pub passed: usize,
    /// The failures as text, if the test failed.
    pub failure: Option<String>,
}

/// Runs the conformance test of the generated crate in `folder`. Returns `None` if it does not compile. Without servers, only
/// the requests are checked.
///
/// # Errors
///
/// If the test cannot be run.
pub fn calls(repo: &Repo, folder: &Path, servers: Option<&Servers>) -> Result<Option<Calls>> {
    if !client::compiles(repo, folder)? {
        return Ok(None);
    }
    let trials = Trials::of(repo, client::test(repo, folder), servers)?;
    let calls = trials.all.iter().filter(|trial| !trial.is_together());
    let passed = calls.clone().filter(|trial| trial.is_as_expected()).count();
    let failure = (!trials.is_content).then(|| table::failures(&trials));
    Ok(Some(Calls { made: calls.count(), passed, failure }))
}

/// Whether to compare the table in the README as well. That needs the results of all servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only make the calls.
    Calls,
    /// Make the calls and compare the table.
    CallsAndTable,
}

/// Calls every operation of the checked-in client, and returns whether all calls passed and the table in the README is up to
/// date. Servers that run already are used; otherwise the wanted ones are started.
pub fn passes(
    repo: &Repo,
    wanted: &[Server],
    running: Option<&Servers>,
    extent: Extent,
) -> Result<bool> {
    let own = match running {
        Some(_) => None,
        None => Some(Servers::start(repo, DOCUMENT, wanted)?),
    };
    let Some(trials) = Trials::of_client(repo, running.or(own.as_ref()))? else { return Ok(false) };
    eprint!("{}", table::shown(&trials));
    let is_current = extent == Extent::Calls || readme::is_true(repo, &trials)?;
    Ok(trials.pass() && is_current)
}

/// Starts the servers, unless `--no-servers` is given.
fn started(repo: &Repo, args: &Args, document: &Path) -> Result<Option<Servers>> {
    if args.no_servers {
        return Ok(None);
    }
    let document = absolute(repo.path("").join(document))
        .with_context(|| format!("{} cannot be found", document.display()))?;
    Servers::start(repo, &document.to_string_lossy(), &SERVERS).map(Some)
}
