//! Polling what a call starts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use std::time::Duration;

use seam_client::models::ActionAttempt;
use seam_client::models::action_attempt::LockDoor;
use seam_client::{Error, PollError, Poller, Seam};
use serde_json::{Value, json};
use support::{API_KEY, Answer, REQUEST_ID, Reply, Server};

const ATTEMPT: &str = "c1b6e3a5-9f7d-4b80-8f6d-3a5a3c1f4d11";
/// So short that it does not matter.
const SHORT: Duration = Duration::from_millis(1);
/// So long that a test that takes this long has failed.
const LONG: Duration = Duration::from_secs(60);

fn answer(attempt: &Value) -> Answer {
    Answer::new(200, json!({"action_attempt": attempt, "ok": true}).to_string())
}

fn attempt(status: &str) -> Value {
    json!({
        "action_attempt_id": ATTEMPT,
        "action_type": "LOCK_DOOR",
        "status": status,
        "result": null,
        "error": null,
    })
}

fn pending() -> Reply {
    answer(&attempt("pending")).into()
}

fn success() -> Reply {
    let mut attempt = attempt("success");
    attempt["result"] = json!({"was_confirmed_by_device": true});
    answer(&attempt).into()
}

fn failure() -> Reply {
    let mut attempt = attempt("error");
    attempt["error"] = json!({"type": "device_offline", "message": "It does not answer."});
    answer(&attempt).into()
}

fn start(replies: impl IntoIterator<Item = Reply>) -> Server {
    Server::start(replies)
}

/// Locks a door and polls frequently.
fn lock(
    server: &Server,
) -> Poller<seam_client::models::action_attempt::lock_door::success::ResultType> {
    server.client().locks().lock_door("door").wait().interval(SHORT).timeout(LONG)
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).collect()
}

fn action_attempt(error: &Error) -> &PollError {
    error.poll().unwrap_or_else(|| panic!("{error}"))
}

#[tokio::test]
async fn the_result_comes_when_it_is_there() {
    let server = start([pending(), pending(), success()]);
    let result = lock(&server).await.unwrap();
    assert_eq!(result.was_confirmed_by_device, Some(true));
    let get = "/action_attempts/get";
    assert_eq!(targets(&server), ["/locks/lock_door", get, get]);
    let bodies: Vec<Value> = server.requests().iter().map(support::Request::json).collect();
    let id = json!({"action_attempt_id": ATTEMPT});
    assert_eq!(bodies, [json!({"device_id": "door"}), id.clone(), id]);
}

