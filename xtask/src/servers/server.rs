//! A server process that ends when its [`Started`] value is dropped.
//!
//! The standard input of the server is a pipe from this program. `guard.cjs`, which is loaded into the server, ends the
//! server when the pipe is closed. So the server also ends when this program is killed and drops nothing.

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

/// The folder of the installed servers and of the guard.
pub(super) const FOLDER: &str = "xtask/servers";
const GUARD: &str = "guard.cjs";

/// The alternative if Node.js is not installed.
pub(super) const OTHERWISE: &str = "leave the requests to real servers out with --no-servers";

/// How long a server may take to start. Prism takes 20 seconds on a small machine that is otherwise idle.
const START: Duration = Duration::from_secs(180);
/// How long the guard may take to end the server before the server is killed.
const END: Duration = Duration::from_secs(3);
/// The interval between two checks.
const PAUSE: Duration = Duration::from_millis(50);
/// The number of lines of a server's output that an error shows.
const LINES: usize = 40;

/// How to start a server.
pub(super) struct Program {
    /// The name of the server in messages.
    pub(super) name: &'static str,
    /// The script that Node.js runs.
    pub(super) script: &'static str,
    /// All arguments except the port and the document.
    pub(super) arguments: &'static [&'static str],
    pub(super) serves: Serves,
}

/// Which document a server uses, and how it gets its port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    /// A document that is passed as an argument, like the port.
    Document,
    /// The server's built-in API; the port is passed in the environment.
    Itself,
}

/// A running server.
pub(super) struct Started {
    name: &'static str,
    address: SocketAddr,
    process: Child,
    said: File,
}

impl Started {
    /// Starts `program` on `document` and a free port.
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

    /// The base URL of the server.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until the server responds.
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

    /// Returns an error that says what happened, with the last lines of the server's output.
    fn failure(&mut self, what: &str) -> anyhow::Error {
        // The server must end first: it writes to the same file, whose position is about to change.
        self.end();
        let mut said = Vec::new();
        let _ = self.said.rewind().and_then(|()| self.said.read_to_end(&mut said));
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = said.trim().lines().collect();
        let last = lines[lines.len().saturating_sub(LINES)..].join("\n");
        anyhow!("{what}; it said\n{last}")
    }

    /// Stops the server. Stopping it again does nothing.
    fn end(&mut self) {
        // Closing standard input lets the guard end the server and its child processes. Killing the server would leave those
        // behind.
        drop(self.process.stdin.take());
        let start = Instant::now();
        while start.elapsed() < END {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            sleep(PAUSE);
        }
        // An error means that the server has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.end();
    }
}

/// An address on this machine with a free port.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether an HTTP server responds at this address.
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
