//! `cargo xtask corpus`: generates, compiles and tests clients of documents of other APIs.

mod client;
mod list;
mod package;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use seam_generator::Options;

use xtask::Outcome;
use xtask::generate::{self, Input};
use xtask::output::print;
use xtask::repo::Repo;
use xtask::servers::{Server, Servers};

use self::client::{Client, Tested};
use self::list::{CORPUS, List};

/// Generate, compile and test clients of documents of other APIs.
///
/// The documents are those given, else those in xtask/corpus.toml, which come from npm once and are kept below the target
/// folder. For each one a crate is generated below target/corpus/, its library is compiled with warnings denied, and its
/// test calls every operation and checks what is sent against the document. A table has for each document: operations,
/// lines, diagnostics by code, places that are `serde_json::Value` in Rust (and how many of these the document describes as
/// something else), CPU seconds of `cargo check`, and the calls that passed.
///
/// Exits with 1 if a client cannot be generated, does not compile, or fails a call, or if the results differ from those in
/// xtask/corpus.toml.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// OpenAPI 3.0 or 3.1 documents
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Do not test the clients
    #[arg(long, conflicts_with = "write")]
    no_tests: bool,
    /// Send the calls to Steady and Prism as well, which validate them and answer as the document describes it
    #[arg(long, requires = "files", conflicts_with = "no_tests")]
    servers: bool,
    /// Write the results into xtask/corpus.toml
    #[arg(long, conflicts_with = "files")]
    write: bool,
}

impl Args {
    fn tested(&self) -> Tested {
        if self.no_tests { Tested::No } else { Tested::Yes }
    }
}

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &Args) -> Result<Outcome> {
    if args.files.is_empty() {
        let mut list = List::read(repo)?;
        let clients = clients(repo, &list, args.tested())?;
        print(&table::shown(&clients))?;
        if args.write {
            return list.write(repo, &clients).map(|()| Outcome::Done);
        }
        return Ok(outcome(is_as_listed(&list, &clients, args.tested())));
    }
    let mut clients: Vec<Client> = Vec::new();
    for file in &args.files {
        let package = generate::package_name("corpus", &file.to_string_lossy());
        let is_new = !clients.iter().any(|client| client.package == package);
        ensure!(is_new, "{} and another file have one name; rename a copy", file.display());
        let input = Input::of(file, None, Options::default())?;
        let servers = args.servers.then(|| servers(repo, file)).transpose()?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        clients.push(Client::of(repo, &name, package, input, args.tested(), servers.as_ref())?);
    }
    print(&table::shown(&clients))?;
    Ok(outcome(clients.iter().all(Client::is_good)))
}

/// Whether the results for the documents of xtask/corpus.toml are those that the file expects.
pub(crate) fn passes(repo: &Repo) -> Result<bool> {
    let list = List::read(repo)?;
    let clients = clients(repo, &list, Tested::Yes)?;
    eprint!("{}", table::shown(&clients));
    Ok(is_as_listed(&list, &clients, Tested::Yes))
}

fn outcome(is_good: bool) -> Outcome {
    if is_good { Outcome::Done } else { Outcome::Failed }
}

fn servers(repo: &Repo, file: &Path) -> Result<Servers> {
    let file =
        std::path::absolute(file).with_context(|| format!("{} cannot be found", file.display()))?;
    Servers::start(repo, &file.to_string_lossy(), &[Server::Steady, Server::Prism])
}

/// Makes the clients of the listed documents.
fn clients(repo: &Repo, list: &List, tested: Tested) -> Result<Vec<Client>> {
    let documents = package::documents(repo, &list.documents)?.into_iter();
    let listed = list.documents.iter().zip(documents);
    let clients = listed.map(|(listed, document)| {
        // Documents in several folders of a package may have the same file name.
        let words = listed.path.replace(['/', '.'], "-");
        let input = Input { document, overlay: None, options: Options::default() };
        let package = generate::package_name("corpus", &words);
        Client::of(repo, &listed.path, package, input, tested, None)
    });
    clients.collect()
}

/// Compares the results with the expected ones, and prints the differences.
fn is_as_listed(list: &List, clients: &[Client], tested: Tested) -> bool {
    let mut is_as_listed = true;
    for (listed, client) in list.documents.iter().zip(clients) {
        for difference in listed.differences(client, tested) {
            eprintln!("{}: {difference}", client.name);
            is_as_listed = false;
        }
    }
    if !is_as_listed {
        eprintln!("{CORPUS} expects other results\nrun: cargo xtask corpus --write");
    }
    is_as_listed
}
