//! `fetch` from a local server that works correctly.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::io::Write;

use common::http::{Reply, Server, answer, free_address, json};
use common::{Repo, document, snapshot};
use flate2::Compression;
use flate2::write::GzEncoder;

const JSON: &str = "content-type: application/json\r\n";
const TAG: &str = "\"a\\\"b\"";
const DATE: &str = "Sat, 21 Nov 2026 10:00:00 GMT";
const NOT_MODIFIED: &[u8] = b"HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n";

/// A response with a document and its HTTP validators.
fn recognised(text: &str) -> Vec<u8> {
    answer("200 OK", &format!("{JSON}etag: {TAG}\r\nlast-modified: {DATE}\r\n"), text)
}

#[test]
fn a_document_is_downloaded() {
    let repo = Repo::new();
    let text = document("New", &["/a/get", "/b/get"]);
    let url = Server::with(json(&text)).url("/openapi.json");
    let output = repo.expect(1, &["fetch", "--check", "--url", &url]);
    assert!(output.stderr.starts_with("news:"), "{output:#?}");
    let output = repo.expect(0, &["fetch", "--url", &url]);
    assert!(output.stderr.contains("2 paths, 2 operations"), "{output:#?}");
    // Only the summary is printed: progress is only shown on terminals.
    assert_eq!(output.stderr.lines().count(), 1, "{output:#?}");
    assert_eq!(repo.read("openapi/openapi.json"), text);
    let record = repo.read("openapi/source.toml");
    assert!(record.contains(&format!("origin = \"{url}\"")), "{record}");
    assert!(!record.contains("etag") && !record.contains("last-modified"), "{record}");
    repo.expect(0, &["fetch", "--check", "--url", &url]);
}

#[test]
fn the_default_address_is_the_one_in_the_record() {
    let repo = Repo::new();
    let here = Server::with(json(&document("New", &["/a/get"]))).url("/here");
    repo.write("openapi/source.toml", format!("url = \"{here}\"\n"));
    repo.expect(0, &["fetch"]);
    let record = repo.read("openapi/source.toml");
    assert!(record.contains(&format!("url = \"{here}\"\norigin = \"{here}\"")), "{record}");
}

#[test]
fn credentials_in_an_address_are_not_shown_or_written_down() {
    let repo = Repo::new();
    let server = Server::with(json(&document("New", &["/a/get"])));
    let url = server.url("/x").replace("http://", "http://somebody:hidden@");
    let output = repo.expect(0, &["fetch", "--url", &url]);
    assert!(server.requests()[0].contains("authorization: basic "), "{:?}", server.requests());
    assert!(!output.stderr.contains("hidden"), "{output:#?}");
    assert!(!repo.read("openapi/source.toml").contains("hidden"));
    let refused = format!("http://somebody:hidden@{}/x", free_address());
    let output = repo.expect(2, &["fetch", "--tries", "1", "--url", &refused]);
    assert!(!output.stderr.contains("hidden"), "{output:#?}");
}

#[test]
fn a_document_that_is_known_is_not_sent_again() {
    let repo = Repo::new();
    let first = recognised(&document("New", &["/a/get"]));
    let server = Server::new([Reply::Bytes(first), Reply::Bytes(NOT_MODIFIED.to_vec())]);
    repo.write("openapi/source.toml", format!("url = \"{}\"\n", server.url("/x")));
    repo.expect(0, &["fetch"]);
    let record = repo.read("openapi/source.toml");
    let tag = record.lines().find_map(|line| line.strip_prefix("etag = ")).unwrap();
    assert_eq!(tag, format!("'{TAG}'"), "{record}");
    assert!(record.contains(&format!("last-modified = \"{DATE}\"\n")), "{record}");

    let before = snapshot(&repo.path("."));
    for args in [&["fetch"][..], &["fetch", "--check"], &["fetch", "--force"]] {
        let output = repo.expect(0, args);
        assert!(output.stderr.starts_with("no news: "), "{output:#?}");
        assert!(output.stderr.contains(&server.url("/x")), "{output:#?}");
        assert_eq!(snapshot(&repo.path(".")), before);
    }
    let requests = server.requests();
    assert!(!requests[0].contains("if-none-match") && !requests[0].contains("if-modified-since"));
    for request in &requests[1..] {
        let tag = format!("if-none-match: {TAG}\n");
        let date = format!("if-modified-since: {}\n", DATE.to_lowercase());
        assert!(request.contains(&tag) && request.contains(&date), "{request}");
    }
}

