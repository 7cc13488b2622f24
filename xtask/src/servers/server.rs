//! A server that runs as long as the value that stands for it.
//!
//! It reads its standard input from this program, and `guard.cjs`, which is loaded into it, ends it when that input
//! ends. So it is gone when the value is dropped, and also when this program is killed and drops nothing.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::node::{self, NODE};
use crate::progress;
use crate::repo::Repo;

/// Where the servers are installed, and the guard stands.
pub(super) const FOLDER: &str = "xtask/servers";
const GUARD: &str = "guard.cjs";

/// What to do on a machine without Node.js.
pub(super) const OTHERWISE: &str = "leave the requests to real servers out with --no-servers";

/// Prism takes 20 seconds on a small machine that has nothing else to do.
const START: Duration = Duration::from_secs(180);
/// For the guard to end the server, before it is killed.
const END: Duration = Duration::from_secs(3);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// So many lines of what a server said are shown.
const LINES: usize = 40;

/// A server as it is installed.
pub(super) struct Program {
    /// What messages call it.
    pub(super) name: &'static str,
    /// What Node.js runs.
    pub(super) script: &'static str,
    /// All but the port and the document.
    pub(super) arguments: &'static [&'static str],
    pub(super) serves: Serves,
}

/// What a server serves, and how it is told where to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    /// What a document describes; both are arguments.
    Document,
    /// What it was made for; the port is in the environment.
    Itself,
}

/// A server that runs.
pub(super) struct Started {
    name: &'static str,
    address: SocketAddr,
    process: Child,
    said: File,
}

impl Started {
    /// Starts `program` on `document` at a free port.
    pub(super) fn start(program: &Program, repo: &Repo, document: &str) -> Result<Self> {
        let name = program.name;
        let starting = || format!("{name} cannot be started");
        let address = free_address().with_context(starting)?;
        let said = tempfile::tempfile().with_context(starting)?;
        let port = address.port().to_string();
        let mut command = Command::new(NODE);
        command
            .args(["--require", &format!("./{FOLDER}/{GUARD}")])
            .arg(format!("{FOLDER}/{}", program.script))
            .args(program.arguments);
        match program.serves {
            Serves::Document => command.args(["--port", &port, document]),
            Serves::Itself => command.env("PORT", port),
        };
        let process = command
            .current_dir(repo.path(""))
            .stdin(Stdio::piped())
            .stdout(said.try_clone().with_context(starting)?)
            .stderr(said.try_clone().with_context(starting)?)
            .spawn();
        let process = node::started(NODE, process, OTHERWISE)?;
        Ok(Self { name, address, process, said })
    }

    /// Where it is.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until it answers.
    pub(super) fn ready(&mut self) -> Result<()> {
        let (name, address) = (self.name, self.address);
        progress::during(format!("waiting for {name}"), || {
            let start = Instant::now();
            while !answers(address) {
                if let Ok(Some(status)) = self.process.try_wait() {
                    return Err(self.failure(&format!("{name} ended before it answered, {status}")));
                }
                if start.elapsed() > START {
                    let seconds = START.as_secs();
                    return Err(
                        self.failure(&format!("{name} did not answer within {seconds} seconds"))
                    );
                }
                sleep(PAUSE);
            }
            Ok(())
        })
    }

    /// The error for `what` happened, with the last of what the server said.
    fn failure(&mut self, what: &str) -> anyhow::Error {
        // It writes at the place in the file that is about to change.
        self.end();
        let mut said = Vec::new();
        let _ = self.said.rewind().and_then(|()| self.said.read_to_end(&mut said));
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = said.trim().lines().collect();
        let last = lines[lines.len().saturating_sub(LINES)..].join("\n");
        anyhow!("{what}; it said\n{last}")
    }

    /// Ends it; doing so again does nothing.
    fn end(&mut self) {
        // Killing comes second: it would leave behind what the server has started itself.
        drop(self.process.stdin.take());
        let start = Instant::now();
        while start.elapsed() < END {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            sleep(PAUSE);
        }
        // What fails here has ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.end();
    }
}

/// An address on this machine where nobody listens.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether an HTTP server answers there.
fn answers(address: SocketAddr) -> bool {
    let answer = || -> std::io::Result<[u8; 5]> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
        let mut start = [0; 5];
        stream.read_exact(&mut start)?;
        Ok(start)
    };
    answer().is_ok_and(|start| start == *b"HTTP/")
}
