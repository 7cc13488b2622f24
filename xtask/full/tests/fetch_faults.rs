//! `fetch` from servers that fail in every way: it reports the problem, retries if that may help, and leaves the files
//! unchanged.

#![allow(clippy::unwrap_used, reason = "a test says where it stands what it did not find")]

#[path = "../../tests/common/mod.rs"]
mod common;

use std::io::{Read, repeat};

use common::http::{Reply, Server, answer, free_address, json};
use common::{CommandOutput, Repo, document, snapshot};
use flate2::Compression;
use flate2::write::GzEncoder;

const JSON: &str = "content-type: application/json\r\n";
const OTHER_WAYS: &str = "check the address and the network, or use --npm VERSION or --file PATH";

/// The default number of attempts.
const TRIES: usize = 4;

/// A repository whose document must not change.
struct Unchanged {
    repo: Repo,
    before: std::collections::BTreeMap<String, Vec<u8>>,
}

impl Unchanged {
    fn new() -> Self {
        let repo = Repo::new();
        repo.write(
            "many.json",
            document("Many", &["/a/get", "/b/get", "/c/get", "/d/get", "/e/get"]),
        );
        repo.expect(0, &["fetch", "--file", "many.json"]);
        let before = snapshot(&repo.path("."));
        Self { repo, before }
    }

    /// Fetches with and without `--check`, expects an error after this number of attempts, and returns the output.
    #[track_caller]
    fn refused(&self, tries: usize, replies: &[Reply], args: &[&str]) -> CommandOutput {
        let mut last = None;
        for command in [&["fetch"][..], &["fetch", "--check"]] {
            let server = Server::new(replies.iter().cloned());
            let url = server.url("/openapi.json");
            let at_once = ["--backoff", "0"];
            let pauses = if args.contains(&"--backoff") { &[][..] } else { &at_once };
            let args = [command, pauses, args, &["--url", &url]].concat();
            let output = self.repo.expect(2, &args);
            assert_eq!(server.requests().len(), tries, "{output:#?}");
            assert!(output.stderr.contains("/openapi.json"), "{output:#?}");
            assert_eq!(output.stderr.contains(&format!("given up after {tries} tries")), tries > 1);
            assert_eq!(snapshot(&self.repo.path(".")), self.before, "{output:#?}");
            last = Some(output);
        }
        last.unwrap()
    }
}

fn bytes(bytes: impl AsRef<[u8]>) -> Reply {
    Reply::Bytes(bytes.as_ref().to_vec())
}

