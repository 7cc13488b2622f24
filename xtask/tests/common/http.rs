//! A server on this machine that answers as it is told, well or badly.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a connection.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Reads the request, sends these bytes and hangs up.
    Bytes(Vec<u8>),
    /// Sends these bytes, and the last ones of them again and again.
    Endless(Vec<u8>),
    /// Sends these bytes, and goes on with a blank now and then.
    Drip(Vec<u8>),
    /// Sends these bytes and then nothing more, without hanging up.
    Silence(Vec<u8>),
    /// Breaks the connection without a word.
    Reset,
}

/// A server that runs until the test program ends.
pub(crate) struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers the first connection with the first reply and so on, and all further ones with the last.
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

    /// Answers everything with these bytes.
    pub(crate) fn with(bytes: impl AsRef<[u8]>) -> Self {
        Self::new([Reply::Bytes(bytes.as_ref().to_vec())])
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The heads of the requests until now, in small letters; empty where a connection was reset.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// The client may hang up before the end, which is its right: then there is nothing left to do.
fn serve(mut stream: TcpStream, reply: &Reply, seen: &Mutex<Vec<String>>) {
    if let Reply::Reset = reply {
        seen.lock().unwrap().push(String::new());
        // What is not read when a connection is closed makes that a reset.
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
            // Wakes up when the client hangs up, and otherwise after this time.
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

/// The head of a request ends with an empty line.
fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let lines = lines.take_while(|line| !line.is_empty());
    lines.map(|line| line.to_lowercase() + "\n").collect()
}

/// An answer with headers, each ended by `\r\n`, and the right length.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A document as it should be sent.
pub(crate) fn json(text: &str) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", text)
}

/// An address where nobody listens.
pub(crate) fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
