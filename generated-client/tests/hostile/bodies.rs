//! Bodies that are too long, too deeply nested, or not JSON.

use seam_client::{Error, Seam};

use crate::call::{Call, head, ok};
use crate::server::{Kept, Server, Step, http};
use crate::support::{API_KEY, REQUEST_ID};

const GIGABYTE: usize = 1 << 30;

fn assert_too_long(error: &Error, limit: usize, case: &str) {
    let Error::Decode(decode) = error else { panic!("{case}: {error:?}") };
    assert!(decode.message().contains(&format!("longer than {limit} bytes")), "{case}: {error}");
    assert!(decode.body().is_empty() && error.was_accepted(), "{case}: {error}");
    assert_eq!((error.request_id(), error.attempts()), (Some(REQUEST_ID), 1), "{case}");
}

#[tokio::test]
async fn a_gigabyte_that_is_announced_is_refused_before_any_of_it_arrives() {
    let http = http(Kept::No);
    let announced = format!("{}content-length: {GIGABYTE}\r\n\r\n", head());
    for call in Call::ALL {
        let server = Server::same([Step::Read, Step::write(announced.clone()), Step::Stay]).await;
        let outcome = call.send(&server.client(&http)).await;
        if call.takes_any_answer() {
            assert_eq!(outcome.unwrap(), 1, "{call:?}");
        } else {
            assert_too_long(&outcome.unwrap_err(), 64 << 20, &format!("{call:?}"));
        }
        assert_eq!(server.connections(), 1, "{call:?}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_taken_in_up_to_the_limit() {
    const LIMIT: usize = 100_000;
    let http = http(Kept::No);
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096)).into_bytes();
    let framings = [("transfer-encoding: chunked\r\n", chunk), ("", vec![b' '; 4096])];
    for (framing, piece) in framings {
        let begun = format!("{}{framing}\r\n", head());
        for call in Call::ALL {
            let script = [Step::Read, Step::write(begun.clone()), Step::Forever(piece.clone())];
            let server = Server::same(script).await;
            let limited = Seam::builder().api_key(API_KEY).body_limit(LIMIT);
            let outcome = call.send(&server.build(limited, &http)).await;
            match outcome {
                Ok(_) => assert!(call.takes_any_answer(), "{call:?}"),
                Err(error) => assert_too_long(&error, LIMIT, &format!("{call:?}")),
            }
            assert_eq!(server.connections(), 1, "{call:?}");
        }
    }
}

#[tokio::test]
async fn of_an_error_as_much_is_kept_as_an_error_needs() {
    let http = http(Kept::No);
    let begun = format!("HTTP/1.1 400 Bad\r\ncontent-length: {GIGABYTE}\r\n\r\n");
    let script = [Step::Read, Step::write(begun), Step::Forever(vec![b'x'; 65536])];
    let server = Server::same(script).await;
    let error = Call::Unlock.send(&server.client(&http)).await.unwrap_err();
    let Error::Api(api) = &error else { panic!("{error:?}") };
    assert!(api.body().len() <= 1 << 20, "{}", api.body().len());
    assert_eq!(api.message(), "Bad Request");
}

#[tokio::test]
async fn nothing_compressed_is_asked_for_or_unpacked() {
    let http = http(Kept::No);
    // `{}`, compressed with gzip.
    let packed = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0";
    let begun =
        format!("{}content-encoding: gzip\r\ncontent-length: {}\r\n\r\n", head(), packed.len());
    let server = Server::answer([begun.as_bytes(), packed].concat()).await;
    let error = Call::List.send(&server.client(&http)).await.unwrap_err();
    let Error::Decode(decode) = &error else { panic!("{error:?}") };
    assert!(decode.message().contains("content-encoding `gzip`"), "{error}");
    assert!(!server.requests()[0].contains("accept-encoding"), "{:?}", server.requests());
}

/// The outcome of decoding a body, for any call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Read,
    /// There is one device, and a repair in it.
    Repaired,
    /// The only device is left out.
    LeftOut,
    Unreadable,
}

