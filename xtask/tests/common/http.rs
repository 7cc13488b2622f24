//! A local HTTP server with scripted responses, well-formed or not.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a connection.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Reads the request, sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes, and then repeats the last ones without end.
    Endless(Vec<u8>),
    /// Sends these bytes, and then a space every few milliseconds.
    Drip(Vec<u8>),
    /// Sends these bytes and then nothing more, without closing the connection.
    Silence(Vec<u8>),
    /// Resets the connection without a response.
    Reset,
}

/// A server that runs until the test program ends.
pub(crate) struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that gives the first reply to the first connection and so on. The last reply is repeated.
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let reply = replies.get(index).or(replies.last()).unwrap();
                serve(stream.unwrap(), reply, &seen);
            }
        });
        Self { address, requests }
    }

    /// Starts a server that sends these bytes to every connection.
    pub(crate) fn with(bytes: impl AsRef<[u8]>) -> Self {
        Self::new([Reply::Bytes(bytes.as_ref().to_vec())])
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The heads of the requests so far, in lower case. The head is empty if the connection was reset.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Serves one connection. The client may close it early, which is no error.
fn serve(mut stream: TcpStream, reply: &Reply, seen: &Mutex<Vec<String>>) {
    if let Reply::Reset = reply {
        seen.lock().unwrap().push(String::new());
        // Closing a connection with unread data resets it.
        let _ = stream.peek(&mut [0]);
        return;
    }
    seen.lock().unwrap().push(head(&stream));
    let (Reply::Bytes(bytes) | Reply::Endless(bytes) | Reply::Drip(bytes) | Reply::Silence(bytes)) =
        reply
    else {
        return;
    };
    let mut is_up = stream.write_all(bytes).is_ok();
    match reply {
        Reply::Endless(bytes) => {
            let last = bytes[bytes.len() - 1..].repeat(64 * 1024);
            while is_up {
                is_up = stream.write_all(&last).is_ok();
            }
        }
        Reply::Drip(_) => {
            // Waits for the client to close the connection, at most this long.
            stream.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
            while is_up {
                is_up = stream.write_all(b" ").is_ok() && !matches!(stream.read(&mut [0]), Ok(0));
            }
        }
        Reply::Silence(_) => {
            let _ = stream.read(&mut [0]);
        }
        Reply::Bytes(_) | Reply::Reset => {}
    }
}

/// Reads the head of a request, up to the empty line.
fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let lines = lines.take_while(|line| !line.is_empty());
    lines.map(|line| line.to_lowercase() + "\n").collect()
}

/// A response with the correct length. Each header ends with `\r\n`.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A response with a JSON document.
pub(crate) fn json(text: &str) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", text)
}

/// An address on which no server listens.
pub(crate) fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
