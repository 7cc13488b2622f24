//! What the client of `parameters.yaml` sends.

mod server;

use std::collections::BTreeMap;

use wire_parameters::api::things::find::Filter;
use wire_parameters::{Error, Client};

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).build().unwrap()
}

#[tokio::test]
async fn each_parameter_is_where_it_belongs() {
    let (endpoint, server) = server::serve(200, "application/json", r#"["x"]"#);
    let found = client(&endpoint)
        .things()
        .find("u/1", ["red", "blue"], [1, 2], "a b", "é", ["x", "y,z"], "trace 1")
        .limit(10)
        .spaced([1, 2])
        .piped([3, 4])
        .filter(Filter::new("n&m").state("open"))
        .r#where(BTreeMap::from([("a".to_owned(), 1)]))
        .next("https://a.example/b?c=d&e")
        .sort("up")
        .since("2026-01-02T03:04:05Z")
        .x_tags(["a", "b"])
        .session("s 1")
        .send()
        .await
        .unwrap();
    assert_eq!(found, ["x"]);
    let sent = server.join().unwrap();
    let query = [
        "filter%5Bname%5D=n%26m&filter%5Bstate%5D=open",
        "ids=x,y%2Cz",
        "limit=10",
        "next=https://a.example/b?c=d%26e",
        "piped=3%7C4",
        "since=2026-01-02T03%3A04%3A05Z",
        "sort=up",
        "spaced=1%202",
        "where=%7B%22a%22%3A1%7D",
    ];
    let path = "/users/u%2F1/things/red,blue/.1.2/;matrix=a%20b/%C3%A9";
    assert_eq!(sent.line, format!("GET {path}?{}", query.join("&")));
    assert_eq!(sent.header("x-tags"), Some("a,b"));
    assert_eq!(sent.header("x-trace-id"), Some("trace 1"));
    assert_eq!(sent.header("cookie"), Some("session=s%201"));
    assert_eq!((sent.header("content-type"), sent.body.as_str()), (None, ""));
}

#[tokio::test]
async fn one_name_in_three_places_is_three_parameters() {
    use wire_parameters::api::users::remove::{Mode, QueryMode};

    let (endpoint, server) = server::serve(204, "", "");
    let call = client(&endpoint).users().remove("u");
    let call = call.query_user_id("v").query_mode(QueryMode::new().fast(true));
    call.mode(Mode::new().slow(false)).send().await.unwrap();
    let sent = server.join().unwrap();
    assert_eq!(sent.line, "DELETE /users/u?fast=true&user_id=v");
    assert_eq!(sent.body, r#"{"mode":{"slow":false}}"#);
}

#[tokio::test]
async fn what_would_be_another_address_is_not_sent() {
    for id in ["", ".."] {
        let error = client("http://127.0.0.1:1").users().remove(id).send().await.unwrap_err();
        assert!(matches!(error, Error::InvalidOptions(_)), "{error}");
    }
}