/// The head of a response that announces a body of this length.
fn promising(length: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{JSON}content-length: {length}\r\n\r\n{{").into_bytes()
}

#[test]
fn what_is_no_usable_document_is_refused_at_once() {
    let unchanged = Unchanged::new();
    let text = document("New", &["/a/get"]);
    let rest = "\"info\": {\"title\": \"x\", \"version\": \"1\"}, \"paths\": {}";
    let html = "content-type: Text/HTML; charset=utf-8\r\n";
    for (answer, what, remedy) in [
        (answer("200 OK", html, "Sign in"), "answered with a web page", OTHER_WAYS),
        (json("\n<!DOCTYPE html>"), "answered with a web page", OTHER_WAYS),
        (json("{\"error\": {}}"), "it has no `openapi` version", "an OpenAPI document is"),
        (json("[{\"openapi\": 1}]"), "it has no `openapi` version", "an OpenAPI document is"),
        (json("openapi: [3.0.0"), "this is not YAML", "help: "),
        (json(&format!("{{\"swagger\": \"2.0\", {rest}}}")), "this is Swagger 2.0", "convert"),
        (json(&format!("{{\"openapi\": \"4.0.0\", {rest}}}")), "OpenAPI 4.0.0", "help: "),
        (json(&format!("{{\"openapi\": \"3.0.0\", {rest}}}")), "no operations", "the whole"),
        (json(&text[..text.len() / 2]), "this is not JSON", "was the download cut off?"),
        (json(""), "the document is empty", "help: "),
        (json("\u{0}\u{1}"), "this is not YAML", "help: "),
        (answer("200 OK", JSON, b"{\"openapi\": \"\xe9\"}"), "is not UTF-8", "JSON or YAML"),
        (answer("404 Not Found", JSON, "{}"), "404 Not Found", OTHER_WAYS),
        (answer("401 Unauthorized", JSON, "{}"), "401 Unauthorized", OTHER_WAYS),
        (answer("206 Partial Content", JSON, &text), "206 Partial Content", OTHER_WAYS),
        (answer("302 Found", "", ""), "302 Found", OTHER_WAYS),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec(), "304 Not Modified", OTHER_WAYS),
    ] {
        let output = unchanged.refused(1, &[bytes(&answer)], &[]);
        let shown = String::from_utf8_lossy(&answer);
        assert!(output.stderr.contains(what), "{shown}\n{output:#?}");
        assert!(output.stderr.contains(remedy), "{shown}\n{output:#?}");
    }
}

#[test]
fn a_sharp_shrink_has_to_be_forced() {
    let unchanged = Unchanged::new();
    let two = document("Two", &["/a/get", "/b/get"]);
    let output = unchanged.refused(1, &[bytes(json(&two))], &[]);
    let what = "has 2 operations, less than half of the 5 that openapi/openapi.json has";
    assert!(output.stderr.contains(what) && output.stderr.contains("use --force"), "{output:#?}");

    let repo = &unchanged.repo;
    let three = Server::with(json(&document("Three", &["/a/get", "/b/get", "/c/get"])));
    repo.expect(0, &["fetch", "--url", &three.url("/x")]);
    let one = Server::with(json(&document("One", &["/a/get"]))).url("/x");
    repo.expect(2, &["fetch", "--url", &one]);
    repo.expect(1, &["fetch", "--check", "--force", "--url", &one]);
    repo.expect(0, &["fetch", "--force", "--url", &one]);
    assert_eq!(repo.read("openapi/openapi.json"), document("One", &["/a/get"]));
}

#[test]
fn what_is_too_large_is_stopped() {
    let unchanged = Unchanged::new();
    let gzip = format!("{JSON}content-encoding: gzip\r\n");
    let endless = format!("HTTP/1.1 200 OK\r\n{JSON}\r\n ").into_bytes();
    let chunked =
        format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n1\r\n \r\n1000\r\n ");
    let chunk = chunked.into_bytes();
    for reply in [
        bytes(json(&" ".repeat(2001))),
        bytes(promising("2001")),
        bytes(promising("99999999999999")),
        Reply::Endless(endless),
        Reply::Endless(chunk),
        bytes(answer("200 OK", &gzip, zipped(2001))),
    ] {
        let output = unchanged.refused(1, &[reply], &["--size", "2000"]);
        assert!(
            output.stderr.contains("is larger than 1.95 KiB; check the address"),
            "{output:#?}"
        );
    }
    // A compression bomb against the default limit: 70 KB that expand to 65 MiB.
    let bomb = answer("200 OK", &gzip, zipped(1024 * 1024).repeat(65));
    let output = unchanged.refused(1, &[bytes(bomb)], &[]);
    assert!(output.stderr.contains("is larger than 64.00 MiB; check the address"), "{output:#?}");
}

/// Spaces, compressed as much as possible.
fn zipped(length: u64) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut repeat(b' ').take(length), &mut encoder).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn broken_connections_and_encodings_are_tried_again() {
    let unchanged = Unchanged::new();
    let gzip = format!("{JSON}content-encoding: gzip\r\n");
    let whole = zipped(2000);
    let chunked = format!("HTTP/1.1 200 OK\r\n{JSON}transfer-encoding: chunked\r\n\r\n5\r\nabc");
    for (reply, part) in [
        (Reply::Reset, "cannot be reached"),
        (bytes(""), "cannot be reached"),
        (bytes("nonsense\r\n\r\n"), "cannot be reached"),
        (bytes("HTTP/1.1 200 OK\r\ncontent-le"), "cannot be reached"),
        (bytes(promising("5000")), "broke off in the middle"),
        (bytes(chunked), "broke off in the middle"),
        (bytes(answer("200 OK", &gzip, &whole[..whole.len() - 9])), "sent broken gzip"),
        (bytes(answer("200 OK", &gzip, "{}")), "sent broken gzip"),
    ] {
        let output = unchanged.refused(TRIES, std::slice::from_ref(&reply), &[]);
        assert!(output.stderr.contains(part), "{reply:?}\n{output:#?}");
        assert!(output.stderr.contains("--npm VERSION"), "{reply:?}\n{output:#?}");
    }
    let headers = format!("{JSON}content-encoding: br\r\n");
    let output = unchanged.refused(1, &[bytes(answer("200 OK", &headers, "{}"))], &[]);
    assert!(output.stderr.contains("the encoding `br`, which was not asked for"), "{output:#?}");
}

