//! A server that runs a script for each connection.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use seam_client::{RetryPolicy, Seam, SeamBuilder, reqwest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::support::API_KEY;

/// A step of a script. After the last step, the server closes the connection.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Reads a complete request.
    Read,
    /// Reads the first bytes of a request.
    Glance,
    Write(Vec<u8>),
    /// Writes the same bytes repeatedly, until the client closes the connection.
    Forever(Vec<u8>),
    /// Writes the same byte once a second, until the client closes the connection.
    Drip(u8),
    /// Yields this many times to other tasks.
    Yield(usize),
    /// Resets the connection. Bytes that were sent before may arrive.
    Reset,
    /// Does nothing more until the test is over.
    Stay,
}

impl Step {
    pub(crate) fn write(text: impl Into<Vec<u8>>) -> Self {
        Self::Write(text.into())
    }
}

/// The scripts of the connections.
enum Scripts {
    /// One script for each connection, in order. Connections without a script are closed at once.
    Each(VecDeque<Vec<Step>>),
    /// The same script for all connections.
    Same(Vec<Step>),
}

/// What the server has seen.
#[derive(Default)]
struct Seen {
    connections: usize,
    requests: Vec<String>,
}

/// A running server, which stops when this value is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server that runs one of `scripts` for each connection, in order.
    pub(crate) async fn start(scripts: impl IntoIterator<Item = Vec<Step>>) -> Self {
        Self::with(Scripts::Each(scripts.into_iter().collect())).await
    }

    /// Starts a server that runs the same script for all connections.
    pub(crate) async fn same(script: impl IntoIterator<Item = Step>) -> Self {
        Self::with(Scripts::Same(script.into_iter().collect())).await
    }

    /// Starts a server that responds to one request.
    pub(crate) async fn answer(answer: impl Into<Vec<u8>>) -> Self {
        Self::start([vec![Step::Read, Step::write(answer)]]).await
    }

    async fn with(scripts: Scripts) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let task = tokio::spawn(serve(listener, scripts, Arc::clone(&seen)));
        Self { address, seen, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server that retries once, without a wait, if that is harmless.
    pub(crate) fn client(&self, http: &reqwest::Client) -> Seam {
        self.build(Seam::builder().api_key(API_KEY), http)
    }

    pub(crate) fn build(&self, builder: SeamBuilder, http: &reqwest::Client) -> Seam {
        let once_more = RetryPolicy::new().max_retries(1).initial_backoff(Duration::ZERO);
        let builder = builder.endpoint(self.url()).http_client(http.clone());
        builder.retry(once_more).build().unwrap()
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// The complete requests that were read.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, mut scripts: Scripts, seen: Arc<Mutex<Seen>>) {
    // The tasks of the connections end with this task.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        seen.lock().unwrap().connections += 1;
        let script = match &mut scripts {
            Scripts::Each(scripts) => scripts.pop_front().unwrap_or_default(),
            Scripts::Same(script) => script.clone(),
        };
        let seen = Arc::clone(&seen);
        connections.spawn(async move {
            // If the client closes the connection, its test sees that.
            let _ = play(stream, script, &seen).await;
        });
    }
}

async fn play(mut stream: TcpStream, script: Vec<Step>, seen: &Mutex<Seen>) -> std::io::Result<()> {
    // Bytes that are written separately are sent separately.
    stream.set_nodelay(true)?;
    for step in script {
        match step {
            Step::Read => {
                let request = read_request(&mut stream).await?;
                seen.lock().unwrap().requests.push(request);
            }
            Step::Glance => {
                stream.read_exact(&mut [0; 10]).await?;
            }
            Step::Write(bytes) => stream.write_all(&bytes).await?,
            Step::Forever(bytes) => loop {
                stream.write_all(&bytes).await?;
            },
            Step::Drip(byte) => loop {
                stream.write_all(&[byte]).await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            },
            Step::Yield(times) => {
                for _ in 0..times {
                    tokio::task::yield_now().await;
                }
            }
            Step::Reset => {
                stream.set_zero_linger()?;
                return Ok(());
            }
            Step::Stay => std::future::pending().await,
        }
    }
    stream.shutdown().await
}

/// Reads a request with its body, as text.
pub(crate) async fn read_request(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut request = Vec::new();
    while !is_whole(&request) {
        if stream.read_buf(&mut request).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(String::from_utf8_lossy(&request).into_owned())
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// An HTTP client without proxies and redirects. It keeps connections alive only if `kept` says so.
pub(crate) fn http(kept: Kept) -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    match kept {
        Kept::Yes => builder.build(),
        Kept::No => builder.pool_max_idle_per_host(0).build(),
    }
    .unwrap()
}

/// Whether a connection may serve more than one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Yes,
    No,
}
