//! `cargo xtask versions`: clients of older versions of the document, and which names stayed from one to the next.

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
/// The versions are those given, else those in openapi/versions.toml, oldest first. Their documents come from npm once, and
/// are kept below the target folder. Nothing corrects them: openapi/overlay.yaml is for the checked-in document. Warnings
/// of the compiler count as errors.
///
/// A name stays if what is at one place in both documents has the same path in Rust. Exits with 1 if a client cannot be
/// made or does not compile.
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

/// Whether there is a client for each of the versions that are tested.
pub(crate) fn tested(repo: &Repo) -> Result<bool> {
    let mut versions = list::pinned(repo)?;
    versions.retain(|version| version.tested);
    ensure!(!versions.is_empty(), "{VERSIONS} has no version that is `tested`");
    let clients = clients(repo, &versions)?;
    eprint!("{}", table::clients(&clients));
    Ok(clients.iter().all(Client::is_usable))
}

/// The versions whose clients have to read what the API of the checked-in document answers.
pub(crate) fn replayed(repo: &Repo) -> Result<Vec<String>> {
    let versions = list::pinned(repo)?.into_iter().filter(|version| version.replayed);
    Ok(versions.map(|version| version.version).collect())
}

/// The document of one version, brought once; where its checksum is pinned, it is that one.
pub(crate) fn document(repo: &Repo, version: &str) -> Result<Source> {
    let asked = list::asked(list::pinned(repo)?, &[version.to_owned()]);
    let version = asked.first().with_context(|| format!("{version} is no version"))?;
    document::of(repo, version)
}

fn clients(repo: &Repo, versions: &[Version]) -> Result<Vec<Client>> {
    versions.iter().map(|version| Client::of(repo, version)).collect()
}
