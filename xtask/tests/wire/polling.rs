//! Which requests the client of `polling.yaml` sends until an object is done.

mod server;

use std::time::Duration;

use server::serve_all;
use wire_polling::models::Task;
use wire_polling::{Error, Client};

/// A client that polls every millisecond.
fn client(endpoint: String) -> Client {
    let builder = Client::builder().endpoint(endpoint);
    let builder = builder.wait_timeout(Duration::from_secs(60));
    builder.wait_interval(Duration::from_millis(1)).build().unwrap()
}

#[tokio::test]
async fn a_job_is_asked_for_until_it_is_done() {
    let (endpoint, server) = serve_all(&[
        (202, r#"{"id":7,"state":"queued"}"#),
        (200, r#"{"id":7,"state":"running","outcome":{"lines":1}}"#),
        (200, r#"{"id":7,"state":"done","outcome":{"lines":3}}"#),
    ]);
    let outcome = client(endpoint).jobs().start("count").wait_(false).wait().await.unwrap();
    assert_eq!(outcome.unwrap().lines, 3);
    let sent = server.join().unwrap();
    let lines: Vec<&str> = sent.iter().map(|sent| sent.line.as_str()).collect();
    assert_eq!(lines, ["POST /jobs", "GET /jobs/7", "GET /jobs/7"]);
    assert_eq!(sent[0].body, r#"{"command":"count","wait":false}"#);
}

#[tokio::test]
async fn a_result_that_need_not_be_there_may_be_absent() {
    let (endpoint, server) = serve_all(&[(200, r#"{"id":7,"state":"done"}"#)]);
    assert!(client(endpoint).jobs().wait(7).await.unwrap().is_none());
    assert_eq!(server.join().unwrap().len(), 1);
}

#[tokio::test]
async fn each_of_the_bad_ends_is_one() {
    for state in ["failed", "cancelled"] {
        let body = format!(r#"{{"id":7,"state":"{state}","failure":"no paper"}}"#);
        let (endpoint, server) = serve_all(&[(200, r#"{"id":7,"state":"queued"}"#), (200, &body)]);
        let error = client(endpoint).jobs().cancel(7).wait().await.unwrap_err();
        let Error::PollFailed(failed) = &error else { panic!("{error}") };
        assert_eq!((failed.id(), failed.message()), (Some("7"), Some("no paper")));
        assert_eq!((failed.object_status(), failed.operation()), (Some(state), "/jobs/{job_id}"));
        let lines: Vec<String> = server.join().unwrap().into_iter().map(|sent| sent.line).collect();
        assert_eq!(lines, ["DELETE /jobs/7", "GET /jobs/7"]);
    }
}

#[tokio::test]
async fn an_id_that_is_none_is_told() {
    let (endpoint, server) = serve_all(&[(200, r#"{"id":"seven","state":"queued"}"#)]);
    let error = client(endpoint).jobs().start("count").wait().await.unwrap_err();
    let Error::PollLost(lost) = &error else { panic!("{error}") };
    assert_eq!(lost.id(), Some("seven"));
    assert_eq!(server.join().unwrap().len(), 1);
}

#[tokio::test]
async fn an_operation_says_which_variant_it_begins() {
    let done =
        r#"{"task":{"task_id":"1","kind":"PAINT","status":"success","result":{"colour":"blue"}}}"#;
    let pending = r#"{"task":{"task_id":"1","kind":"PAINT","status":"pending"}}"#;
    let (endpoint, server) = serve_all(&[(200, pending), (200, done), (200, done), (200, done)]);
    let client = client(endpoint);
    assert_eq!(client.tasks().paint().wait().await.unwrap().colour, "blue");
    // If the operation does not say which variant it starts, the whole object is returned.
    for waiting in [client.tasks().any().wait(), client.tasks().wait_2("1")] {
        let task = waiting.await.unwrap();
        assert!(matches!(task, Task::Success(_)), "{task:?}");
    }
    let bodies: Vec<String> = server.join().unwrap().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies[1], r#"{"task_id":"1"}"#);
    assert_eq!(bodies[3], bodies[1]);
}
