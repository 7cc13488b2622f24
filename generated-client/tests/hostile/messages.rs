//! Responses that are not valid HTTP, or that contradict themselves.

use seam_client::Error;
use seam_client::reqwest::Client;

use crate::call::{Call, Effect, assert_broken, head, ok};
use crate::server::{Kept, Server, Step, http};
use crate::support::REQUEST_ID;

/// How the client treats a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It is not a response, and the connection is closed.
    Unanswered,
    /// It begins as a successful response, and continues with invalid data.
    Accepted,
    /// It is decoded.
    Read,
    /// It is an error response with this status.
    Refused(u16),
    /// It is a successful response without content.
    Empty,
}

/// Sends each call this response on a connection that is then closed, and a valid response on the next one.
async fn assert_outcome(http: &Client, case: &str, answer: &[u8], expected: Outcome) -> usize {
    for call in Call::ALL {
        let case = format!("{case}, {call:?}");
        let hostile = vec![Step::Read, Step::write(answer)];
        let again = vec![Step::Read, Step::write(ok(call.answer()))];
        let server = Server::start([hostile, again]).await;
        let outcome = call.send(&server.client(http)).await;
        let repeated = match expected {
            Outcome::Unanswered => call.effect() != Effect::Write,
            Outcome::Accepted => call.effect() == Effect::Read,
            _ => false,
        };
        assert_eq!(server.connections(), 1 + usize::from(repeated), "{case}: {outcome:?}");
        match (expected, outcome) {
            (_, Ok(attempts)) if repeated => assert_eq!(attempts, 2, "{case}"),
            (Outcome::Unanswered, Err(error)) => assert_broken(&error, false, &case),
            (Outcome::Accepted, Err(error)) => assert_broken(&error, true, &case),
            (Outcome::Refused(status), Err(error)) => {
                assert_eq!(error.status().unwrap().as_u16(), status, "{case}: {error:?}");
            }
            (Outcome::Empty, Err(Error::Decode(_))) => assert!(!call.takes_any_answer(), "{case}"),
            (Outcome::Empty, Ok(_)) => assert!(call.takes_any_answer(), "{case}"),
            (Outcome::Read, Ok(_)) => {}
            (_, outcome) => panic!("{case}: {outcome:?}"),
        }
    }
    Call::ALL.len()
}

