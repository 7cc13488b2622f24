//! Webhooks: authentic messages are accepted, and others are rejected with a reason.

#![allow(clippy::expect_used, clippy::panic, reason = "a test ends where it fails")]

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use seam_client::models::Event;
use seam_client::webhooks::{Webhook, WebhookError};
use serde_json::json;

/// The secret and the message in the documentation of Svix, with the known signature.
const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const ID: &str = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
const SENT_AT: i64 = 1_649_367_553;
const BODY: &[u8] = br#"{"email":"test@example.com","username":"test_user"}"#;
const SIGNATURE: &str = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";

fn headers(brand: &str, id: &str, seconds: i64, signature: &str) -> HeaderMap {
    let values = [("id", id), ("timestamp", &seconds.to_string()), ("signature", signature)];
    let headers = values.map(|(name, value)| {
        let name = HeaderName::try_from(format!("{brand}-{name}")).expect("a name");
        (name, HeaderValue::try_from(value).expect("a value"))
    });
    headers.into_iter().collect()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("a time")
}

fn webhook() -> Webhook {
    Webhook::new(SECRET).expect("a secret")
}

/// The headers of a signed message, as Seam would send them.
fn signed(body: &[u8]) -> HeaderMap {
    let signer = standardwebhooks::Webhook::new(SECRET).expect("a secret");
    let signature = signer.sign(ID, SENT_AT, body).expect("a text");
    headers("svix", ID, SENT_AT, &signature)
}

fn verify(headers: &HeaderMap, body: &[u8]) -> Result<serde_json::Value, WebhookError> {
    webhook().verify_at(headers, body, at(SENT_AT + 60))
}

fn forged(headers: &HeaderMap, body: &[u8]) -> &'static str {
    match verify(headers, body) {
        Err(WebhookError::Forged(reason)) => reason,
        other => panic!("it was not found out: {other:?}"),
    }
}

#[test]
fn a_message_with_the_signature_that_svix_documents_is_genuine() {
    for brand in ["svix", "webhook"] {
        let said = verify(&headers(brand, ID, SENT_AT, SIGNATURE), BODY).expect("it is genuine");
        assert_eq!(said["username"], "test_user");
    }
}

#[test]
fn one_of_several_signatures_is_enough() {
    let several = format!("v1,bm8= v2,x {SIGNATURE}");
    assert!(verify(&headers("svix", ID, SENT_AT, &several), BODY).is_ok());
}

#[test]
fn an_event_has_its_type() {
    let body = json!({
        "event_id": "8b8e1cc6-7b1d-4d4b-9c4c-0c2f3f1a1f57",
        "event_type": "lock.locked",
        "workspace_id": "398d80b7-3f96-47c2-b85a-6f8ba21d07be",
        "created_at": "2026-01-02T03:04:05Z",
        "occurred_at": "2026-01-02T03:04:05Z",
        "device_id": "9f8a1b0c-5d0e-4a55-8d5c-0c7c1f6b2e11",
        "connected_account_id": "4a2b1c7d-2f0e-4b6a-9b7e-1d3c5f7a9b21",
        "method": "keycode",
    });
    let body = body.to_string();
    let event = webhook().verify_at(&signed(body.as_bytes()), body.as_bytes(), at(SENT_AT));
    let Ok(Event::LockLocked(event)) = event else { panic!("it is another one: {event:?}") };
    assert_eq!(event.device_id.as_str(), "9f8a1b0c-5d0e-4a55-8d5c-0c7c1f6b2e11");
}

#[test]
fn an_event_of_a_later_version_is_kept() {
    let body = br#"{"event_id":"8b8e1cc6-7b1d-4d4b-9c4c-0c2f3f1a1f57","event_type":"lock.melted"}"#;
    let event = webhook().verify_at(&signed(body), body, at(SENT_AT)).expect("it is genuine");
    assert!(matches!(event, Event::Unrecognized(_)), "{event:?}");
}

#[test]
fn an_event_without_its_id_cannot_be_read() {
    let body = br#"{"event_type":"lock.locked","device_id":"d1"}"#;
    let event = webhook().verify_at::<Event>(&signed(body), body, at(SENT_AT));
    assert!(matches!(event, Err(WebhookError::Unreadable(_))), "{event:?}");
}

#[test]
fn what_was_changed_on_the_way_is_forged() {
    let other_body = br#"{"email":"mallory@example.com","username":"test_user"}"#;
    let genuine = headers("svix", ID, SENT_AT, SIGNATURE);
    assert_eq!(forged(&genuine, other_body), "its signature is another one");
    forged(&headers("svix", "msg_other", SENT_AT, SIGNATURE), BODY);
    forged(&headers("svix", ID, SENT_AT + 1, SIGNATURE), BODY);
    for signature in ["", "v1,", "v1,tZ1I", &SIGNATURE.replace("v1", "v2"), &SIGNATURE[3..]] {
        forged(&headers("svix", ID, SENT_AT, signature), BODY);
    }
    let others = Webhook::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
    let result = others.verify_at::<serde_json::Value>(&genuine, BODY, at(SENT_AT));
    assert!(matches!(result, Err(WebhookError::Forged(_))), "{result:?}");
}

