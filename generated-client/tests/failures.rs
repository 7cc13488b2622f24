//! How error responses and missing responses become errors.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where its helpers fail")]

mod support;

use std::error::Error as _;
use std::time::Duration;

use seam_client::ids::AcsUserId;
use seam_client::{Error, RetryPolicy, Seam, SeamBuilder};
use serde_json::json;
use support::{API_KEY, Answer, CREDENTIAL, REQUEST_ID, Reply, Server, TOKEN, USER, WORKSPACE};

/// Calls a server with this reply, and checks what is true for every error, such as that it shows no secret.
async fn fail(reply: impl Into<Reply>) -> Error {
    fail_with(Seam::builder().api_key(API_KEY), reply).await
}

async fn fail_with(builder: SeamBuilder, reply: impl Into<Reply>) -> Error {
    let server = Server::start([reply.into()]);
    let seam = server.build(builder);
    let call = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let error = call.send().await.unwrap_err();
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        shown.push_str(&format!("{error} {error:?}"));
        source = error.source();
    }
    assert!(!shown.contains("notforanylog"), "{shown}");
    error
}

/// The part of the request ID that every message contains.
const ID: &str = "5a3ad4f7";

#[tokio::test]
async fn invalid_input_tells_what_is_wrong_where() {
    let body = json!({"ok": false, "error": {
        "type": "invalid_input",
        "message": "Two parameters are wrong",
        "validation_errors": {
            "_errors": ["Unrecognized key"],
            "acs_credential_id": {"_errors": ["Invalid uuid"]},
            "device_ids": {"_errors": [], "0": {"name": {"_errors": ["Expected string"]}}},
        },
    }});
    let error = fail(Answer::new(400, body.to_string())).await;
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (400, Some(REQUEST_ID)));
    assert!(!error.is_retryable() && !error.was_accepted());
    let Error::InvalidInput(input) = &error else { panic!("{error}") };
    assert_eq!(input.api().error_type(), Some("invalid_input"));
    assert_eq!(input.api().message(), "Two parameters are wrong");
    let errors = input.validation_errors();
    assert_eq!(errors.messages(), ["Unrecognized key"]);
    assert_eq!(errors.get("acs_credential_id").unwrap().messages(), ["Invalid uuid"]);
    assert_eq!(errors.get("device_ids[0].name").unwrap().messages(), ["Expected string"]);
    let all: Vec<_> = errors.iter().map(|(path, _)| path).collect();
    assert_eq!(all, ["", "acs_credential_id", "device_ids[0].name"]);
    let shown = error.to_string();
    for part in [ID, "Two parameters", "device_ids[0].name: Expected string", "Unrecognized key"] {
        assert!(shown.contains(part), "{shown}");
    }
}

#[tokio::test]
async fn a_refused_key_keeps_the_message() {
    let body = json!({"ok": false, "error": {"type": "unauthorized", "message": "Key revoked"}});
    let error = fail(Answer::new(401, body.to_string())).await;
    let Error::Unauthorized(api) = &error else { panic!("{error}") };
    assert_eq!((api.message(), api.error_type()), ("Key revoked", Some("unauthorized")));
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (401, Some(REQUEST_ID)));
    assert!(error.to_string().contains("Key revoked") && error.to_string().contains(ID));
    assert!(!error.is_retryable());
    let error = fail(Answer::new(401, "")).await;
    assert!(matches!(&error, Error::Unauthorized(api) if api.message() == "Unauthorized"));
}

