//! `cargo xtask versions`: generates clients of older versions of the document, and compares their names.

mod client;
mod document;
mod list;
mod stability;
mod table;

use anyhow::{Context, Result, ensure};
use seam_generator::Source;

use xtask::Outcome;
use xtask::npm_package::Package;
use xtask::output::print;
use xtask::repo::{Repo, VERSIONS};

use self::client::Client;
use self::list::Version;
use self::stability::Stability;

/// Generate and compile clients of published versions of the document, and compare their names.
///
/// Uses the given versions, or else those in openapi/versions.toml, oldest first. Their documents are downloaded from npm
/// once, and kept below the target folder. No overlay is applied: openapi/overlay.yaml is for the checked-in document.
/// Compiler warnings count as errors.
///
/// A name is stable if the item at one place of both documents has the same Rust path. Exits with 1 if a client cannot be
/// generated or does not compile.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Versions of the npm package @seamapi/types, or NAME@VERSION
    #[arg(value_name = "VERSION", value_parser = checked)]
    versions: Vec<String>,
}

fn checked(text: &str) -> Result<String> {
    text.parse::<Package>().map(|_| text.to_owned())
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    let versions = list::asked(list::pinned(repo)?, &args.versions);
    ensure!(!versions.is_empty(), "{VERSIONS} names no version; give one");
    let clients = clients(repo, &versions)?;
    print(&table::clients(&clients))?;
    for (index, pair) in clients.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let stability = Stability::between(&before.names, &after.names);
        let heading = if index == 0 { table::STABILITY } else { "" };
        print(&format!("{heading}{}", table::stability(before, after, &stability)))?;
    }
    let all_compile = clients.iter().all(Client::is_usable);
    Ok(if all_compile { Outcome::Done } else { Outcome::Failed })
}

/// Whether the clients of all `tested` versions can be generated and compiled.
pub(crate) fn tested(repo: &Repo) -> Result<bool> {
    let mut versions = list::pinned(repo)?;
    versions.retain(|version| version.tested);
    ensure!(!versions.is_empty(), "{VERSIONS} has no version that is `tested`");
    let clients = clients(repo, &versions)?;
    eprint!("{}", table::clients(&clients));
    Ok(clients.iter().all(Client::is_usable))
}

/// The versions whose clients have to decode the responses of the checked-in API.
pub(crate) fn replayed(repo: &Repo) -> Result<Vec<String>> {
    let versions = list::pinned(repo)?.into_iter().filter(|version| version.replayed);
    Ok(versions.map(|version| version.version).collect())
}

/// Returns the document of one version, downloaded once. If the version is in the file, its checksum is checked.
pub(crate) fn document(repo: &Repo, version: &str) -> Result<Source> {
    let asked = list::asked(list::pinned(repo)?, &[version.to_owned()]);
    let version = asked.first().with_context(|| format!("{version} is no version"))?;
    document::of(repo, version)
}

fn clients(repo: &Repo, versions: &[Version]) -> Result<Vec<Client>> {
    versions.iter().map(|version| Client::of(repo, version)).collect()
}
