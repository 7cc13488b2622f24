//! What requests contain.

mod support;

use seam_client::ids::{AcsCredentialId, AcsUserId, UserIdentityId};
use seam_client::{Error, Seam};
use serde_json::json;
use support::{
    API_KEY, Answer, CREDENTIAL, IDENTITY, Reply, Server, TOKEN, USER, WORKSPACE, http_client,
};

#[tokio::test]
async fn assign_to_a_user() {
    let server = Server::ok("{}");
    let credentials = server.client().acs().credentials();
    credentials.assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PATCH", PATH));
    let expected = format!(r#"{{"acs_credential_id":"{CREDENTIAL}","acs_user_id":"{USER}"}}"#);
    assert_eq!(String::from_utf8(request.body).unwrap(), expected);
}

const PATH: &str = "/acs/credentials/assign";

#[tokio::test]
async fn assign_to_an_identity() {
    let server = Server::ok("{}");
    let credentials = server.client().acs().credentials();
    let (credential, identity) =
        (AcsCredentialId::from(CREDENTIAL), UserIdentityId::from(IDENTITY));
    // IDs are accepted by reference, both as single arguments and as one of several choices.
    credentials.assign(&credential, &identity).send().await.unwrap();
    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PATCH", PATH));
    let expected =
        format!(r#"{{"acs_credential_id":"{CREDENTIAL}","user_identity_id":"{IDENTITY}"}}"#);
    assert_eq!(String::from_utf8(request.body).unwrap(), expected);
}

#[tokio::test]
async fn a_request_is_sent_when_it_is_awaited_and_its_future_can_be_spawned() {
    let answer = || Reply::Answer(Answer::new(200, r#"{"devices":[]}"#));
    let server = Server::start([answer(), answer(), answer()]);
    let list = server.client().devices().list().limit(2);
    assert!(list.clone().await.unwrap().is_empty());
    assert!(tokio::spawn(list.clone().send()).await.unwrap().unwrap().is_empty());
    let limit = std::time::Duration::from_secs(60);
    assert!(tokio::time::timeout(limit, list).await.unwrap().unwrap().is_empty());
    let bodies: Vec<_> = server.requests().iter().map(support::Request::json).collect();
    assert_eq!(bodies, [json!({"limit": 2}), json!({"limit": 2}), json!({"limit": 2})]);
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_things() {
    let answer = || Reply::Answer(Answer::new(200, r#"{"devices":[]}"#));
    let server = Server::start([answer(), answer(), answer()]);
    let devices = server.client().devices();
    devices.list().send().await.unwrap();
    devices.list().page_cursor_null().send().await.unwrap();
    devices.list().page_cursor("c").send().await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(support::Request::json).collect();
    assert_eq!(bodies, [json!({}), json!({"page_cursor": null}), json!({"page_cursor": "c"})]);
}

#[tokio::test]
async fn post_only_sends_post() {
    let server = Server::ok("{}");
    let seam = server.build(Seam::builder().api_key(API_KEY).post_only());
    seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
    let request = server.request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", PATH));
    assert_eq!(request.json(), json!({"acs_credential_id": CREDENTIAL, "acs_user_id": USER}));
}

#[tokio::test]
async fn an_api_key_is_sent_by_itself() {
    let server = Server::ok("{}");
    let credentials = server.client().acs().credentials();
    credentials.assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
    let request = server.request();
    let bearer = format!("Bearer {API_KEY}");
    assert_eq!(request.header("authorization"), Some(bearer.as_str()));
    assert_eq!(request.header("seam-workspace"), None);
}

#[tokio::test]
async fn a_personal_access_token_is_sent_with_its_workspace() {
    let server = Server::ok("{}");
    let seam = server.build(Seam::builder().personal_access_token(TOKEN, WORKSPACE));
    seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
    let request = server.request();
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(request.header("authorization"), Some(bearer.as_str()));
    assert_eq!(request.header("seam-workspace"), Some(WORKSPACE));
}

#[tokio::test]
async fn each_call_says_what_it_is_and_who_sends_it() {
    let server = Server::ok("{}");
    let credentials = server.client().acs().credentials();
    credentials.assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
    let request = server.request();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("seam-sdk-name"), Some("seam-client/rust"));
    assert_eq!(request.header("seam-sdk-version"), Some(version));
    let agent = format!("seam-client/{version}");
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
}

#[tokio::test]
async fn the_headers_win_over_those_of_the_http_client() {
    let server = Server::ok("{}");
    let mut headers = seam_client::reqwest::header::HeaderMap::new();
    for name in ["authorization", "user-agent", "content-type", "x-own"] {
        headers.insert(name, "own".parse().unwrap());
    }
    let http = seam_client::reqwest::Client::builder().no_proxy().default_headers(headers);
    let seam = Seam::builder()
        .api_key(API_KEY)
        .endpoint(server.url())
        .http_client(http.build().unwrap())
        .build()
        .unwrap();
    seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
    let request = server.request();
    let bearer = format!("Bearer {API_KEY}");
    assert_eq!(request.header("authorization"), Some(bearer.as_str()));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("x-own"), Some("own"));
}

#[tokio::test]
async fn a_prefix_in_the_endpoint_is_kept() {
    for prefix in ["/seam/v1", "/seam/v1/"] {
        let server = Server::ok("{}");
        let seam = Seam::builder()
            .api_key(API_KEY)
            .endpoint(format!("{}{prefix}", server.url()))
            .http_client(http_client())
            .build()
            .unwrap();
        seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER)).send().await.unwrap();
        assert_eq!(server.request().target, "/seam/v1/acs/credentials/assign");
    }
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = Server::ok("{}");
    let seam = server.client();
    let request = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    drop(request.clone().send());
    assert!(server.requests().is_empty());
    request.send().await.unwrap();
    server.request();
}

#[tokio::test]
async fn a_call_can_be_sent_from_another_task_and_again() {
    fn can_be_moved<T: Send + 'static>(value: T) -> T {
        value
    }
    let replies = [(); 2].map(|()| Reply::from(support::Answer::new(200, "{}")));
    let server = Server::start(replies);
    let request = server.client().acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let other = tokio::spawn(can_be_moved(request.clone().send()));
    request.send().await.unwrap();
    other.await.unwrap().unwrap();
    let [first, second] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!(first.body, second.body);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::ok("{}");
    let answer =
        support::Answer::new(308, "").header("location", format!("{}/moved", elsewhere.url()));
    let server = Server::start([answer.into()]);
    // This test needs the client's own HTTP client, because it is about the settings of that.
    let seam = Seam::builder().api_key(API_KEY).endpoint(server.url()).build().unwrap();
    let call = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let error = call.send().await.unwrap_err();
    assert!(matches!(&error, Error::Api(error) if error.status() == 308), "{error}");
    assert!(error.to_string().contains("is not followed"), "{error}");
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn a_request_shows_no_secret() {
    let seam = Seam::builder().api_key(API_KEY).build().unwrap();
    let request = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let shown = format!("{seam:?} {request:?} {:?}", request.clone().send());
    assert!(shown.contains(CREDENTIAL) && !shown.contains("notforanylog"), "{shown}");
}

#[tokio::test]
async fn what_needs_one_of_its_parameters_is_not_sent_without_any() {
    let server = Server::ok("{}");
    let client = server.client();
    let error = client.events().get().send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidOptions(_)), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("/events/get needs at least one of `device_id`, `event_id`, `event_type`"),
        "{text}"
    );

    let cool = seam_client::api::thermostats::set_hvac_mode::hvac_mode_setting::Cool::new();
    let error = client.thermostats().set_hvac_mode("device", cool).send().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("`cooling_set_point_celsius`, `cooling_set_point_fahrenheit`"), "{text}");
}

