//! How successful responses are decoded.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test ends where its helpers fail")]

mod support;

use seam_client::api::acs::credentials::assign;
use seam_client::ids::{AcsCredentialId, AcsUserId};
use seam_client::models::acs_credential::{AccessMethod, AcsCredential, Warning};
use seam_client::{Error, RepairKind, Response, Seam, jiff};
use serde_json::{Value, json};
use support::{API_KEY, CREDENTIAL, REQUEST_ID, Server, USER};

/// The sample in the API's documentation, from a time when the API described fewer properties.
const SAMPLE: &str = include_str!("fixtures/documented_sample.json");
/// A response with every property that is described today, and with each of the warnings.
const FULL: &str = include_str!("fixtures/full.json");

async fn answer(body: impl Into<Vec<u8>>) -> Response<assign::AssignResponse> {
    let server = Server::ok(body);
    let credentials = server.client().acs().credentials();
    credentials.assign(CREDENTIAL, AcsUserId::from(USER)).response().await.unwrap()
}

async fn strict(body: impl Into<Vec<u8>>) -> Result<assign::AssignResponse, Error> {
    let server = Server::ok(body);
    let seam = server.build(Seam::builder().api_key(API_KEY).strict());
    seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER)).send().await
}

fn credential(response: &Response<assign::AssignResponse>) -> &AcsCredential {
    response.value().acs_credential.as_ref().expect("there is a credential")
}

