//! `fetch` from a server on this machine.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use common::{Repo, document, snapshot};

/// Answers every request with `answer`, byte for byte, and hangs up.
fn serve(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    // The thread ends with the test program.
    thread::spawn(move || {
        for stream in listener.incoming() {
            reply(stream.unwrap(), &answer);
        }
    });
    address
}

fn reply(mut stream: TcpStream, answer: &str) {
    let request = BufReader::new(stream.try_clone().unwrap());
    // The head of a request ends with an empty line.
    let _ = request.lines().map_while(Result::ok).take_while(|line| !line.is_empty()).count();
    // The client may hang up before the end, which is its right.
    let _ = stream.write_all(answer.as_bytes());
}

fn answer(status: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

#[test]
fn a_document_is_downloaded() {
    let repo = Repo::new();
    let text = document("New", &["/a/get", "/b/get"]);
    let host = serve(answer("200 OK", "application/json", &text));
    let url = format!("{host}/openapi.json");
    let said = repo.expect(1, &["fetch", "--check", "--url", &url]);
    assert!(said.stderr.starts_with("news:"), "{said:#?}");
    let said = repo.expect(0, &["fetch", "--url", &url]);
    assert!(said.stderr.contains("2 paths, 2 operations"), "{said:#?}");
    // Nothing but the summary: what moves is for terminals.
    assert_eq!(said.stderr.lines().count(), 1, "{said:#?}");
    assert_eq!(repo.read("openapi/openapi.json"), text);
    let record = repo.read("openapi/source.toml");
    assert!(record.contains(&format!("origin = \"{url}\"")), "{record}");
    repo.expect(0, &["fetch", "--check", "--url", &url]);
}

#[test]
fn the_default_address_is_the_one_in_the_record() {
    let repo = Repo::new();
    let host = serve(answer("200 OK", "application/json", &document("New", &["/a/get"])));
    repo.write("openapi/source.toml", format!("url = \"{host}/here\"\n"));
    repo.expect(0, &["fetch"]);
    let record = repo.read("openapi/source.toml");
    assert!(
        record.contains(&format!("url = \"{host}/here\"\norigin = \"{host}/here\"")),
        "{record}"
    );
}

#[test]
fn credentials_in_an_address_are_not_shown_or_written_down() {
    let repo = Repo::new();
    let host = serve(answer("200 OK", "application/json", &document("New", &["/a/get"])));
    let url = host.replace("http://", "http://somebody:hidden@") + "/x";
    let said = repo.expect(0, &["fetch", "--url", &url]);
    assert!(!said.stderr.contains("hidden"), "{said:#?}");
    assert!(!repo.read("openapi/source.toml").contains("hidden"));
    let refused = format!("http://somebody:hidden@{}/x", free_address());
    assert!(!repo.expect(2, &["fetch", "--url", &refused]).stderr.contains("hidden"));
}

/// An address where nobody listens.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[test]
fn an_unusable_answer_changes_nothing() {
    let repo = Repo::new();
    repo.expect(0, &["fetch", "--file", "openapi/openapi.json"]);
    let before = snapshot(&repo.path("openapi"));
    let document = document("New", &["/a/get"]);
    let json = "application/json";
    let head = "\"info\": {\"title\": \"x\", \"version\": \"1\"}, \"paths\": {}";
    let promised = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
    for (answer, part) in [
        (answer("404 Not Found", json, "{}"), "404"),
        (answer("503 Service Unavailable", json, ""), "503"),
        (answer("200 OK", "text/html; charset=utf-8", "<html></html>"), "a web page"),
        (answer("200 OK", json, "\n<!DOCTYPE html>"), "a web page"),
        (answer("200 OK", json, &document[..document.len() / 2]), ":"),
        (answer("200 OK", json, &format!("{{\"swagger\": \"2.0\", {head}}}")), "2.0"),
        (answer("200 OK", json, &format!("{{\"openapi\": \"3.1.0\", {head}}}")), "3.1"),
        (answer("200 OK", json, ""), "error"),
        (format!("{promised} 5000\r\n\r\n{document}"), "broke off"),
        (format!("{promised} 99999999999\r\n\r\n{document}"), "larger than 64 MiB"),
        (String::new(), "cannot be reached"),
        ("nonsense\r\n\r\n".to_owned(), "cannot be reached"),
    ] {
        let url = serve(answer.clone());
        let said = repo.expect(2, &["fetch", "--url", &url]);
        assert!(said.stderr.contains(part), "{answer}\n{said:#?}");
        assert_eq!(snapshot(&repo.path("openapi")), before, "{answer}");
    }
    let said = repo.expect(2, &["fetch", "--url", &format!("http://{}", free_address())]);
    assert!(
        said.stderr.contains("cannot be reached") && said.stderr.contains("--npm VERSION"),
        "{said:#?}"
    );
    assert_eq!(snapshot(&repo.path("openapi")), before);
}