#[test]
fn a_host_that_is_not_there_is_named() {
    let unchanged = Unchanged::new();
    let url = format!("http://{}/x", free_address());
    let output = unchanged.repo.expect(2, &["fetch", "--backoff", "0", "--url", &url]);
    let error = format!("error: given up after 4 tries: {url} cannot be reached; {OTHER_WAYS}");
    assert!(output.stderr.starts_with(&error), "{output:#?}");
    assert_eq!(snapshot(&unchanged.repo.path(".")), unchanged.before);
}

#[test]
fn slow_servers_run_out_of_time() {
    let unchanged = Unchanged::new();
    let pause = ["--pause-timeout", "0.5", "--timeout", "60", "--tries", "2"];
    let output = unchanged.refused(2, &[Reply::Silence(Vec::new())], &pause);
    assert!(output.stderr.contains("did not answer in time"), "{output:#?}");
    let output = unchanged.refused(2, &[Reply::Silence(promising("5000"))], &pause);
    assert!(output.stderr.contains("took too long to send it all"), "{output:#?}");

    // There is never a long pause and never an end, so the limit on the whole download applies.
    let whole = ["--pause-timeout", "60", "--timeout", "1"];
    let output = unchanged.refused(1, &[Reply::Drip(promising("5000"))], &whole);
    assert!(output.stderr.contains("took too long to send it all"), "{output:#?}");
    let output = unchanged.refused(1, &[Reply::Silence(Vec::new())], &whole);
    assert!(output.stderr.contains("did not answer in time"), "{output:#?}");
    // The download fails at once if the requested wait exceeds the remaining time.
    let busy = answer("503 Service Unavailable", "retry-after: 50\r\n", "");
    let output = unchanged.refused(1, &[bytes(busy)], &["--timeout", "40"]);
    assert!(output.stderr.contains("503 Service Unavailable"), "{output:#?}");
}

#[test]
fn a_connection_has_its_own_time() {
    let unchanged = Unchanged::new();
    // Connecting includes the TLS handshake, which this server does not answer.
    let url = Server::new([Reply::Silence(Vec::new())]).url("/openapi.json");
    let url = url.replace("http://", "https://");
    let own = ["--connect-timeout", "0.2", "--pause-timeout", "60", "--timeout", "60"];
    let args = [&["fetch", "--backoff", "0", "--url", &url], &own[..]].concat();
    let output = unchanged.repo.expect(2, &args);
    assert!(output.stderr.contains("given up after 4 tries"), "{output:#?}");
    assert!(output.stderr.contains("did not answer in time; check the address"), "{output:#?}");
    assert_eq!(snapshot(&unchanged.repo.path(".")), unchanged.before);
}

