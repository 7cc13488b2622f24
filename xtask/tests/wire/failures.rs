//! How the client of `failures.yaml` decodes error responses.

mod server;

use wire_failures::api::things::get::{Failure404, Failure409};
use wire_failures::{Error, RetryPolicy, Client};

async fn failed(status: u16, body: &str) -> Error {
    let (endpoint, server) = server::serve(status, "application/json", body);
    let client = Client::builder().endpoint(endpoint).retry(RetryPolicy::none());
    let client = client.build().unwrap();
    let error = client.things().get("7").send().await.unwrap_err();
    assert_eq!(server.join().unwrap().line, "GET /things/7");
    error
}

#[tokio::test]
async fn a_described_failure_is_read_as_its_type() {
    let error = failed(404, r#"{"code":"gone","hint":"look elsewhere"}"#).await;
    let failure: Failure404 = error.decode().unwrap();
    assert_eq!((failure.code.as_str(), failure.hint.as_deref()), ("gone", Some("look elsewhere")));
    let error = failed(409, r#"{"by":"Ann"}"#).await;
    assert_eq!(error.decode::<Failure409>().unwrap().by, "Ann");
}

#[tokio::test]
async fn what_is_no_json_is_no_type() {
    let error = failed(500, "<html>").await;
    assert!(error.decode::<Failure404>().is_none());
    assert!(error.api().unwrap().decode::<Failure404>().is_err());
}