#[tokio::test]
async fn a_head_that_is_none_is_no_answer() {
    let long = format!("{}x-long: {}\r\n\r\n", head(), "x".repeat(2 << 20));
    let many = format!("{}{}\r\n", head(), "x-many: x\r\n".repeat(10_000));
    let heads: [(&str, &[u8]); 17] = [
        ("nothing", b""),
        ("noise", b"\x16\x03\x01\x02\x00\x01\x00\xff\xfe\r\n\r\n"),
        ("zeros", &[0; 64]),
        ("another protocol", b"SSH-2.0-OpenSSH_9.9\r\n\r\n"),
        ("HTTP/2 without being asked", b"\0\0\0\x04\0\0\0\0\0\0\0\x06\x04\0\0\0\0\0\0\0\0\x01"),
        ("a version from the future", b"HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n"),
        ("a status that is no number", b"HTTP/1.1 yes OK\r\ncontent-length: 0\r\n\r\n"),
        ("half a status", b"HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n"),
        ("a status below all", b"HTTP/1.1 000 OK\r\ncontent-length: 0\r\n\r\n"),
        ("a header without a value", b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"),
        ("a name with a space", b"HTTP/1.1 200 OK\r\nx y: z\r\n\r\n"),
        ("a zero in a header", b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n"),
        ("two lengths", b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{} "),
        ("a length below zero", b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"),
        (
            "a length above all",
            b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
        ),
        ("a header without end", long.as_bytes()),
        ("headers without end", many.as_bytes()),
    ];
    let (http, mut cases) = (http(Kept::No), 0);
    for (case, bytes) in heads {
        cases += assert_outcome(&http, case, bytes, Outcome::Unanswered).await;
    }
    assert_eq!(cases, 85);
}

#[tokio::test]
async fn a_body_that_is_framed_wrongly_is_not_taken_for_whole() {
    let framed = |coding: &str, body: &str| format!("{}{coding}\r\n\r\n{body}", head());
    let chunks = |body: &str| framed("transfer-encoding: chunked", body);
    let bodies = [
        ("a size that is no number", chunks("xyz\r\n{}\r\n0\r\n\r\n")),
        ("a size below zero", chunks("-2\r\n{}\r\n0\r\n\r\n")),
        ("a size above all", chunks("ffffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        ("a size that nothing fills", chunks("ffffffffffffff\r\n{}")),
        ("no size", chunks("\r\n{}\r\n0\r\n\r\n")),
        ("more than the size", chunks("2\r\n{}{}\r\n0\r\n\r\n")),
        ("extensions without end", chunks(&format!("2;{}\r\n{{}}", "x".repeat(1 << 20)))),
        (
            "trailers without end",
            chunks(&format!("2\r\n{{}}\r\n0\r\n{}", "x: y\r\n".repeat(100_000))),
        ),
        ("less than the length", framed("content-length: 1000", "{}")),
    ];
    let (http, mut cases) = (http(Kept::No), 0);
    for (case, answer) in bodies {
        cases += assert_outcome(&http, case, answer.as_bytes(), Outcome::Accepted).await;
    }
    assert_eq!(cases, 45);
}

#[tokio::test]
async fn what_is_odd_and_means_one_thing_is_read() {
    // A body that all calls can decode.
    const ALL: &str = r#"{"devices":[],"device":{"device_id":"d"},"action_attempt":{"action_attempt_id":"a","action_type":"UNLOCK_DOOR","status":"pending"}}"#;
    let length = ALL.len();
    let before = |lines: &str| format!("{lines}{}", ok(ALL));
    let with = |lines: &str| format!("{}{lines}\r\ncontent-length: {length}\r\n\r\n{ALL}", head());
    let answers = [
        ("HTTP/1.0", format!("HTTP/1.0 200 OK\r\n\r\n{ALL}")),
        ("no reason", format!("HTTP/1.1 200\r\ncontent-length: {length}\r\n\r\n{ALL}")),
        ("a body that ends with the connection", format!("HTTP/1.1 200 OK\r\n\r\n{ALL}")),
        ("the same length twice", with(&format!("content-length: {length}"))),
        ("a thousand interim answers", before(&"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000))),
        ("leave to go on that nobody asked for", before("HTTP/1.1 100 Continue\r\n\r\n")),
        ("another media type", with("content-type: text/html; charset=utf-16")),
        ("a media type that is none", with("content-type: ;;;")),
        ("plain text that is said to be compressed", with("content-encoding: gzip")),
        ("ninety headers", with(&["x: y"; 90].join("\r\n"))),
        ("another answer behind it", format!("{}{}", ok(ALL), ok(r#"{"devices":1}"#))),
    ];
    let (http, mut cases) = (http(Kept::No), 0);
    for (case, answer) in answers {
        cases += assert_outcome(&http, case, answer.as_bytes(), Outcome::Read).await;
    }
    assert_eq!(cases, 55);
}

#[tokio::test]
async fn a_status_means_what_it_says_whatever_comes_with_it() {
    let answer = |status: u16, body: &str| {
        let length = body.len();
        let id = format!("seam-request-id: {REQUEST_ID}");
        format!("HTTP/1.1 {status} \u{fffd}\r\n{id}\r\ncontent-length: {length}\r\n\r\n{body}")
    };
    let yes = r#"{"devices":[],"device":{"device_id":"d"}}"#;
    let (http, mut cases) = (http(Kept::No), 0);
    for (status, body) in [(204, yes), (204, ""), (205, "")] {
        cases +=
            assert_outcome(&http, "empty", answer(status, body).as_bytes(), Outcome::Empty).await;
    }
    for status in [101, 300, 304, 305, 399, 400, 404, 418, 499, 600, 999] {
        let answer = answer(status, yes);
        cases +=
            assert_outcome(&http, "no success", answer.as_bytes(), Outcome::Refused(status)).await;
    }
    assert_eq!(cases, 70);
}

#[tokio::test]
async fn an_answer_that_nobody_has_asked_for_yet_is_not_taken_for_the_next() {
    let http = http(Kept::Yes);
    let stray = ok(r#"{"devices":[{"device_id":"stray"}]}"#);
    let first = vec![Step::Read, Step::write(ok(Call::List.answer()) + &stray), Step::Stay];
    let second = vec![Step::Read, Step::write(ok(Call::List.answer()))];
    let server = Server::start([first, second]).await;
    let seam = server.client(&http);
    for _ in 0..2 {
        assert_eq!(seam.devices().list().send().await.unwrap(), []);
    }
}