#[tokio::test]
async fn what_is_not_there_is_an_error_of_the_api() {
    let body = json!({"ok": false, "error": {
        "type": "acs_credential_not_found",
        "message": "No such credential",
        "data": {"acs_credential_id": CREDENTIAL},
    }});
    let error = fail(Answer::new(404, body.to_string())).await;
    let Error::Api(api) = &error else { panic!("{error}") };
    assert_eq!(api.operation(), "/acs/credentials/assign");
    assert_eq!(api.error_type(), Some("acs_credential_not_found"));
    assert_eq!(api.message(), "No such credential");
    assert_eq!(api.data(), &json!({"acs_credential_id": CREDENTIAL}));
    assert_eq!(&api.body()[..], body.to_string().as_bytes());
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (404, Some(REQUEST_ID)));
    assert_eq!(
        error.to_string(),
        format!(
            "/acs/credentials/assign answered 404 Not Found: acs_credential_not_found: No such credential (request id \
             {REQUEST_ID})"
        )
    );
    assert!(!error.is_retryable() && error.retry_after().is_none());
}

#[tokio::test]
async fn a_limit_says_how_long_to_wait() {
    let body = json!({"error": {"type": "rate_limited", "message": "Slow down"}}).to_string();
    let error = fail(Answer::new(429, body.clone()).header("retry-after", "7")).await;
    assert!(matches!(&error, Error::Api(api) if api.message() == "Slow down"), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (429, Some(REQUEST_ID)));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.api().unwrap().headers()["retry-after"], "7");
    assert!(error.is_retryable());
    let answer = Answer::new(429, body)
        .header("date", "Sat, 21 Nov 2026 20:00:00 GMT")
        .header("retry-after", "Sat, 21 Nov 2026 20:01:30 GMT");
    assert_eq!(fail(answer).await.retry_after(), Some(Duration::from_secs(90)));
}