#[test]
fn a_document_that_is_not_here_as_it_came_is_asked_for_whole() {
    let repo = Repo::new();
    let server = Server::with(recognised(&document("New", &["/a/get"])));
    let other = Server::with(json(&document("New", &["/a/get"])));
    let [url, other_url] = [server.url("/x"), other.url("/x")];
    repo.expect(0, &["fetch", "--url", &url]);
    let fetched = snapshot(&repo.path("openapi"));

    repo.write("openapi/openapi.json", document("Edited", &["/a/get"]));
    let output = repo.expect(0, &["fetch", "--url", &url]);
    assert!(!output.stderr.contains("no news"), "{output:#?}");
    assert_eq!(snapshot(&repo.path("openapi")), fetched);
    std::fs::remove_file(repo.path("openapi/openapi.json")).unwrap();
    repo.expect(0, &["fetch", "--url", &url]);
    assert_eq!(snapshot(&repo.path("openapi")), fetched);

    // The validators of one server are not sent to another server, and are not kept with its document.
    repo.expect(0, &["fetch", "--url", &other_url]);
    assert!(!repo.read("openapi/source.toml").contains("etag"));
    repo.expect(0, &["fetch", "--url", &url]);
    for request in server.requests().iter().chain(&other.requests()) {
        assert!(!request.contains("if-none-match"), "{request}");
    }
}

#[test]
fn a_new_document_follows_one_that_is_known() {
    let repo = Repo::new();
    let new = document("Newer", &["/a/get", "/b/get"]);
    let first = recognised(&document("New", &["/a/get"]));
    let server = Server::new([Reply::Bytes(first), Reply::Bytes(json(&new))]);
    let url = server.url("/x");
    repo.expect(0, &["fetch", "--url", &url]);
    repo.expect(1, &["fetch", "--check", "--url", &url]);
    repo.expect(0, &["fetch", "--url", &url]);
    assert_eq!(repo.read("openapi/openapi.json"), new);
    assert!(!repo.read("openapi/source.toml").contains("etag"));
    assert!(server.requests()[2].contains("if-none-match"));
}

#[test]
fn gzip_is_asked_for_and_undone() {
    let repo = Repo::new();
    let text = document("New", &["/a/get", "/b/get"]);
    let headers = format!("{JSON}content-encoding: gzip\r\n");
    let server = Server::with(answer("200 OK", &headers, gzip(text.as_bytes())));
    repo.expect(0, &["fetch", "--url", &server.url("/x")]);
    assert_eq!(repo.read("openapi/openapi.json"), text);
    let compressed = repo.read("openapi/source.toml");
    assert!(server.requests()[0].contains("accept-encoding: gzip\n"), "{:?}", server.requests());

    // The document has the same hash whether it was compressed or not.
    let plain = Server::with(json(&text)).url("/x");
    repo.expect(0, &["fetch", "--url", &plain]);
    let sha256 = |record: &str| record.lines().nth(3).unwrap().to_owned();
    assert!(sha256(&compressed).starts_with("sha256 = "), "{compressed}");
    assert_eq!(sha256(&repo.read("openapi/source.toml")), sha256(&compressed));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_redirect_is_followed_without_credentials() {
    let repo = Repo::new();
    let target = Server::with(recognised(&document("New", &["/a/get"])));
    let moved = format!("location: {}\r\n", target.url("/there"));
    let server = Server::with(answer("302 Found", &moved, ""));
    let url = server.url("/here").replace("http://", "http://somebody:hidden@");
    repo.expect(0, &["fetch", "--url", &url]);
    assert!(server.requests()[0].contains("authorization:"), "{:?}", server.requests());
    assert!(!target.requests()[0].contains("authorization:"), "{:?}", target.requests());
    // The record has the original URL, because it may be redirected elsewhere next time.
    let record = repo.read("openapi/source.toml");
    assert!(record.contains(&format!("origin = \"{}\"", server.url("/here"))), "{record}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_a_bar() {
    use std::process::{Command, Stdio};

    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("left out: `script`, which makes a terminal, is not installed");
        return;
    }
    let repo = Repo::new();
    let half = format!("HTTP/1.1 200 OK\r\n{JSON}content-length: 2048\r\n\r\n{}", " ".repeat(1024));
    let url = Server::new([Reply::Silence(half.into_bytes())]).url("/x");
    let fetch = repo.command(&["fetch", "--timeout", "2", "--tries", "1", "--url", &url]);
    let words = std::iter::once(fetch.get_program()).chain(fetch.get_args());
    let words: Vec<String> = words.map(|word| format!("'{}'", word.to_str().unwrap())).collect();
    let mut terminal = Command::new("script");
    terminal
        .args(["-qec", &words.join(" "), "/dev/null"])
        .env("NO_PROXY", "*")
        .env("TERM", "xterm");
    let output = common::output_of(terminal.stdin(Stdio::null()));
    assert_eq!(output.code, 2, "{output:#?}");
    assert!(output.stdout.contains("127.0.0.1 ["), "{output:#?}");
    assert!(output.stdout.contains("1.00 KiB/2.00 KiB"), "{output:#?}");
}
