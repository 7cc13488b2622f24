//! Deeply nested JSON is rejected, ignored, repaired or kept, and does not overflow the stack.

use std::time::Duration;

use seam_client::Error;
use seam_client::models::{Device, Event};
use seam_client::reqwest::Client;
use serde_json::Value;

use crate::call::{Call, ok};
use crate::server::{Kept, Server, Step, http};

const DEEP: usize = 100_000;
/// The maximum nesting that is decoded. serde_json's limit is 128.
const READ: usize = 100;

/// The ways to nest values, with a name for messages.
fn nested(depth: usize) -> [(&'static str, String); 3] {
    let half = depth / 2;
    [
        ("arrays", "[".repeat(depth) + &"]".repeat(depth)),
        ("objects", r#"{"a":"#.repeat(depth) + "1" + &"}".repeat(depth)),
        ("both", r#"[{"a":"#.repeat(half) + "1" + &"}]".repeat(half)),
    ]
}

async fn list(http: &Client, body: String) -> Result<Vec<Device>, Error> {
    let server = Server::answer(ok(&body)).await;
    server.client(http).devices().list().send().await
}

#[tokio::test]
async fn depth_that_nobody_asked_for_is_passed_over() {
    let http = http(Kept::No);
    for (kind, deep) in nested(DEEP) {
        for body in [
            format!(r#"{{"x":{deep},"devices":[]}}"#),
            format!(r#"{{"devices":[],"x":{deep}}}"#),
            format!(r#"{{"devices":[{{"device_id":"d","x":{deep}}}]}}"#),
        ] {
            assert!(list(&http, body).await.is_ok(), "{kind}");
        }
    }
}

#[tokio::test]
async fn depth_in_place_of_what_was_asked_for_is_an_error() {
    let http = http(Kept::No);
    for (kind, deep) in nested(DEEP) {
        let unclosed = "[".repeat(DEEP);
        for body in [
            deep.clone(),
            format!(r#"{{"devices":{unclosed}"#),
            format!(r#"{{"devices":{{"a":{deep}}}}}"#),
            format!(r#"{{"devices":[{deep}{deep}]}}"#),
        ] {
            let error = list(&http, body).await.unwrap_err();
            assert!(matches!(error, Error::Decode(_)) && error.was_accepted(), "{kind}: {error:?}");
        }
        // The other elements of a list are kept.
        let devices = list(&http, format!(r#"{{"devices":[{deep},{{"device_id":"d"}}]}}"#)).await;
        assert!(devices.is_err() || devices.unwrap().len() == 1, "{kind}");
    }
}

#[tokio::test]
async fn depth_in_what_is_kept_is_kept_or_repaired() {
    let http = http(Kept::No);
    let warning = |deep: &str| {
        format!(
            r#"{{"devices":[{{"device_id":"d","warnings":[{{"warning_code":"new","x":{deep}}}]}}]}}"#
        )
    };
    for (kind, deep) in nested(DEEP) {
        let devices = list(&http, warning(&deep)).await.unwrap();
        let [device] = &devices[..] else { panic!("{kind}: {devices:?}") };
        assert_eq!(device.warnings[0].warning_code(), Some("new"), "{kind}");
        // What is left can be shown and written by users.
        let written = serde_json::to_string(&devices).unwrap();
        assert!(written.len() < 5000 && format!("{devices:?}").contains("new"), "{kind}");
    }
    for (kind, deep) in nested(READ) {
        let devices = list(&http, warning(&deep)).await.unwrap();
        let copy = devices.clone();
        assert_eq!(copy, devices, "{kind}");
        assert!(format!("{devices:?} {devices:#?}").contains("new"), "{kind}");
        let written = serde_json::to_string(&devices).unwrap();
        assert!(written.contains(&deep), "{kind}: {written}");
        assert_eq!(serde_json::from_str::<Vec<Device>>(&written).unwrap(), devices, "{kind}");
    }
}

#[tokio::test]
async fn depth_in_an_error_leaves_the_status() {
    let http = http(Kept::No);
    for (kind, deep) in nested(DEEP / 5) {
        for (body, message) in [
            (deep.clone(), "Bad Request"),
            (format!(r#"{{"error":{deep}}}"#), "Bad Request"),
            (format!(r#"{{"error":{{"type":"x","validation_errors":{deep}}}}}"#), "Bad Request"),
            (format!(r#"{{"error":{{"type":"x","message":"y","data":{deep}}}}}"#), "y"),
        ] {
            let begun = "HTTP/1.1 400 Bad\r\ncontent-length";
            let server = Server::answer(format!("{begun}: {}\r\n\r\n{body}", body.len())).await;
            let error = Call::Unlock.send(&server.client(&http)).await.unwrap_err();
            let Error::Api(api) = &error else { panic!("{kind}: {error:?}") };
            assert_eq!((api.message(), api.body().len()), (message, body.len()), "{kind}");
            // What is left of the data is shown, 127 levels of it.
            assert!(format!("{error} {error:?}").len() < 5000, "{kind}");
        }
    }
    for (kind, deep) in nested(READ).into_iter().chain(nested(DEEP / 5)) {
        let tree = format!(r#"{{"error":{{"type":"invalid_input","validation_errors":{deep}}}}}"#);
        let begun = "HTTP/1.1 400 Bad\r\ncontent-length";
        let server = Server::answer(format!("{begun}: {}\r\n\r\n{tree}", tree.len())).await;
        let error = Call::Unlock.send(&server.client(&http)).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidInput(_)), "{kind}: {error:?}");
        assert!(!format!("{error} {error:?}").is_empty());
    }
}

#[tokio::test]
async fn depth_where_a_command_is_looked_at_does_not_lose_its_end() {
    let http = http(Kept::No);
    for (kind, deep) in nested(DEEP) {
        let attempt = format!(
            r#"{{"action_attempt":{{"action_attempt_id":"a","action_type":"UNLOCK_DOOR","status":"success","result":{deep}}}}}"#
        );
        let begun = vec![Step::Read, Step::write(ok(Call::Unlock.answer()))];
        let looked = vec![Step::Read, Step::write(ok(&attempt))];
        let server = Server::start([begun, looked]).await;
        let wait = server.client(&http).locks().unlock_door("d").wait();
        let unlocked = wait.interval(Duration::from_millis(1)).await;
        assert!(unlocked.is_ok(), "{kind}: {unlocked:?}");
        assert_eq!(server.requests().len(), 2, "{kind}");
    }
}

#[test]
fn depth_in_any_type_is_an_error_on_a_small_stack() {
    // Threads of Tokio have 2 MiB of stack, and the thread of a test may have more.
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let read = small.spawn(|| {
        for depth in [READ, DEEP] {
            for (kind, deep) in nested(depth) {
                let event = format!(r#"{{"event_type":"new","event_id":"e","x":{deep}}}"#);
                let event = serde_json::from_str::<Event>(&event);
                assert_eq!(event.is_ok(), depth == READ, "{kind}");
                let value = serde_json::from_str::<Value>(&deep);
                assert_eq!(value.is_ok(), depth == READ, "{kind}");
            }
        }
    });
    read.unwrap().join().unwrap();
}