#[tokio::test]
async fn an_outage_has_no_message_of_its_own() {
    let page = "<!DOCTYPE html>\n<html><body>Service down</body></html>";
    for body in ["", page, r#"{"error":"#, "null", "503"] {
        let error = fail(Answer::new(503, body)).await;
        let Error::Api(api) = &error else { panic!("{error}") };
        assert_eq!((api.message(), api.error_type()), ("Service Unavailable", None), "{body}");
        assert!(api.data().is_null());
        assert_eq!(&api.body()[..], body.as_bytes());
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        let expected = format!(
            "/acs/credentials/assign answered 503 Service Unavailable (request id {REQUEST_ID})"
        );
        assert_eq!(error.to_string(), expected);
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn a_message_is_found_in_other_places_too() {
    for body in ["Invalid JSON", r#"{"message":"Invalid JSON"}"#, r#"{"error":"Invalid JSON"}"#] {
        let error = fail(Answer::new(400, body)).await;
        assert!(matches!(&error, Error::Api(api) if api.message() == "Invalid JSON"), "{body}");
    }
}

#[tokio::test]
async fn a_refusal_stands_though_its_body_is_cut_off() {
    let error = fail(Reply::Cut(Answer::new(404, r#"{"error":{}}"#), 5)).await;
    assert!(matches!(&error, Error::Api(api) if &api.body()[..] == br#"{"err"#), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (404, Some(REQUEST_ID)));
}

#[tokio::test]
async fn a_connection_that_breaks_is_a_transport_error() {
    for reply in [Reply::CloseAtOnce, Reply::CloseAfterRequest] {
        let error = fail(reply).await;
        let Error::Transport(transport) = &error else { panic!("{error}") };
        assert_eq!(transport.operation(), "/acs/credentials/assign");
        assert_eq!((error.status(), error.request_id()), (None, None));
        assert!(error.is_retryable() && !error.was_accepted());
        assert!(error.to_string().contains("may have carried it out"), "{error}");
        assert!(error.source().is_some());
    }
}

#[tokio::test]
async fn no_connection_is_a_transport_error() {
    let server = Server::start([]);
    let seam = server.build(Seam::builder().api_key(API_KEY).retry(RetryPolicy::none()));
    drop(server);
    let call = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)));
    assert!(error.to_string().contains("check the endpoint"), "{error}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_body_that_is_cut_off_says_that_the_call_was_accepted() {
    for length in [0, 7] {
        let error = fail(Reply::Cut(Answer::new(200, r#"{"ok":true}"#), length)).await;
        assert!(matches!(error, Error::Transport(_)), "{error}");
        assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some(REQUEST_ID)));
        assert!(error.was_accepted() && !error.is_retryable());
        let shown = error.to_string();
        assert!(shown.contains("had accepted") && shown.contains(ID), "{shown}");
    }
}

fn impatient() -> SeamBuilder {
    Seam::builder().api_key(API_KEY).timeout(Duration::from_millis(50))
}

#[tokio::test]
async fn no_answer_in_time_is_a_timeout() {
    let error = fail_with(impatient(), Reply::Silence).await;
    let Error::Timeout(timeout) = &error else { panic!("{error}") };
    assert_eq!(timeout.operation(), "/acs/credentials/assign");
    assert!(timeout.waited() >= Duration::from_millis(50));
    assert_eq!((error.status(), error.request_id()), (None, None));
    assert!(error.is_retryable() && !error.was_accepted());
    assert!(error.to_string().contains(".timeout(…)"), "{error}");
}

#[tokio::test]
async fn half_an_answer_in_time_says_that_the_call_was_accepted() {
    // Long enough for the head to arrive on a busy machine. The test waits this long.
    let patient = Seam::builder().api_key(API_KEY).timeout(Duration::from_secs(2));
    let error = fail_with(patient, Reply::Stall(Answer::new(200, r#"{"ok":true}"#), 4)).await;
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some(REQUEST_ID)));
    assert!(error.was_accepted() && !error.is_retryable());
    assert!(error.to_string().contains("had accepted"), "{error}");
}

#[tokio::test]
async fn a_secret_that_the_server_repeats_is_taken_out() {
    let by_key = || Seam::builder().api_key(API_KEY);
    let by_token = || Seam::builder().personal_access_token(TOKEN, WORKSPACE);
    let ways: [(_, &dyn Fn() -> SeamBuilder); 2] = [(API_KEY, &by_key), (TOKEN, &by_token)];
    for (secret, builder) in ways {
        let body = json!({"error": {
            "type": format!("about {secret}"),
            "message": format!("`{secret}` is not known, {secret}"),
            "data": {"sent": [secret], secret: 1},
        }});
        for status in [401, 404] {
            let error = fail_with(builder(), Answer::new(status, body.to_string()));
            let error = error.await;
            let (Error::Api(api) | Error::Unauthorized(api)) = &error else { panic!("{error}") };
            assert_eq!(api.message(), "`[redacted]` is not known, [redacted]");
            assert_eq!(api.data(), &json!({"sent": ["[redacted]"], "[redacted]": 1}));
            assert!(!String::from_utf8_lossy(api.body()).contains(secret));
        }
        let tree = json!({secret: {"_errors": [secret]}, "_errors": [secret]});
        let body = json!({"error": {"type": "invalid_input", "validation_errors": tree}});
        let error = fail_with(builder(), Answer::new(400, body.to_string()));
        let error = error.await;
        assert!(error.to_string().contains("[redacted]: [redacted]"), "{error}");

        let answer = Answer::new(503, secret).header("seam-request-id", secret);
        let error = fail_with(builder(), answer).await;
        assert!(error.to_string().contains("[redacted]"), "{error}");
        let answer = Answer::new(307, "").header("location", format!("/?key={secret}"));
        let error = fail_with(builder(), answer).await;
        assert!(error.to_string().contains("/?key=[redacted]"), "{error}");
        assert_eq!(error.api().unwrap().headers()["location"], "/?key=[redacted]");
        let strict = builder().strict();
        let error = fail_with(strict, Answer::new(200, format!(r#"["{secret}"]"#))).await;
        let Error::Decode(decode) = &error else { panic!("{error}") };
        assert_eq!(&decode.body()[..], br#"["[redacted]"]"#);
    }
}

#[test]
fn errors_are_small_and_go_anywhere() {
    fn anywhere<T: std::error::Error + Send + Sync + 'static>() {}
    anywhere::<Error>();
    assert!(size_of::<Error>() <= 32, "{}", size_of::<Error>());
}