#[tokio::test]
async fn a_body_is_read_or_refused_and_never_more() {
    use Outcome::{LeftOut, Read, Repaired, Unreadable};
    let http = http(Kept::No);
    let page = b"<!DOCTYPE html><html><body>Sign in</body></html>";
    let bodies: [(&str, &[u8], Outcome); 24] = [
        ("no body", b"", Unreadable),
        ("white space", b" \r\n\t ", Unreadable),
        ("a page", page, Unreadable),
        ("a byte order mark", b"\xef\xbb\xbf{\"devices\":[]}", Read),
        ("UTF-16", b"{\0\"\0d\0\"\0:\0[\0]\0}\0", Unreadable),
        ("a zero behind it", b"{\"devices\":[]}\0", Unreadable),
        ("two objects", b"{\"devices\":[]}{\"devices\":[]}", Unreadable),
        ("another type", b"{\"devices\":{}}", Unreadable),
        ("null", b"null", Unreadable),
        ("a comment", b"{\"devices\":[] /* none */}", Unreadable),
        ("no end", b"{\"devices\":[]", Unreadable),
        ("a comma too many", b"{\"devices\":[],}", Unreadable),
        ("bytes that are no text, in a key", b"{\"devices\":[],\"\xff\":1}", Read),
        ("in a value that nobody asked for", b"{\"devices\":[],\"x\":\"\xff\"}", Read),
        ("in an ID", b"{\"devices\":[{\"device_id\":\"\xc3\"}]}", LeftOut),
        (
            "a number above all",
            b"{\"devices\":[{\"device_id\":\"d\",\"nickname\":1e400}]}",
            Repaired,
        ),
        ("the same where nobody asked", b"{\"devices\":[],\"x\":1e400,\"y\":-0}", Read),
        ("half a character", b"{\"devices\":[{\"device_id\":\"\\ud83d\"}]}", LeftOut),
        ("a key twice", b"{\"devices\":[],\"devices\":[{\"device_id\":\"second\"}]}", Read),
        ("a key twice, and the first is wrong", b"{\"devices\":1,\"devices\":[]}", Unreadable),
        ("an escaped zero", b"{\"devices\":[],\"\\u0000\":\"\\u0000\"}", Read),
        ("the same in other letters", b"{\"\\u0064evices\":[]}", Read),
        ("a long number", b"{\"devices\":[],\"x\":[123456789012345678901234567890]}", Read),
        ("a prototype", b"{\"devices\":[],\"__proto__\":{\"devices\":1}}", Read),
    ];
    for (case, body, expected) in bodies {
        let length = body.len();
        let begun = format!("{}content-length: {length}\r\n\r\n", head());
        let answer = [begun.as_bytes(), body].concat();
        let server = Server::answer(answer).await;
        let outcome = server.client(&http).devices().list().response().await;
        match (expected, outcome) {
            (Read | LeftOut, Ok(response)) => {
                assert_eq!(response.value()[..], [], "{case}");
                assert_eq!(response.repairs().len(), usize::from(expected == LeftOut), "{case}");
            }
            (Repaired, Ok(response)) => {
                let [device] = &response.value()[..] else { panic!("{case}: {response:?}") };
                assert_eq!((device.device_id.as_str(), device.nickname.as_deref()), ("d", None));
                assert!(!response.repairs().is_empty(), "{case}");
            }
            (Unreadable, Err(error)) => {
                let Error::Decode(decode) = &error else { panic!("{case}: {error:?}") };
                assert_eq!(&decode.body()[..], body, "{case}");
                assert!(error.was_accepted() && !error.is_retryable(), "{case}");
                assert_eq!(error.request_id(), Some(REQUEST_ID), "{case}");
            }
            (_, outcome) => panic!("{case}: {outcome:?}"),
        }
        assert_eq!(server.connections(), 1, "{case}");
    }
}

#[tokio::test]
async fn an_error_that_is_no_text_is_still_one() {
    let http = http(Kept::No);
    let bodies: [(&[u8], &str); 6] = [
        (b"{\"error\":{\"message\":\"\xff\"}}", "Bad Request"),
        (b"\xff\xfe", "Bad Request"),
        (b"{\"error\":{\"message\":\"\\ud83d\"}}", "Bad Request"),
        (b"{\"error\":{\"message\":[1]},\"message\":{}}", "Bad Request"),
        (b"{\"error\":{\"message\":\"first\",\"message\":\"second\"}}", "first"),
        (b"{\"error\":{\"message\":\"\\u0000\"}}", "\0"),
    ];
    for (body, message) in bodies {
        let begun =
            "HTTP/1.1 400 \u{fffd}\r\nseam-request-id: \u{fffd}\r\nx: y\r\ncontent-length: ";
        let begun = format!("{begun}{}\r\n\r\n", body.len());
        let server = Server::answer([begun.as_bytes(), body].concat()).await;
        let error = Call::Unlock.send(&server.client(&http)).await.unwrap_err();
        let Error::Api(api) = &error else { panic!("{error:?}") };
        assert_eq!((api.message(), &api.body()[..]), (message, body));
        assert_eq!(error.request_id(), Some("\u{fffd}"));
    }
}

#[tokio::test]
async fn a_limit_of_nothing_takes_nothing() {
    let server = Server::answer(ok(Call::List.answer())).await;
    let none = Seam::builder().api_key(API_KEY).body_limit(0);
    let error = Call::List.send(&server.build(none, &http(Kept::No))).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}
