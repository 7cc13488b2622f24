//! Third-party servers from npm, used to test the client.

mod install;
mod server;

use anyhow::{Result, anyhow};

use crate::repo::Repo;

use self::server::{Program, Serves, Started};

/// A server that tests can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// Prism: validates requests against a document, and returns responses that the document describes.
    Prism,
    /// Steady: another implementation of the same.
    Steady,
    /// Seam's own fake of its API, which does not use the document.
    Fake,
}

impl Server {
    /// All servers.
    pub const ALL: [Self; 3] = [Self::Prism, Self::Steady, Self::Fake];

    fn program(self) -> Program {
        match self {
            Self::Prism => Program {
                name: "Prism",
                script: "node_modules/@stoplight/prism-cli/dist/index.js",
                // By default, Prism starts two processes if NODE_ENV is `production`, and returns different responses each
                // time.
                arguments: &["mock", "--multiprocess=false", "--seed", "1", "--host", "127.0.0.1"],
                serves: Serves::Document,
            },
            Self::Steady => Program {
                name: "Steady",
                script: "node_modules/@stdy/cli/steady.js",
                arguments: &["--host", "127.0.0.1"],
                serves: Serves::Document,
            },
            Self::Fake => Program {
                name: "Seam's own fake",
                script: "node_modules/@seamapi/fake-seam-connect/dist/server.js",
                arguments: &["--seed"],
                serves: Serves::Itself,
            },
        }
    }
}

/// Running servers, which are stopped when this value is dropped.
pub struct Servers(Vec<(Server, Started)>);

impl Servers {
    /// Starts the `wanted` servers on the document at the path `document`, and waits until they respond.
    pub fn start(repo: &Repo, document: &str, wanted: &[Server]) -> Result<Self> {
        install::packages(repo)?;
        let mut servers = Vec::new();
        for server in wanted {
            servers.push((*server, Started::start(&server.program(), repo, document)?));
        }
        for (_, started) in &mut servers {
            started.ready()?;
        }
        Ok(Self(servers))
    }

    /// Whether this server is running.
    pub fn has(&self, server: Server) -> bool {
        self.0.iter().any(|(one, _)| *one == server)
    }

    /// The base URL of this server.
    pub fn url(&self, server: Server) -> Result<String> {
        let started = self.0.iter().find(|(one, _)| *one == server);
        let url = started.map(|(_, started)| started.url());
        url.ok_or_else(|| anyhow!("{} was not started", server.program().name))
    }
}