fn repairs(response: &Response<assign::AssignResponse>) -> Vec<String> {
    response.repairs().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn the_documented_sample_is_there_and_what_it_lacks_is_told() {
    let response = answer(SAMPLE).await;
    assert_eq!(response.value().ok, Some(true));
    let credential = credential(&response);
    assert_eq!(credential.acs_credential_id.as_str(), "755e6817-985f-4e2f-96b2-6f388456f19b");
    assert_eq!(credential.code.as_deref(), Some("824759"));
    assert_eq!(credential.access_method, AccessMethod::Card);
    let created_at: jiff::Timestamp = "2024-02-06T06:50:05.714Z".parse().unwrap();
    assert_eq!(credential.created_at, created_at);
    assert!(credential.is_managed);
    assert!(credential.warnings.is_empty());
    let mut repairs = repairs(&response);
    repairs.sort();
    assert_eq!(
        repairs,
        [
            "acs_credential.connected_account_id: required, but missing",
            "acs_credential.errors: required, but missing",
            "acs_credential.is_managed: required, but missing",
            "acs_credential.warnings: required, but missing",
        ]
    );
    assert!(response.repairs().iter().all(|repair| *repair.kind() == RepairKind::Missing));
}

#[tokio::test]
async fn an_answer_of_today_needs_no_repair_and_loses_nothing() {
    let response = answer(FULL).await;
    assert_eq!(repairs(&response), [""; 0]);
    let credential = credential(&response);
    assert_eq!(credential.code.as_deref(), Some("824759"));
    assert_eq!(credential.access_method, AccessMethod::Card);
    let created_at: jiff::Timestamp = "2026-07-24T06:50:05.714Z".parse().unwrap();
    assert_eq!(credential.created_at, created_at);
    assert_eq!(credential.warnings.len(), 6);
    assert!(matches!(&credential.warnings[3], Warning::BeingDeleted(_)));
    let codes: Vec<_> = credential.warnings.iter().filter_map(Warning::warning_code).collect();
    assert_eq!(codes[..2], ["waiting_to_be_issued", "schedule_externally_modified"]);
    // Properties that all variants have can be read without a `match`.
    assert!(credential.warnings.iter().all(|warning| warning.message().is_some()));
    let full: Value = serde_json::from_str(FULL).unwrap();
    assert_eq!(serde_json::to_value(response.value()).unwrap(), full);
    assert_eq!(response.envelope(), full);
    strict(FULL).await.unwrap();
}

#[tokio::test]
async fn a_success_needs_no_data() {
    for (body, ok) in [(r#"{"ok":true}"#, Some(true)), ("{}", None), ("", None), (" \r\n", None)] {
        let response = answer(body).await;
        assert!(response.value().acs_credential.is_none(), "{body:?}");
        assert_eq!(response.value().ok, ok, "{body:?}");
        assert_eq!(repairs(&response), [""; 0], "{body:?}");
        strict(body).await.unwrap();
    }
}

#[tokio::test]
async fn a_success_stays_one_whatever_the_body() {
    for body in ["<html>fine</html>", "[]", "7", "null", r#"{"acs_credential":{"code"#, "{} {}"] {
        let response = answer(body).await;
        assert!(response.value().acs_credential.is_none(), "{body}");
        assert_eq!(&response.body()[..], body.as_bytes());
        let [repair] = response.repairs() else { panic!("{body}: {:?}", response.repairs()) };
        assert_eq!(repair.path(), "", "{body}");
        assert!(matches!(repair.kind(), RepairKind::LeftOut { .. }), "{body}: {repair}");
        let error = strict(body).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}: {error}");
        assert!(error.was_accepted() && !error.is_retryable(), "{body}");
    }
}

#[tokio::test]
async fn a_success_that_denies_it_stays_one_and_is_reported() {
    let response = answer(r#"{"ok":false}"#).await;
    assert_eq!(response.value().ok, Some(false));
    assert_eq!(repairs(&response), ["ok: expected true, found false"]);
    let error = strict(r#"{"ok":false}"#).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn an_envelope_is_read_as_the_result_is() {
    let body = "\u{feff}{\"ok\":true,\"x\":{\"a\":1,\"a\":2},\"y\":1e400,\"ok\":false}";
    let response = answer(body).await;
    assert_eq!((response.value().ok, repairs(&response).len()), (Some(true), 0));
    assert_eq!(response.envelope(), json!({"ok": true, "x": {"a": 1}, "y": null}));
}

#[tokio::test]
async fn a_credential_without_its_id_is_left_out() {
    for body in
        [r#"{"acs_credential":{"code":"1"},"ok":true}"#, r#"{"acs_credential":7,"ok":true}"#]
    {
        let response = answer(body).await;
        assert!(response.value().acs_credential.is_none());
        assert_eq!(response.value().ok, Some(true));
        assert!(response.repairs().iter().any(|repair| repair.path() == "acs_credential"));
    }
}

#[tokio::test]
async fn what_is_unknown_is_kept_and_written_back() {
    let mut body: Value = serde_json::from_str(FULL).unwrap();
    body["acs_credential"]["access_method"] = json!("retina_scan");
    let warning = json!({
        "warning_code": "battery_of_the_retina_low",
        "message": "Look elsewhere.",
        "level": {"left": 0.25, "right": [1, null]},
    });
    body["acs_credential"]["warnings"][1] = warning.clone();
    let response = answer(body.to_string()).await;
    assert_eq!(repairs(&response), [""; 0]);
    let credential = credential(&response);
    assert_eq!(credential.access_method, AccessMethod::Unrecognized("retina_scan".into()));
    assert_eq!(credential.warnings[1], Warning::Unrecognized(warning));
    assert_eq!(credential.warnings[1].warning_code(), Some("battery_of_the_retina_low"));
    assert_eq!(credential.warnings[1].message(), None);
    assert_eq!(serde_json::to_value(response.value()).unwrap(), body);

    let error = strict(body.to_string()).await.unwrap_err();
    assert!(error.to_string().contains("acs_credential.access_method"), "{error}");
}

#[tokio::test]
async fn strict_turns_a_repair_into_an_error() {
    let error = strict(SAMPLE).await.unwrap_err();
    let Error::Decode(decode) = &error else { panic!("{error}") };
    assert!(decode.path().starts_with("acs_credential."), "{error}");
    assert_eq!(decode.message(), "required, but missing");
    assert_eq!(&decode.body()[..], SAMPLE.as_bytes());
    assert_eq!(error.request_id(), Some(REQUEST_ID));
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.to_string().starts_with("the server had accepted /acs/credentials/assign"));
}

#[tokio::test]
async fn a_response_tells_how_it_arrived() {
    let body = r#"{"ok":true,"new":[1]}"#;
    let response = answer(body).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some(REQUEST_ID));
    assert_eq!(response.headers()["content-length"], body.len().to_string());
    assert_eq!(&response.body()[..], body.as_bytes());
    assert_eq!(response.envelope(), json!({"ok": true, "new": [1]}));
    assert_eq!(answer("no JSON").await.envelope(), Value::Null);
    assert_eq!(response.into_value().ok, Some(true));
}

#[tokio::test]
async fn a_response_shows_nothing_of_what_it_says() {
    let shown = format!("{:?}", answer(SAMPLE).await);
    assert!(shown.contains(REQUEST_ID) && !shown.contains("824759"), "{shown}");
}

#[tokio::test]
async fn a_repair_shows_no_secret() {
    let response = answer(format!(r#"["{API_KEY}"]"#)).await;
    assert!(!format!("{:?}", response.repairs()).contains("notforanylog"));
    let body = format!(r#"{{"acs_credential":{{"code":"824759","x":"{API_KEY}"}}}}"#);
    let response = answer(body).await;
    let [repair] = response.repairs() else { panic!("{:?}", response.repairs()) };
    assert_eq!(repair.left_out(), Some(r#"{"code":"824759","x":"[redacted]"}"#));
    assert!(!format!("{repair} {repair:?} {repair:#?}").contains("824759"));
}

#[test]
fn models_can_be_stored_and_loaded() {
    let full: Value = serde_json::from_str(FULL).unwrap();
    let credential: AcsCredential = serde_json::from_value(full["acs_credential"].clone()).unwrap();
    let stored = serde_json::to_string(&credential).unwrap();
    assert_eq!(serde_json::from_str::<AcsCredential>(&stored).unwrap(), credential);
    let id: AcsCredentialId = serde_json::from_str("\"c1\"").unwrap();
    assert_eq!(id, "c1".into());
}

#[test]
fn what_is_stored_without_its_id_cannot_be_loaded() {
    let error = serde_json::from_str::<AcsCredential>("{}").unwrap_err();
    assert!(error.to_string().contains("`acs_credential_id` is missing"), "{error}");
}
