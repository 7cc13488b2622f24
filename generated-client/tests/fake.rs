//! The fake transport, used like in the tests of other crates.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use reqwest::Method;
use seam_client::api::acs::credentials::assign;
use seam_client::api::{devices, webhooks};
use seam_client::ids::{AcsUserId, DeviceId};
use seam_client::models::{AcsCredential, Device};
use seam_client::testing::{Fake, Reply, blank};
use seam_client::{Error, Seam};
use serde_json::json;
use support::{CREDENTIAL, USER};

#[tokio::test]
async fn assign_answers_what_it_was_told_to() {
    let mut credential: AcsCredential = blank();
    credential.acs_credential_id = CREDENTIAL.into();
    credential.display_name = "Room 101".to_owned();
    let mut output: assign::AssignResponse = blank();
    output.acs_credential = Some(credential.clone());

    let fake = Fake::new();
    fake.on::<assign::AssignRequest>().answer(output);
    let seam = fake.client().unwrap();
    let call = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let response = call.response().await.unwrap();
    assert_eq!(response.value().acs_credential, Some(credential));
    assert!(response.repairs().is_empty(), "{:?}", response.repairs());

    let [sent] = &fake.calls()[..] else { panic!("one call") };
    assert_eq!((sent.method().as_str(), sent.path()), ("PATCH", "/acs/credentials/assign"));
    assert_eq!(sent.json(), json!({"acs_credential_id": CREDENTIAL, "acs_user_id": USER}));
    assert_eq!(sent.operation(), "/acs/credentials/assign");
    assert_eq!(
        (sent.query(), &sent.headers()["authorization"]),
        (None, &"[redacted]".parse().unwrap())
    );
}

#[tokio::test]
async fn answers_are_given_in_turn_and_the_last_one_stays() {
    let fake = Fake::new();
    fake.on::<assign::AssignRequest>()
        .error(404, "acs_user_not_found", "no such user")
        .answer_json(json!({"acs_credential": {"acs_credential_id": CREDENTIAL}}))
        .answer_json(json!({}));
    let seam = fake.client().unwrap();
    let call = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let error = call.clone().await.unwrap_err();
    assert_eq!(error.api().unwrap().error_type(), Some("acs_user_not_found"));
    assert_eq!(error.api().unwrap().message(), "no such user");
    let response = call.clone().response().await.unwrap();
    assert!(response.value().acs_credential.is_some() && !response.repairs().is_empty());
    for _ in 0..2 {
        assert_eq!(call.clone().await.unwrap().acs_credential, None);
    }
    assert_eq!(fake.calls_of::<assign::AssignRequest>().len(), 4);
    assert!(fake.calls_of::<devices::list::ListRequest>().is_empty());
}

#[tokio::test]
async fn an_answer_can_depend_on_what_was_sent() {
    let fake = Fake::new();
    fake.on::<devices::get::GetRequest>().answer_with(|sent| {
        match sent.json()["device_id"].as_str() {
            Some("d1") => Reply::json(json!({"device_id": "d1", "display_name": "Front door"})),
            _ => Reply::error(404, "device_not_found", "no such device"),
        }
    });
    let seam = fake.client().unwrap();
    assert_eq!(seam.devices().get(DeviceId::from("d1")).await.unwrap().display_name, "Front door");
    let error = seam.devices().get(DeviceId::from("d2")).await.unwrap_err();
    assert_eq!(error.api().unwrap().error_type(), Some("device_not_found"));
}

#[tokio::test]
async fn a_list_is_answered_as_a_list_and_nothing_as_nothing() {
    let mut device: Device = blank();
    device.device_id = "d1".into();
    let fake = Fake::new();
    fake.on::<devices::list::ListRequest>().answer(vec![device.clone()]);
    fake.on::<webhooks::delete::DeleteRequest>().answer(blank());
    let seam = fake.client().unwrap();
    assert_eq!(seam.devices().list().await.unwrap(), [device]);
    seam.webhooks().delete("w").await.unwrap();
}

#[tokio::test]
async fn a_request_without_a_response_fails_and_says_what_to_add() {
    let fake = Fake::new();
    fake.on::<webhooks::delete::DeleteRequest>().answer(blank());
    let error = fake.client().unwrap().devices().list().await.unwrap_err();
    assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
    let shown = error.to_string();
    assert!(shown.contains("/devices/list") && shown.contains("fake.on::<"), "{shown}");
    assert_eq!(fake.calls().len(), 1);
}

#[tokio::test]
async fn what_is_no_answer_is_told() {
    for (reply, expected) in [
        (Reply::raw(99, ""), "99 is no status"),
        (Reply::raw(200, "").header("a b", ""), "is no header"),
    ] {
        let fake = Fake::new();
        fake.on::<webhooks::delete::DeleteRequest>().reply(reply);
        let error = fake.client().unwrap().webhooks().delete("w").await.unwrap_err();
        assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn no_secret_shows() {
    let fake = Fake::new();
    fake.on::<webhooks::delete::DeleteRequest>().answer(blank());
    let key = support::API_KEY;
    let seam = Seam::builder().api_key(key).fake(&fake).build().unwrap();
    seam.webhooks().delete("w").await.unwrap();
    let shown = format!("{fake:?} {:?}", fake.calls());
    assert!(!shown.contains("notforanylog"), "{shown}");
}

/// The example in the README.
#[tokio::test]
async fn a_test_of_your_own_code() -> Result<(), Error> {
    let fake = Fake::new();
    fake.on::<assign::AssignRequest>()
        .error(503, "unavailable", "come back later")
        .answer_json(json!({"acs_credential": {"acs_credential_id": "c1"}}));
    let seam = fake.client()?;

    let call = seam.acs().credentials().assign("c1", AcsUserId::from("u1"));
    assert!(call.clone().await.is_err_and(|error| error.is_retryable()));
    assert!(call.await?.acs_credential.is_some());

    let sent = &fake.calls()[1];
    assert_eq!(sent.path(), "/acs/credentials/assign");
    assert_eq!(sent.json(), json!({"acs_credential_id": "c1", "acs_user_id": "u1"}));
    Ok(())
}

#[tokio::test]
async fn a_raw_request_is_answered_by_its_method_and_path_and_as_the_operation_it_names() {
    let fake = Fake::new();
    fake.on_request(Method::POST, "/things/list").answer_json(json!({"things": [1]}));
    fake.on::<devices::GetRequest>().answer_json(json!({"device_id": "d1"}));
    let seam = fake.client().unwrap();
    let things = seam.request("/things/list").json(json!({})).response_key("things");
    assert_eq!(things.send::<Vec<i64>>().await.unwrap(), [1]);
    let device = seam.request("/devices/get").json(json!({"device_id": "d1"}));
    assert_eq!(device.await.unwrap(), json!({"device": {"device_id": "d1"}}));
    let error = seam.request("/things/list").await.unwrap_err();
    assert!(error.to_string().contains("no response for /things/list"), "{error}");
}