#[test]
fn a_preview_shows_what_would_be_sent_without_secrets() {
    let builder = Seam::builder().personal_access_token(TOKEN, WORKSPACE);
    let seam = builder.endpoint("http://localhost/v1").build().unwrap();
    let assign = seam.acs().credentials().assign(CREDENTIAL, AcsUserId::from(USER));
    let preview = assign.preview().unwrap();
    assert_eq!(
        (preview.method().as_str(), preview.path()),
        ("PATCH", "/v1/acs/credentials/assign")
    );
    assert_eq!(preview.json(), json!({"acs_credential_id": CREDENTIAL, "acs_user_id": USER}));
    assert_eq!(preview.headers()["content-type"], "application/json");
    let shown = format!("{preview:?} {:?}", preview.headers());
    assert!(!shown.contains("notforanylog"), "{shown}");
    let raw = seam.request("/things").query("a", "b c").preview().unwrap();
    assert_eq!((raw.query(), raw.body().len()), (Some("a=b%20c"), 0));
    assert!(seam.request("things").preview().is_err());
}

#[test]
fn a_model_can_be_made_without_json() {
    let mut device: seam_client::models::Device = seam_client::blank();
    device.device_id = "d1".into();
    assert_eq!(serde_json::to_value(&device).unwrap()["device_id"], "d1");
}
