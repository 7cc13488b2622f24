//! Values that are secret: a user can read, compare and send them, and `Debug` does not show them.

use std::fmt::Debug;

use seam_client::Seam;
use seam_client::api::access_codes::get::identifier::CodeOnDevice;
use seam_client::api::instant_keys::get::Identifier;
use seam_client::models::{
    AccessCode, AccessGrant, AccessMethod, AcsCredential, ClientSession, ConnectWebview,
    CustomerPortal, Event, InstantKey, UnmanagedAccessCode, Webhook,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::API_KEY;

const MARK: &str = "notforanylog";

/// Checks that a value shows nothing of its secrets, but that there are some.
fn assert_hidden(value: &dyn Debug, case: &str) {
    let shown = format!("{value:?} {value:#?}");
    assert!(!shown.contains(MARK), "{case}: {}", shown.replace(MARK, "…"));
    assert!(shown.contains("[redacted]"), "{case}: {shown}");
}

/// Reads a model from JSON that has a secret, and checks that writing it gives the secret back.
fn model<T: DeserializeOwned + Serialize + Debug>(json: Value) -> T {
    let case = json.to_string();
    let value: T = serde_json::from_value(json).unwrap();
    assert_hidden(&value, &case);
    assert_hidden(&Some(vec![&value]), &case);
    let written = serde_json::to_string(&value).unwrap();
    assert_eq!(written.matches(MARK).count(), case.matches(MARK).count(), "{written}");
    value
}

#[test]
fn models_show_no_secrets_and_have_them() {
    let session: ClientSession = model(json!({"client_session_id": "c", "token": MARK}));
    assert_eq!(session.token, MARK);
    let webhook: Webhook = model(json!({"webhook_id": "w", "secret": MARK}));
    assert_eq!(webhook.secret.as_deref(), Some(MARK));
    let code: AccessCode = model(json!({"access_code_id": "a", "code": MARK}));
    assert_eq!(code.code.as_deref(), Some(MARK));
    model::<UnmanagedAccessCode>(json!({"access_code_id": "a", "code": MARK}));
    model::<AcsCredential>(json!({"acs_credential_id": "a", "code": MARK}));
    model::<InstantKey>(json!({"instant_key_id": "i", "instant_key_url": MARK}));
    model::<ConnectWebview>(json!({"connect_webview_id": "c", "url": MARK}));
    model::<CustomerPortal>(json!({"url": MARK, "customer_key": "c"}));
    model::<AccessMethod>(
        json!({"access_method_id": "a", "code": MARK, "client_session_token": MARK, "instant_key_url": MARK}),
    );
    model::<AccessGrant>(json!({
        "access_grant_id": "a",
        "client_session_token": MARK,
        "requested_access_methods": [{"code": MARK, "mode": "code"}],
        "warnings": [{"warning_code": "requested_code_unavailable", "original_code": MARK, "new_code": MARK}],
    }));
    for event_type in ["access_code.set_on_device", "access_method.issued"] {
        model::<Event>(json!({"event_id": "e", "event_type": event_type, "code": MARK}));
    }
    model::<Event>(json!({
        "event_id": "e",
        "event_type": "access_code.code_changed",
        "from": {"code": MARK},
        "to": {"code": MARK},
    }));
}

#[test]
fn an_option_shows_whether_it_is_set() {
    let code: AccessCode = serde_json::from_value(json!({"access_code_id": "a"})).unwrap();
    assert!(format!("{code:?}").contains("code: None"), "{code:?}");
    let code: AccessCode =
        serde_json::from_value(json!({"access_code_id": "a", "code": MARK})).unwrap();
    assert!(format!("{code:?}").contains("code: Some([redacted])"), "{code:?}");
}

#[test]
fn requests_show_no_secrets() {
    let seam = Seam::builder().api_key(API_KEY).build().unwrap();
    assert_hidden(&seam.access_codes().create("d").code(MARK), "create");
    assert_hidden(&seam.access_codes().update("a").code(MARK), "update");
    assert_hidden(&seam.acs().credentials().update("a").code(MARK), "credential");
    assert_hidden(&seam.access_codes().get(CodeOnDevice::new(MARK, "d")), "get");
    let key = Identifier::InstantKeyUrl(MARK.to_owned());
    assert_hidden(&key, "identifier");
    assert_hidden(&seam.instant_keys().get(key), "instant key");
}
