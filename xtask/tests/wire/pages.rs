//! Which pages the client of `pages.yaml` requests.

mod server;

use server::serve_all;
use wire_pages::{Error, Client};

fn client(endpoint: String) -> Client {
    Client::builder().endpoint(endpoint).build().unwrap()
}

#[tokio::test]
async fn pages_by_a_query_parameter() {
    let (endpoint, server) = serve_all(&[
        (200, r#"{"data":[{"name":"a"},{"name":"b"}],"paging":{"next":"2 &"}}"#),
        (200, r#"{"data":[{"name":"c"}],"paging":{}}"#),
    ]);
    let mut items = client(endpoint).things().list().items_(7).wait(true).items();
    let mut names = String::new();
    while let Some(thing) = items.try_next().await.unwrap() {
        names += &thing.name;
    }
    assert_eq!(names, "abc");
    let lines: Vec<String> = server.join().unwrap().into_iter().map(|sent| sent.line).collect();
    let second = "GET /things?after=2%20%26&items=7&wait=true";
    assert_eq!(lines, ["GET /things?items=7&wait=true", second]);
}

#[tokio::test]
async fn pages_behind_two_properties_by_a_property_that_is_required() {
    let (endpoint, server) = serve_all(&[
        (200, r#"{"next":"m","more":true,"result":{"hits":[{"text":"a"}]}}"#),
        (200, r#"{"result":{"hits":[{"text":"b"}]},"more":false,"next":"z"}"#),
    ]);
    let mut pages = client(endpoint).things().search("a").pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.items()[0].text.as_deref(), Some("a"));
    assert_eq!(first.next_cursor(), Some("m"));
    let last = pages.try_next().await.unwrap().unwrap();
    assert_eq!(last.next_cursor(), None);
    assert!(pages.try_next().await.unwrap().is_none());
    let bodies: Vec<String> = server.join().unwrap().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies, [r#"{"from":"a"}"#, r#"{"from":"m"}"#]);
}

#[tokio::test]
async fn what_leads_to_the_list_has_to_be_there() {
    for body in [r#"{"more":false}"#, r#"{"result":{}}"#, r#"{"result":7}"#, "[]"] {
        let (endpoint, server) = serve_all(&[(200, body)]);
        let error = client(endpoint).things().search("a").pages().try_next().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}: {error}");
        assert_eq!(server.join().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn pages_of_what_has_a_response_key() {
    let (endpoint, server) =
        serve_all(&[(200, r#"{"members":["a"],"next":"2"}"#), (200, r#"{"members":["b"]}"#)]);
    let mut items = client(endpoint).things().members().page("1").items();
    assert_eq!(items.try_next().await.unwrap().as_deref(), Some("a"));
    assert_eq!(items.cursor(), Some("2"));
    assert_eq!(items.try_next().await.unwrap().as_deref(), Some("b"));
    assert_eq!(items.try_next().await.unwrap(), None);
    assert_eq!(server.join().unwrap()[1].body, r#"{"page":"2"}"#);
}
