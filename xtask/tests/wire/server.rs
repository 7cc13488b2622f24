//! A server for one or a few calls, which records the requests.

#![allow(dead_code, reason = "each test file uses another part of this")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

/// A recorded request.
pub(crate) struct Sent {
    /// The first line without the HTTP version: `GET /things?limit=1`.
    pub(crate) line: String,
    /// The headers, with names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Serves one call. Returns the address, and a handle that returns the recorded request.
pub(crate) fn serve(status: u16, media: &str, body: &str) -> (String, JoinHandle<Sent>) {
    let (listener, address) = listen();
    let answer = answer(status, media, body);
    (address, thread::spawn(move || serve_one(&listener, &answer)))
}

/// Serves several calls one after another, with JSON.
pub(crate) fn serve_all(answers: &[(u16, &str)]) -> (String, JoinHandle<Vec<Sent>>) {
    let (listener, address) = listen();
    let answers: Vec<String> =
        (answers.iter()).map(|(status, body)| answer(*status, "application/json", body)).collect();
    let serve = move || answers.iter().map(|answer| serve_one(&listener, answer)).collect();
    (address, thread::spawn(serve))
}

fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    (listener, address)
}

fn answer(status: u16, media: &str, body: &str) -> String {
    let head =
        format!("HTTP/1.1 {status} Any\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    let content =
        if body.is_empty() { String::new() } else { format!("content-type: {media}\r\n") };
    format!("{head}{content}\r\n{body}")
}

fn serve_one(listener: &TcpListener, answer: &str) -> Sent {
    let (mut stream, _) = listener.accept().unwrap();
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && (count == 0 || body.len() >= length(head))
        {
            stream.write_all(answer.as_bytes()).unwrap();
            return sent(head, body);
        }
    }
}

fn length(head: &str) -> usize {
    let headers = sent(head, "").headers;
    let length = headers.iter().find(|(name, _)| name == "content-length");
    length.map_or(0, |(_, value)| value.parse().unwrap())
}

fn sent(head: &str, body: &str) -> Sent {
    let mut lines = head.lines();
    let line = lines.next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Sent { line, headers, body: body.to_owned() }
}
