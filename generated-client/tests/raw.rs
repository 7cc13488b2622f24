//! Requests that the document does not describe.

#![allow(clippy::unwrap_used, reason = "a test ends where its helpers fail")]

mod support;

use reqwest::Method;
use seam_client::models::Device;
use seam_client::{CallOptions, CursorPages, Effect, Error, RawRequest, RetryPolicy, Seam};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use support::{API_KEY, Answer, REQUEST_ID, Reply, Server};

/// A type of the caller.
#[derive(Debug, Deserialize, PartialEq)]
struct Thing {
    name: String,
}

fn answers(bodies: &[Value]) -> Server {
    Server::start(bodies.iter().map(|body| Answer::new(200, body.to_string()).into()))
}

#[tokio::test]
async fn it_is_sent_with_credentials_path_query_headers_and_json() {
    let server = answers(&[json!({"ok": true})]);
    let request = server.client().request("/things/{id}/parts").method(Method::PATCH);
    let request = request.path_parameter("id", "a/b").query("limit", 10).query("tag", "x&y");
    let request = request.header("x-extra", "1").header("authorization", "mine");
    let body = request.json(json!({"name": "n"})).await.unwrap();
    assert_eq!(body, json!({"ok": true}));
    let sent = server.request();
    let target = "/things/a%2Fb/parts?limit=10&tag=x%26y";
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("PATCH", target));
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {API_KEY}").as_str()));
    assert_eq!(sent.header("x-extra"), Some("1"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.json(), json!({"name": "n"}));
}

#[tokio::test]
async fn the_caller_names_the_type_and_the_key_of_the_result() {
    let devices = json!({"devices": [{"device_id": "d1"}], "ok": true});
    let things = json!([{"name": "a"}, {"name": "b"}]);
    let server = answers(&[devices, things.clone(), things]);
    let seam = server.client();
    let request = seam.request("/devices/list").method(Method::POST).response_key("devices");
    let devices: Vec<Device> = request.send().await.unwrap();
    assert_eq!(devices[0].device_id.as_str(), "d1");
    assert_eq!(server.requests()[0].method, "POST");
    let response = seam.request("/things").response::<Vec<Thing>>().await.unwrap();
    assert_eq!(response.value()[1], Thing { name: "b".to_owned() });
    assert_eq!(response.request_id(), Some(REQUEST_ID));
    assert_eq!(server.requests()[1].method, "GET");
    seam.request("/things").send::<IgnoredAny>().await.unwrap();
}

#[tokio::test]
async fn an_empty_body_is_read_like_null() {
    let server = Server::start([Answer::new(204, "").into(), Answer::new(200, " ").into()]);
    let seam = server.client();
    let request = seam.request("/things/1").method(Method::DELETE);
    request.clone().send::<()>().await.unwrap();
    assert_eq!(request.await.unwrap(), Value::Null);
}

#[tokio::test]
async fn a_result_that_is_missing_or_of_another_type_is_an_error_with_its_place() {
    let server = answers(&[json!({"ok": true}), json!({"things": [{"name": 1}]})]);
    let request = server.client().request("/things").response_key("things");
    let missing = request.clone().send::<Vec<Thing>>().await.unwrap_err();
    let other = request.send::<Vec<Thing>>().await.unwrap_err();
    for (error, expected) in [(missing, "required, but missing"), (other, "integer `1`")] {
        assert!(error.was_accepted());
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        let message = error.to_string();
        assert!(message.contains("/things") && message.contains("things: "), "{message}");
        assert!(message.contains(expected), "{message}");
    }
}

#[tokio::test]
async fn what_the_server_refuses_is_the_usual_error() {
    let error = json!({"error": {"type": "thing_not_found", "message": "no such thing"}});
    let server = Server::start([Answer::new(404, error.to_string()).into()]);
    let error = server.client().request("/things/get").json(json!({})).await.unwrap_err();
    let Error::Api(error) = error else { unreachable!("{error}") };
    assert_eq!(error.error_type(), Some("thing_not_found"));
    assert_eq!(error.operation(), "/things/get");
}

