//! A small HTTP/1.1 server with prepared replies, which records requests.

#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::expect_used, reason = "a test ends where its support fails")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use seam_client::{Seam, SeamBuilder};
use serde_json::Value;

/// The credential that tests assign, and the users that they assign it to.
pub(crate) const CREDENTIAL: &str = "20ab519f-75ae-482e-ae4c-082f29295bf2";
pub(crate) const USER: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
pub(crate) const IDENTITY: &str = "43947360-cdc8-4db6-8b22-e079416d1d8b";

pub(crate) const API_KEY: &str = "seam_test1_notforanylog";
pub(crate) const TOKEN: &str = "seam_at1_notforanylog";
pub(crate) const CLIENT_SESSION: &str = "seam_cst1_notforanylog";
pub(crate) const WORKSPACE: &str = "398d80b7-3f96-47c2-b85a-6f8ba21d07be";
pub(crate) const REQUEST_ID: &str = "5a3ad4f7-5ec1-4b60-b5d6-0d4b4dc5a6f2";

/// A recorded request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header. Panics if the header was sent more than once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} was sent twice");
        value
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

/// What the server does with a connection.
pub(crate) enum Reply {
    /// Sends a complete response.
    Answer(Answer),
    /// Sends the first bytes of the body, and closes the connection.
    Cut(Answer, usize),
    /// Sends the first bytes of the body, and then nothing more until the test is over.
    Stall(Answer, usize),
    /// Sends this status and an endless body, a few bytes at a time or many, until the client closes the connection.
    Endless(u16, Pace),
    /// Closes the connection without reading.
    CloseAtOnce,
    /// Reads the request, and closes the connection.
    CloseAfterRequest,
    /// Reads the request, and sends nothing until the test is over.
    Silence,
}

/// How fast an endless body arrives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    Slow,
    Fast,
}

impl Pace {
    fn write(self, status: u16, stream: &mut TcpStream) -> std::io::Result<()> {
        write!(stream, "HTTP/1.1 {status} Whatever\r\nconnection: close\r\n\r\n{{")?;
        loop {
            match self {
                Self::Slow => {
                    stream.write_all(b" ")?;
                    std::thread::sleep(Duration::from_millis(1));
                }
                Self::Fast => stream.write_all(&[b' '; 4096])?,
            }
        }
    }
}

/// A response. All responses have the same request ID.
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("seam-request-id", REQUEST_ID.to_owned())];
        Self { status, headers, body: body.into() }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(key, _)| *key != name);
        self.headers.push((name, value.into()));
        self
    }

    fn write(&self, stream: &mut TcpStream, length: usize) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {} Whatever\r\nconnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body[..length])?;
        stream.flush()
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// A running server, which stops when this value is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that gives each connection one of `replies`, in order.
    pub(crate) fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let replies: Vec<_> = replies.into_iter().collect();
        let thread = std::thread::spawn({
            let requests = Arc::clone(&requests);
            move || serve(&listener, replies, &requests)
        });
        Self { address, requests, thread: Some(thread) }
    }

    /// Starts a server that responds to one request with `body`.
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::start([Answer::new(200, body).into()])
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server with an API key.
    pub(crate) fn client(&self) -> Seam {
        self.build(Seam::builder().api_key(API_KEY))
    }

    /// A client of this server. It ignores the proxies in the environment.
    pub(crate) fn build(&self, builder: SeamBuilder) -> Seam {
        builder.endpoint(self.url()).http_client(http_client()).build().expect("the options fit")
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no test failed meanwhile").clone()
    }

    /// The only request. Panics if there was not exactly one.
    pub(crate) fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().expect("one request")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Wakes the thread, which ends at a connection for which it has no reply.
        while self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            drop(TcpStream::connect(self.address));
            std::thread::yield_now();
        }
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// An HTTP client without proxies, redirects and kept-alive connections.
pub(crate) fn http_client() -> seam_client::reqwest::Client {
    seam_client::reqwest::Client::builder()
        .no_proxy()
        .redirect(seam_client::reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client")
}

fn serve(listener: &TcpListener, replies: Vec<Reply>, requests: &Mutex<Vec<Request>>) {
    // Connections that stay open do so until the test is over: until there is a connection after the last reply.
    let mut open = Vec::new();
    let mut replies = replies.into_iter();
    while let Ok((mut stream, _)) = listener.accept() {
        let Some(reply) = replies.next() else { return };
        if matches!(reply, Reply::CloseAtOnce) {
            continue;
        }
        let Some(request) = read_request(&stream) else { continue };
        requests.lock().expect("no test failed meanwhile").push(request);
        // If the client closes the connection, its test sees that.
        let _ = match reply {
            Reply::Answer(answer) => answer.write(&mut stream, answer.body.len()),
            Reply::Cut(answer, length) => answer.write(&mut stream, length),
            Reply::Stall(answer, length) => {
                let written = answer.write(&mut stream, length);
                open.push(stream);
                written
            }
            Reply::Silence => {
                open.push(stream);
                Ok(())
            }
            Reply::Endless(status, pace) => pace.write(status, &mut stream),
            Reply::CloseAtOnce | Reply::CloseAfterRequest => Ok(()),
        };
    }
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, target, headers, body })
}
