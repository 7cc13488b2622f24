//! The servers of others that the client is tried on, from npm.

mod install;
mod server;

use anyhow::{Result, anyhow};

use crate::repo::Repo;

use self::server::{Program, Serves, Started};

/// A server that can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// Holds requests against a document, and answers what that describes.
    Prism,
    /// Does the same in another way.
    Steady,
    /// Seam's own fake of its API, which no document changes.
    Fake,
}

impl Server {
    /// Every server.
    pub const ALL: [Self; 3] = [Self::Prism, Self::Steady, Self::Fake];

    fn program(self) -> Program {
        match self {
            Self::Prism => Program {
                name: "Prism",
                script: "node_modules/@stoplight/prism-cli/dist/index.js",
                // By itself it would be two processes where NODE_ENV is `production`, and other answers each time.
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

/// Servers that run as long as this does.
pub struct Servers(Vec<(Server, Started)>);

impl Servers {
    /// Starts `wanted`, on the document at the path `document`, and waits until they answer.
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

    /// Whether `server` is one of them.
    pub fn has(&self, server: Server) -> bool {
        self.0.iter().any(|(one, _)| *one == server)
    }

    /// Where one of them is.
    pub fn url(&self, server: Server) -> Result<String> {
        let started = self.0.iter().find(|(one, _)| *one == server);
        let url = started.map(|(_, started)| started.url());
        url.ok_or_else(|| anyhow!("{} was not started", server.program().name))
    }
}
