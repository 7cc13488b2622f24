//! Which headers each kind of credentials sends, and how a publishable key is exchanged for a client session.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use seam_client::{CallOptions, Error, Seam, SeamBuilder, security};
use serde_json::json;
use support::{API_KEY, Answer, REQUEST_ID, Reply, Request, Server, TOKEN, WORKSPACE, http_client};

const SESSION: &str = "seam_cst1_notforanylog";
const PUBLISHABLE_KEY: &str = "seam_pk1_notforanylog";
const CONSOLE: &str = "eyJhbGciOi.notforanylog";
const USER: &str = "user-notforanylog";

/// The headers for the credentials and for the workspace.
const HEADERS: [&str; 4] =
    ["authorization", "client-session-token", "seam-publishable-key", "seam-workspace"];

fn credentials(request: &Request) -> [Option<&str>; 4] {
    HEADERS.map(|name| request.header(name))
}

fn spaces() -> Reply {
    Answer::new(200, r#"{"spaces":[]}"#).into()
}

async fn list(seam: &Seam) -> Result<(), Error> {
    seam.spaces().list().send().await.map(drop)
}

/// Creates a client of the server with its publishable key.
async fn log_in(server: &Server) -> Result<Seam, Error> {
    let builder = Seam::builder().publishable_key(PUBLISHABLE_KEY, USER).endpoint(server.url());
    builder.http_client(http_client()).connect().await
}

#[tokio::test]
async fn each_kind_has_its_headers() {
    let bearer = |token: &str| format!("Bearer {token}");
    let by_scheme = Seam::builder().credential(security::CLIENT_SESSION_WITH_CUSTOMER, SESSION);
    let ways: [(SeamBuilder, &str, Option<&str>, Option<&str>); 6] = [
        (Seam::builder().api_key(API_KEY), API_KEY, None, None),
        (Seam::builder().personal_access_token(TOKEN, WORKSPACE), TOKEN, None, Some(WORKSPACE)),
        (Seam::builder().personal_access_token_without_workspace(TOKEN), TOKEN, None, None),
        (Seam::builder().client_session_token(SESSION), SESSION, Some(SESSION), None),
        (Seam::builder().console_session_token(CONSOLE, WORKSPACE), CONSOLE, None, Some(WORKSPACE)),
        (by_scheme, SESSION, None, None),
    ];
    for (builder, token, session, workspace) in ways {
        let server = Server::start([spaces()]);
        list(&server.build(builder)).await.unwrap();
        let expected =
            [Some(bearer(token)), session.map(str::to_owned), None, workspace.map(str::to_owned)];
        assert_eq!(credentials(&server.request()).map(|value| value.map(str::to_owned)), expected);
    }
}

#[tokio::test]
async fn a_client_can_be_derived_for_another_workspace() {
    for builder in [
        Seam::builder().personal_access_token(TOKEN, "w1"),
        Seam::builder().personal_access_token_without_workspace(TOKEN),
        Seam::builder().console_session_token(CONSOLE, "w1"),
    ] {
        let server = Server::start([spaces(), spaces(), spaces()]);
        let seam = server.build(builder);
        let other = seam.with_workspace("w2");
        for client in [&seam, &other, &other.with_workspace("w3")] {
            list(client).await.unwrap();
        }
        let requests = server.requests();
        let sent: Vec<_> =
            requests.iter().map(|request| request.header("seam-workspace")).collect();
        assert!(sent[0].is_none_or(|id| id == "w1"), "{sent:?}");
        assert_eq!(sent[1..], [Some("w2"), Some("w3")]);
        assert!(requests.iter().all(|request| request.header("authorization").is_some()));
    }
}

#[tokio::test]
async fn one_call_can_be_for_another_workspace() {
    let server = Server::start([spaces(), spaces()]);
    let seam = server.build(Seam::builder().personal_access_token(TOKEN, "w1"));
    let options = CallOptions::new().workspace("w2");
    seam.spaces().list().options(options).send().await.unwrap();
    list(&seam).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(|request| request.header("seam-workspace")).collect();
    assert_eq!(sent, [Some("w2"), Some("w1")]);
}

#[tokio::test]
async fn where_there_is_no_choice_of_workspaces_nothing_is_sent() {
    for (builder, expected) in [
        (Seam::builder().api_key(API_KEY), "an API key, which belongs to one workspace"),
        (Seam::builder().client_session_token(SESSION), "a client session token, which belongs"),
        (Seam::builder().credential(security::API_KEY, API_KEY), ".personal_access_token("),
    ] {
        let server = Server::start([]);
        let error = list(&server.build(builder).with_workspace("w2")).await.unwrap_err();
        assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        assert!(server.requests().is_empty());
    }
    let seam = Seam::from_personal_access_token(TOKEN, WORKSPACE).unwrap();
    let error = list(&seam.with_workspace(" ")).await.unwrap_err();
    assert!(error.to_string().contains("the workspace id is empty"), "{error}");
}

#[tokio::test]
async fn what_an_operation_does_not_take_by_its_scheme_is_not_sent() {
    let server = Server::start([]);
    let seam = server.build(Seam::builder().credential(security::PUBLISHABLE_KEY, "seam_pk1_x"));
    let error = list(&seam).await.unwrap_err();
    assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
    let message = error.to_string();
    assert!(message.starts_with("/spaces/list needs credentials"), "{message}");
    assert!(message.contains("`.credential(security::API_KEY, secret)`"), "{message}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_publishable_key_is_exchanged_once_for_a_client_session() {
    let session =
        json!({"client_session": {"client_session_id": "s1", "token": SESSION}, "ok": true});
    let server = Server::start([Answer::new(200, session.to_string()).into(), spaces(), spaces()]);
    let seam = log_in(&server).await.unwrap();
    list(&seam).await.unwrap();
    list(&seam).await.unwrap();
    let requests = server.requests();
    let [exchange, calls @ ..] = &requests[..] else { panic!("{requests:?}") };
    let line = (exchange.method.as_str(), exchange.target.as_str());
    assert_eq!(line, ("POST", "/client_sessions/get_or_create"));
    assert_eq!(credentials(exchange), [None, None, Some(PUBLISHABLE_KEY), None]);
    assert_eq!(exchange.json(), json!({"user_identifier_key": USER}));
    assert_eq!(exchange.header("content-type"), Some("application/json"));
    assert_eq!(calls.len(), 2);
    let bearer = format!("Bearer {SESSION}");
    for call in calls {
        assert_eq!(credentials(call), [Some(bearer.as_str()), Some(SESSION), None, None]);
    }
    assert!(!format!("{seam:?}").contains("notforanylog"), "{seam:?}");
}

#[tokio::test]
async fn an_exchange_that_fails_says_why() {
    let refusal = json!({"error": {"type": "unauthorized", "message": format!("{PUBLISHABLE_KEY} of {USER}")}});
    let server = Server::start([Answer::new(401, refusal.to_string()).into()]);
    let error = log_in(&server).await.unwrap_err();
    let Error::Unauthorized(api) = &error else { panic!("{error}") };
    assert_eq!((api.message(), api.request_id()), ("[redacted] of [redacted]", Some(REQUEST_ID)));
    assert_eq!(server.requests().len(), 1);

    for body in [
        r#"{}"#,
        r#"{"client_session":{}}"#,
        r#"{"client_session":{"token":null}}"#,
        r#"{"client_session":{"token":"seam_k1_other"}}"#,
        r#"{"client_session":{"token":"seam_cst1 two"}}"#,
    ] {
        let error = log_in(&Server::ok(body)).await.unwrap_err();
        let Error::Decode(decode) = &error else { panic!("{body}: {error}") };
        assert_eq!(decode.operation(), "/client_sessions/get_or_create");
        assert!(!error.to_string().contains("seam_"), "{error}");
    }
}

#[tokio::test]
async fn neither_the_session_nor_what_it_was_exchanged_for_shows() {
    let session = json!({"client_session": {"token": SESSION}});
    let failure =
        json!({"error": {"type": "x", "message": format!("{SESSION} for {PUBLISHABLE_KEY}")}});
    let server = Server::start([
        Answer::new(200, session.to_string()).into(),
        Answer::new(404, failure.to_string()).into(),
    ]);
    let seam = log_in(&server).await.unwrap();
    let error = list(&seam).await.unwrap_err();
    let shown = format!("{error} {error:?} {seam:?}");
    assert!(!shown.contains("notforanylog"), "{shown}");
    assert_eq!(error.api().unwrap().message(), "[redacted] for [redacted]");
}

#[tokio::test]
async fn connecting_with_other_credentials_sends_nothing() {
    let server = Server::start([]);
    let builder = Seam::builder().api_key(API_KEY).endpoint(server.url());
    builder.connect().await.unwrap();
    assert!(server.requests().is_empty());
}

#[test]
fn no_kind_shows_in_a_builder_or_a_client() {
    for builder in [
        Seam::builder().client_session_token(SESSION),
        Seam::builder().console_session_token(CONSOLE, WORKSPACE),
        Seam::builder().credential(security::API_KEY, "notforanylog"),
    ] {
        let shown = format!("{builder:?}");
        let shown = format!("{shown} {:?}", builder.build().unwrap());
        assert!(!shown.contains("notforanylog"), "{shown}");
    }
    let builder = Seam::builder().publishable_key(PUBLISHABLE_KEY, USER);
    assert!(!format!("{builder:?}").contains("notforanylog"), "{builder:?}");
}