#[tokio::test]
async fn retries_go_by_the_method_or_the_stated_effect() {
    /// How often a request is sent whose connection breaks once.
    async fn attempts(make: impl Fn(RawRequest) -> RawRequest) -> usize {
        let server = Server::start([Reply::CloseAfterRequest, Answer::new(200, "{}").into()]);
        let retry = RetryPolicy::new().max_retries(1).initial_backoff(std::time::Duration::ZERO);
        let seam = server.client().with(CallOptions::new().retry(retry));
        let _ = make(seam.request("/things")).await;
        server.requests().len()
    }
    assert_eq!(attempts(|request| request).await, 2, "GET");
    assert_eq!(attempts(|request| request.method(Method::PUT)).await, 2);
    assert_eq!(attempts(|request| request.json(json!({}))).await, 1, "POST");
    assert_eq!(attempts(|request| request.json(json!({})).effect(Effect::Read)).await, 2);
    assert_eq!(attempts(|request| request.effect(Effect::Write)).await, 1);
}

#[tokio::test]
async fn a_request_that_cannot_be_written_is_not_sent() {
    let server = answers(&[]);
    let seam = server.client();
    let not_json = std::collections::BTreeMap::from([((1, 2), 3)]);
    for (request, expected) in [
        (seam.request("things"), "begins with `/`"),
        (seam.request("/things?limit=1"), ".query(name, value)"),
        (seam.request("/things/{id}"), "`id` is missing"),
        (seam.request("/things/{id}").path_parameter("id", ""), "`id` is empty"),
        (seam.request("/things/{id}").path_parameter("id", ".."), "read as another one"),
        (seam.request("/things").path_parameter("id", "1"), "has no `{id}`"),
        (seam.request("/things").json(not_json), "cannot be written"),
        (seam.request("/things").header("x y", "1"), "not the name of a header"),
    ] {
        let error = request.await.unwrap_err();
        assert!(matches!(error, Error::InvalidOptions(_)), "{error:?}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

fn page(names: &[&str], next: Option<&str>) -> Value {
    let things: Vec<Value> = names.iter().map(|name| json!({ "name": name })).collect();
    json!({"things": things, "page": {"next": next}})
}

#[tokio::test]
async fn pages_are_requested_with_the_cursor_in_the_body_or_in_the_query() {
    let pages = CursorPages::new("cursor").items("/things").next("/page/next");
    let bodies = [page(&["a", "b"], Some("2")), page(&["c"], None)];
    let server = answers(&[bodies.clone(), bodies].concat());
    let seam = server.client();
    let list = seam.request("/things/list").json(json!({"limit": 2})).effect(Effect::Read);
    let things = list.items::<Thing>(pages.clone()).all().await.unwrap();
    assert_eq!(things.iter().map(|thing| &*thing.name).collect::<String>(), "abc");
    assert_eq!(server.requests()[1].json(), json!({"limit": 2, "cursor": "2"}));
    let mut list = seam.request("/things").query("limit", 2).pages::<Thing>(pages);
    assert_eq!(list.try_next().await.unwrap().unwrap().next_cursor(), Some("2"));
    assert_eq!(list.try_next().await.unwrap().unwrap().items().len(), 1);
    assert!(list.try_next().await.unwrap().is_none());
    assert_eq!(server.requests()[3].target, "/things?limit=2&cursor=2");
}

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error() {
    let server = answers(&[page(&["a"], Some("1")), page(&["a"], Some("1"))]);
    let pages = CursorPages::new("cursor").items("/things").next("/page/next");
    let error = server.client().request("/things").items::<Thing>(pages).all().await.unwrap_err();
    assert!(error.to_string().contains("/page/next: this cursor came before"), "{error}");
}

#[test]
fn debug_shows_no_parameter_and_no_body() {
    let seam = Seam::builder().api_key(API_KEY).build().unwrap();
    let request = seam.request("/things/{id}").path_parameter("id", "hidden");
    let request = request.query("q", "hidden").json("hidden").header("x-key", "hidden");
    let shown = format!("{request:?}");
    assert!(shown.contains("/things/{id}") && shown.contains("POST"), "{shown}");
    assert!(!shown.contains("hidden"), "{shown}");
}
