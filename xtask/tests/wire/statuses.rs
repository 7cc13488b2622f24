//! How the client of `statuses.yaml` decodes successes whose bodies differ by status, and errors without a body.

mod server;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire_statuses::api::orders::track::track_response::OkType as Shipped;
use wire_statuses::api::orders::{PlaceOrderRequest, PlaceOrderResponse, TrackRequest, TrackResponse};
use wire_statuses::models::{Job, Order};
use wire_statuses::testing::{Fake, Reply};
use wire_statuses::{Client, Error, RetryPolicy};

/// A model, which only responses have.
fn model<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn order(id: i32) -> Order {
    model(json!({"id": id}))
}

fn job() -> Job {
    model(json!({"job": "j"}))
}

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).retry(RetryPolicy::none()).build().unwrap()
}

fn strict(endpoint: &str) -> Client {
    let builder = Client::builder().endpoint(endpoint).retry(RetryPolicy::none());
    builder.strict().build().unwrap()
}

async fn placed(status: u16, body: &str) -> Result<PlaceOrderResponse, Error> {
    let (endpoint, server) = server::serve(status, "application/json", body);
    let placed = client(&endpoint).orders().place_order().await;
    server.join().unwrap();
    placed
}

async fn tracked(status: u16, media: &str, body: &str) -> Result<Option<TrackResponse>, Error> {
    let (endpoint, server) = server::serve(status, media, body);
    let tracked = strict(&endpoint).orders().track("7").await;
    let accept = "application/vnd.status+json, text/plain, application/json";
    assert_eq!(server.join().unwrap().header("accept"), Some(accept));
    tracked
}

#[tokio::test]
async fn the_status_says_which_variant_a_body_is() {
    let body = r#"{"id":7}"#;
    assert_eq!(placed(200, body).await.unwrap(), PlaceOrderResponse::Ok(order(7)));
    assert_eq!(placed(201, body).await.unwrap(), PlaceOrderResponse::Created(order(7)));
    // It would fit the first variant, too.
    let both = r#"{"id":7,"job":"j"}"#;
    assert_eq!(placed(202, both).await.unwrap(), PlaceOrderResponse::Accepted(job()));
    assert!(matches!(placed(202, "").await, Err(Error::Decode(_))));
    assert!(matches!(placed(202, "[]").await, Err(Error::Decode(_))));
}

#[tokio::test]
async fn a_status_that_is_not_described_is_kept_as_it_is() {
    let unknown = PlaceOrderResponse::Unrecognized(json!({"any": 1}));
    assert_eq!(placed(203, r#"{"any":1}"#).await.unwrap(), unknown);
    assert_eq!(placed(204, "").await.unwrap(), PlaceOrderResponse::Unrecognized(json!(null)));
    assert!(matches!(placed(203, "<html>").await, Err(Error::Decode(_))));
    let (endpoint, server) = server::serve(203, "application/json", "{}");
    let error = strict(&endpoint).orders().place_order().await.unwrap_err();
    server.join().unwrap();
    assert!(error.to_string().contains("does not describe the status 203"), "{error}");
}

#[tokio::test]
async fn texts_ranges_and_no_body_are_outcomes_too() {
    let at = "2026-01-02T03:04:05Z";
    let body = json!({"at": at});
    let shipped = tracked(200, "application/json", &body.to_string()).await.unwrap();
    assert_eq!(shipped, Some(TrackResponse::Ok(model::<Shipped>(body))));
    let text = tracked(202, "text/plain", "{soon").await.unwrap();
    assert_eq!(text, Some(TrackResponse::Accepted("{soon".to_owned())));
    assert_eq!(
        tracked(202, "text/plain", "").await.unwrap(),
        Some(TrackResponse::Accepted(String::new()))
    );
    assert_eq!(tracked(204, "", "").await.unwrap(), None);
    assert_eq!(tracked(200, "", "").await.unwrap(), None);
    let any = tracked(206, "application/json", "[null]").await.unwrap();
    assert_eq!(any, Some(TrackResponse::PartialContent(json!([null]))));
    let other = tracked(299, "application/json", "[1,2]").await.unwrap();
    assert_eq!(other, Some(TrackResponse::Success(vec![1, 2])));
}

#[tokio::test]
async fn the_body_of_a_status_without_one_is_not_taken_for_another() {
    let (endpoint, server) = server::serve(202, "application/json", r#"{"job":"j"}"#);
    let found = client(&endpoint).orders().find("7").response().await.unwrap();
    server.join().unwrap();
    assert_eq!((found.value(), found.repairs().len()), (&None, 0));
    assert_eq!(found.envelope(), json!({"job": "j"}));
}

#[tokio::test]
async fn a_described_redirect_is_an_error_with_its_status_and_headers() {
    for status in [303, 304] {
        let (endpoint, server) = server::serve(status, "", "");
        let error = client(&endpoint).orders().find("7").await.unwrap_err();
        server.join().unwrap();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        let api = error.api().unwrap();
        assert_eq!(api.headers().get("connection").unwrap(), "close");
    }
}

#[tokio::test]
async fn a_fake_answers_with_the_status_of_the_variant() {
    let fake = Fake::new();
    let placed = PlaceOrderResponse::Accepted(job());
    fake.on::<PlaceOrderRequest>().answer(placed.clone()).reply(Reply::json(json!({"id": 1})));
    let tracked = Some(TrackResponse::Accepted("soon".to_owned()));
    fake.on::<TrackRequest>().answer(None).answer(tracked.clone());
    let client = Client::builder().fake(&fake).build().unwrap();
    let response = client.orders().place_order().response().await.unwrap();
    assert_eq!((response.status().as_u16(), response.value()), (202, &placed));
    assert_eq!(client.orders().place_order().await.unwrap(), PlaceOrderResponse::Ok(order(1)));
    let response = client.orders().track("7").response().await.unwrap();
    assert_eq!((response.status().as_u16(), response.value()), (204, &None));
    let response = client.orders().track("7").response().await.unwrap();
    assert_eq!((response.status().as_u16(), response.value()), (202, &tracked));
    assert_eq!(&response.body()[..], b"soon");
}

#[tokio::test]
async fn a_body_may_be_null() {
    for (body, expected) in [("null", None), (r#""n""#, Some("n".to_owned()))] {
        let (endpoint, server) = server::serve(200, "application/json", body);
        assert_eq!(strict(&endpoint).orders().note_on_order("7").await.unwrap(), expected);
        server.join().unwrap();
    }
}

#[tokio::test]
async fn head_gives_the_headers_of_a_response_without_its_body() {
    let (endpoint, server) = server::serve(200, "application/json", "");
    let checked = client(&endpoint).orders().check("7").response().await.unwrap();
    assert_eq!(server.join().unwrap().line, "HEAD /orders/7");
    assert_eq!((checked.value(), checked.body().len()), (&(), 0));
    assert_eq!(checked.headers().get("connection").unwrap(), "close");
}