#[test]
fn what_has_no_signature_or_none_that_can_be_read_is_forged() {
    for name in ["svix-id", "svix-timestamp", "svix-signature"] {
        let mut headers = headers("svix", ID, SENT_AT, SIGNATURE);
        headers.remove(name);
        assert_eq!(forged(&headers, BODY), "a header of the signature is missing");
        headers.insert(name, HeaderValue::from_bytes(b"\xff").expect("bytes"));
        assert_eq!(forged(&headers, BODY), "a header of the signature is no text");
    }
    for seconds in ["yesterday", "9223372036854775807", ""] {
        let mut headers = headers("svix", ID, SENT_AT, SIGNATURE);
        headers.insert("svix-timestamp", HeaderValue::from_static(seconds));
        assert_eq!(forged(&headers, BODY), "its timestamp is no time");
    }
}

#[test]
fn a_genuine_message_of_another_time_is_stale_and_says_of_which() {
    let headers = headers("svix", ID, SENT_AT, SIGNATURE);
    for (now, is_fresh) in [(300, true), (301, false), (-300, true), (-301, false)] {
        let now = at(SENT_AT + now);
        match webhook().verify_at::<serde_json::Value>(&headers, BODY, now) {
            Ok(_) => assert!(is_fresh, "{now}"),
            Err(WebhookError::Stale(stale)) => {
                assert!(!is_fresh, "{now}");
                assert_eq!((stale.id(), stale.sent_at()), (ID, at(SENT_AT)));
                let message = stale.to_string();
                assert!(message.contains(ID) && message.contains(&at(SENT_AT).to_string()));
                assert_eq!(
                    WebhookError::Stale(stale).to_string(),
                    format!("the webhook is stale: {message}")
                );
            }
            Err(other) => panic!("{other}"),
        }
    }
    // The message was signed in 2022.
    let now = webhook().verify::<serde_json::Value>(&headers, BODY);
    assert!(matches!(now, Err(WebhookError::Stale(_))), "{now:?}");
}

#[test]
fn what_is_forged_is_not_called_stale() {
    let result = webhook().verify::<serde_json::Value>(&headers("svix", ID, 0, SIGNATURE), BODY);
    assert!(matches!(result, Err(WebhookError::Forged(_))), "{result:?}");
}

#[test]
fn a_genuine_message_that_cannot_be_read_keeps_its_body_and_does_not_show_it() {
    let body = br#"{"pin_code": "4711", "event_type": }"#;
    let result = webhook().verify_at::<Event>(&signed(body), body, at(SENT_AT));
    let Err(WebhookError::Unreadable(unreadable)) = &result else { panic!("{result:?}") };
    assert_eq!(unreadable.id(), ID);
    assert_eq!(&unreadable.body()[..], body);
    assert!(unreadable.reason().to_string().contains("expected value"), "{unreadable:?}");
    assert!(unreadable.to_string().contains(ID), "{unreadable}");
    assert!(!format!("{result:?}").contains("4711"), "{result:?}");
}

#[test]
fn a_genuine_message_that_is_no_text_is_unreadable_and_not_forged() {
    let body = b"{\"event_id\":\"\xff\"}";
    // Of the message above, by Python's `hmac`.
    let signature = "v1,0iiy9kNF+PXl59iJw0WDNF0V15XFz95uC/fnNBRC4lo=";
    let genuine = headers("svix", ID, SENT_AT, signature);
    let Err(WebhookError::Unreadable(unreadable)) = verify(&genuine, body) else { panic!() };
    assert_eq!(&unreadable.body()[..], body);
    assert_eq!(forged(&genuine, b"{\"event_id\":\"\xfe\"}"), "its signature is another one");
    forged(&headers("svix", ID, SENT_AT, SIGNATURE), b"\xff");
}

#[test]
fn a_byte_order_mark_is_a_part_of_the_signature_and_not_of_the_message() {
    let body = "\u{feff}{\"a\":1}".as_bytes();
    assert_eq!(verify(&signed(body), body).expect("it is genuine"), json!({"a": 1}));
}

#[test]
fn what_is_no_secret_is_refused_and_not_shown() {
    for (secret, expected) in
        [("", "is empty"), ("whsec_", "is empty"), ("whsec_not!base64", "is not in base64")]
    {
        let message = Webhook::new(secret).expect_err("it is none").to_string();
        assert!(message.contains(expected), "{message}");
        assert!(!message.contains("not!base64"), "{message}");
    }
    assert_eq!(format!("{:?}", webhook()), "Webhook { .. }");
}