#[tokio::test]
async fn what_is_over_at_once_is_asked_for_once() {
    let server = start([success()]);
    lock(&server).await.unwrap();
    assert_eq!(targets(&server), ["/locks/lock_door"]);
    let server = start([failure()]);
    assert!(matches!(lock(&server).await, Err(Error::PollFailed(_))));
    assert_eq!(targets(&server), ["/locks/lock_door"]);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_waited_for() {
    let server = start([success()]);
    drop(lock(&server));
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_failure_says_what_was_and_has_all_of_it() {
    let server = start([pending(), failure()]);
    let error = lock(&server).await.unwrap_err();
    assert!(matches!(error, Error::PollFailed(_)), "{error}");
    let failed = action_attempt(&error);
    assert_eq!(failed.id(), Some(ATTEMPT));
    assert_eq!(failed.operation(), "/locks/lock_door");
    assert_eq!(failed.error_type(), Some("device_offline"));
    assert_eq!(failed.message(), Some("It does not answer."));
    assert_eq!(failed.object()["status"], "error");
    assert_eq!(failed.request_id(), Some(REQUEST_ID));
    let typed: ActionAttempt = failed.decode().unwrap();
    let ActionAttempt::LockDoor(LockDoor::Error(typed)) = typed else { panic!("{typed:?}") };
    assert_eq!(typed.error.message, "It does not answer.");
    assert!(error.was_accepted() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        format!(
            "the server had accepted /locks/lock_door, but it failed: device_offline: It does not answer. \
             (id {ATTEMPT}) (request id {REQUEST_ID})"
        )
    );
}

#[tokio::test]
async fn a_time_out_has_what_was_seen_last() {
    let mut late = attempt("pending");
    late["result"] = json!("nearly");
    let server = start([pending(), answer(&late).into(), Reply::Silence]);
    let waiting = lock(&server).timeout(Duration::from_secs(1));
    let error = waiting.await.unwrap_err();
    assert!(matches!(error, Error::PollTimeout(_)), "{error}");
    let last = action_attempt(&error);
    assert_eq!((last.id(), last.object_status()), (Some(ATTEMPT), Some("pending")));
    assert_eq!(last.object()["result"], "nearly");
    assert!(last.waited() >= Duration::from_secs(1));
    assert!(error.was_accepted() && !error.is_retryable());
    assert!(error.to_string().contains(ATTEMPT), "{error}");
    // The last request was cancelled, and there was none after it.
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn trouble_that_passes_does_not_lose_the_command() {
    let server = start([
        pending(),
        Answer::new(503, "<html>").into(),
        Answer::new(429, "").header("retry-after", "0").into(),
        Reply::CloseAfterRequest,
        Reply::Cut(Answer::new(200, r#"{"action_attempt":{}}"#), 5),
        success(),
    ]);
    assert_eq!(lock(&server).await.unwrap().was_confirmed_by_device, Some(true));
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn trouble_that_stays_is_told_with_what_was_seen_last() {
    let server = start([pending(), Answer::new(503, "").header("retry-after", "3600").into()]);
    let error = lock(&server).timeout(Duration::from_secs(1)).await.unwrap_err();
    assert!(matches!(error, Error::PollTimeout(_)), "{error}");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("503"), "{source}");
    // The server had asked for a longer wait than the time limit allows.
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_error_that_does_not_pass_ends_it_with_what_was_seen_last() {
    for (status, body) in [
        (401, r#"{"error":{"type":"unauthorized","message":"no"}}"#),
        (404, r#"{"error":{"type":"action_attempt_not_found","message":"no"}}"#),
        (200, r#"{"ok":true}"#),
    ] {
        let server = start([pending(), Answer::new(status, body).into()]);
        let error = lock(&server).await.unwrap_err();
        assert!(matches!(error, Error::PollLost(_)), "{error}");
        assert_eq!(action_attempt(&error).id(), Some(ATTEMPT));
        assert!(error.was_accepted() && !error.is_retryable());
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.to_string().contains("/action_attempts/get"), "{source}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_command_that_is_refused_is_refused_as_ever() {
    let server = start([Answer::new(503, "").into()]);
    let error = lock(&server).await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_asked_for_again_is_told() {
    let body = r#"{"action_attempt":{"action_type":"LOCK_DOOR","status":"pending"}}"#;
    let server = Server::ok(body);
    let error = lock(&server).await.unwrap_err();
    let Error::Decode(decode) = &error else { panic!("{error}") };
    assert_eq!(decode.path(), "action_attempt.action_attempt_id");
    assert_eq!(&decode.body()[..], body.as_bytes());
    assert!(error.was_accepted());
}

#[tokio::test]
async fn a_status_that_is_not_known_is_no_end() {
    let server = start([answer(&attempt("thinking")).into(), pending(), success()]);
    lock(&server).await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_success_stays_one_whatever_it_says_besides() {
    for result in [json!({"was_confirmed_by_device": "perhaps"}), json!(null), json!({}), json!(7)]
    {
        let mut attempt = attempt("success");
        attempt["action_type"] = json!("LOCK_DOOR_TWICE");
        attempt["result"] = result;
        let server = start([answer(&attempt).into()]);
        assert_eq!(lock(&server).await.unwrap().was_confirmed_by_device, None);
    }
}

#[tokio::test]
async fn any_attempt_can_be_waited_for_by_its_id() {
    let server = start([pending(), success()]);
    let waiting = server.client().action_attempts().wait(ATTEMPT).interval(SHORT).timeout(LONG);
    let attempt = waiting.await.unwrap();
    let ActionAttempt::LockDoor(LockDoor::Success(locked)) = attempt else { panic!("{attempt:?}") };
    assert_eq!(locked.result.was_confirmed_by_device, Some(true));
    assert_eq!(targets(&server), ["/action_attempts/get", "/action_attempts/get"]);
}

#[tokio::test]
async fn what_stands_beside_an_answer_can_be_waited_for_by_its_id() {
    let server = start([pending(), success()]);
    let seam = server.client();
    let answer = seam.access_codes().delete("code").send().await.unwrap();
    let begun = answer.action_attempt.unwrap();
    let id = begun.action_attempt_id().unwrap();
    seam.action_attempts().wait(id).interval(SHORT).timeout(LONG).await.unwrap();
    assert_eq!(targets(&server), ["/access_codes/delete", "/action_attempts/get"]);
}

#[tokio::test]
async fn a_pace_that_is_no_wait_is_refused_before_anything_is_sent() {
    let server = start([success()]);
    for (timeout, interval) in [(LONG, Duration::ZERO), (Duration::ZERO, SHORT), (SHORT, SHORT)] {
        let error = lock(&server).timeout(timeout).interval(interval).await.unwrap_err();
        assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
        let builder =
            Seam::builder().api_key(API_KEY).wait_timeout(timeout).wait_interval(interval);
        assert!(matches!(builder.build(), Err(Error::InvalidOptions(_))));
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_client_is_set_up_with_a_pace_of_its_own() {
    let server = start([pending(), pending(), success()]);
    let builder = Seam::builder().api_key(API_KEY).wait_timeout(LONG).wait_interval(SHORT);
    server.build(builder).locks().unlock_door("door").wait().await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn two_at_once_ask_for_their_own() {
    let named = |id: &str, status: &str| {
        let mut attempt = attempt(status);
        attempt["action_attempt_id"] = json!(id);
        Reply::from(answer(&attempt))
    };
    let (one, other) = (
        start([named("1", "pending"), named("1", "success")]),
        start([named("2", "pending"), named("2", "success")]),
    );
    let (first, second) = tokio::join!(lock(&one), lock(&other));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(one.requests()[1].json(), json!({"action_attempt_id": "1"}));
    assert_eq!(other.requests()[1].json(), json!({"action_attempt_id": "2"}));
}

#[tokio::test]
async fn one_that_is_dropped_asks_no_more() {
    let server = start([pending(), Reply::Silence, success()]);
    let waiting = tokio::spawn(lock(&server));
    while server.requests().len() < 2 {
        tokio::task::yield_now().await;
    }
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn no_error_shows_what_the_attempt_says() {
    let mut secret = attempt("error");
    secret["result"] = json!({"code": "824759"});
    secret["error"] = json!({"type": "odd", "message": format!("{API_KEY} is not enough")});
    let server = start([answer(&secret).into()]);
    let error = lock(&server).await.unwrap_err();
    let shown = format!("{error:?} {error}");
    assert!(!shown.contains("824759"), "{shown}");
    assert!(!shown.contains(API_KEY), "{shown}");
    assert!(!action_attempt(&error).object().to_string().contains(API_KEY));
}