#[test]
fn redirects_are_bounded_and_stay_safe() {
    let unchanged = Unchanged::new();
    let to = |target: &str| bytes(answer("301 Moved", &format!("location: {target}\r\n"), ""));
    for (target, connections, part) in [
        ("/openapi.json", 6, "these are more than 5 redirects"),
        ("http://example.invalid/a.json", 1, "the address at example.invalid is not https"),
        ("ftp://example.invalid/a.json", 1, "the address at example.invalid is not https"),
        ("https://me:hidden@example.invalid/", 1, "the address at example.invalid has credentials"),
    ] {
        let server = Server::new([to(target)]);
        let url = server.url("/openapi.json");
        let output = unchanged.repo.expect(2, &["fetch", "--backoff", "0", "--url", &url]);
        assert!(output.stderr.contains(part) && output.stderr.contains(OTHER_WAYS), "{output:#?}");
        assert!(!output.stderr.contains("hidden"), "{output:#?}");
        assert_eq!(server.requests().len(), connections, "{output:#?}");
        assert_eq!(snapshot(&unchanged.repo.path(".")), unchanged.before);
    }
    // The message has the requested URL and the URL that it was redirected to.
    let page = Server::with(answer("200 OK", "", "<html>")).url("/sign-in");
    let output = unchanged.refused(1, &[to(&page)], &[]);
    assert!(
        output.stderr.contains(&format!("(redirected to {page}) answered with")),
        "{output:#?}"
    );
}

#[test]
fn what_is_over_soon_is_no_failure() {
    let text = document("New", &["/a/get", "/b/get"]);
    let busy = |status: &str| bytes(answer(status, "", "busy"));
    for failures in [
        vec![busy("503 Service Unavailable")],
        vec![
            busy("500 Internal Server Error"),
            busy("502 Bad Gateway"),
            busy("504 Gateway Timeout"),
        ],
        vec![busy("429 Too Many Requests"), busy("408 Request Timeout")],
        vec![Reply::Reset, bytes(promising("5000"))],
    ] {
        let repo = Repo::new();
        let tries = failures.len() + 1;
        let server = Server::new(failures.into_iter().chain([bytes(json(&text))]));
        let output = repo.expect(0, &["fetch", "--backoff", "0", "--url", &server.url("/x")]);
        assert_eq!(output.stderr.lines().count(), 1, "{output:#?}");
        assert_eq!(repo.read("openapi/openapi.json"), text);
        assert_eq!(server.requests().len(), tries);
    }
}

#[test]
fn what_is_never_over_is_given_up() {
    let unchanged = Unchanged::new();
    for status in ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"]
    {
        let output = unchanged.refused(TRIES, &[bytes(answer(status, "", "busy"))], &[]);
        assert!(
            output.stderr.contains(&format!("answered with {status}; {OTHER_WAYS}")),
            "{output:#?}"
        );
    }
    let broken = bytes(answer("500 Internal Server Error", "", "busy"));
    unchanged.refused(2, &[broken], &["--tries", "2"]);
}

#[test]
fn the_server_says_how_long_to_wait() {
    let text = document("New", &["/a/get", "/b/get"]);
    // Without the header, the command would wait for an hour, which exceeds its time limit.
    let patient = ["fetch", "--backoff", "3600"];
    let date =
        "date: Sat, 21 Nov 2026 10:00:00 GMT\r\nretry-after: Sat, 21 Nov 2026 09:59:00 GMT\r\n";
    for (headers, more) in [
        ("retry-after: 0\r\n", &[][..]),
        ("retry-after: 1\r\n", &[]),
        (date, &[]),
        ("retry-after: 86400\r\n", &["--longest-wait", "0"]),
    ] {
        let repo = Repo::new();
        let busy = bytes(answer("429 Too Many Requests", headers, ""));
        let server = Server::new([busy, bytes(json(&text))]);
        let url = server.url("/x");
        repo.expect(0, &[&patient[..], more, &["--url", &url]].concat());
        assert_eq!(server.requests().len(), 2, "{headers}");
        assert_eq!(repo.read("openapi/openapi.json"), text);
    }
    let unchanged = Unchanged::new();
    let busy = answer("429 Too Many Requests", "", "");
    unchanged.refused(1, &[bytes(busy)], &["--backoff", "3600"]);
}
