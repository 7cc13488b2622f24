//! Slow servers: the time limit applies wherever they are slow. The clock is paused, and advances only when all tasks wait.

use std::time::Duration;

use seam_client::{Error, Seam, SeamBuilder};

use crate::call::{Call, head, ok};
use crate::server::{Kept, Server, Step, http};
use crate::support::API_KEY;

fn patient() -> SeamBuilder {
    Seam::builder().api_key(API_KEY).timeout(Duration::from_secs(5))
}

#[tokio::test(start_paused = true)]
async fn a_drip_ends_with_the_time_limit_wherever_it_is() {
    let http = http(Kept::No);
    let begun = head();
    let places = [
        ("nothing at all", vec![Step::Stay], false),
        ("the status", vec![Step::write("HTTP/1.1 2"), Step::Drip(b'0')], false),
        ("a header", vec![Step::write(format!("{begun}x-slow: ")), Step::Drip(b'x')], false),
        (
            "the body",
            vec![Step::write(format!("{begun}content-length: 100\r\n\r\n")), Step::Drip(b' ')],
            true,
        ),
        (
            "the size of a chunk",
            vec![
                Step::write(format!("{begun}transfer-encoding: chunked\r\n\r\n")),
                Step::Drip(b'0'),
            ],
            true,
        ),
        ("a body without end", vec![Step::write(format!("{begun}\r\n")), Step::Drip(b' ')], true),
    ];
    let mut cases = 0;
    for (place, steps, accepted) in places {
        for call in Call::ALL {
            let case = format!("{place}, {call:?}");
            let server = Server::same([vec![Step::Read], steps.clone()].concat()).await;
            let error = call.send(&server.build(patient(), &http)).await.unwrap_err();
            assert!(matches!(error, Error::Timeout(_)), "{case}: {error:?}");
            assert!(error.was_sent(), "{case}: {error}");
            assert_eq!(error.was_accepted(), accepted, "{case}: {error}");
            let sent = server.requests().len();
            assert_eq!(sent, error.attempts() as usize, "{case}: {error}");
            cases += 1;
        }
    }
    assert_eq!(cases, 30);
}

// The clock is not paused here, because the server never stops sending.
#[tokio::test]
async fn interim_answers_without_end_end_with_the_time_limit() {
    let early = b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100);
    let server = Server::same([Step::Read, Step::Forever(early)]).await;
    let hurried = Seam::builder().api_key(API_KEY).timeout(Duration::from_millis(100));
    let error = Call::Unlock.send(&server.build(hurried, &http(Kept::No))).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)) && error.was_sent(), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_not_waited_for_to_the_end() {
    let http = http(Kept::No);
    let begun = "HTTP/1.1 404 Not Found\r\ncontent-length: 1000\r\n\r\n";
    let server = Server::same([Step::Read, Step::write(begun), Step::Drip(b' ')]).await;
    for call in Call::ALL {
        let error = call.send(&server.build(patient(), &http)).await.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_wait_that_a_server_asks_for_is_longer_than_is_allowed() {
    let http = http(Kept::No);
    let far = u64::MAX.to_string();
    for wait in ["31", "86400", &far, "99999999999999999999999999", "Thu, 31 Dec 9998 23:59:59 GMT"]
    {
        let busy = format!("HTTP/1.1 503 Busy\r\nretry-after: {wait}\r\ncontent-length: 0\r\n\r\n");
        let answered = vec![Step::Read, Step::write(ok(Call::List.answer()))];
        let server = Server::start([vec![Step::Read, Step::write(busy)], answered]).await;
        let outcome = Call::List.send(&server.client(&http)).await;
        let error = outcome.unwrap_err();
        assert!(error.retry_after() > Some(Duration::from_secs(30)), "{wait}: {error:?}");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{wait}");
    }
}
