//! Paginated lists.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use futures_core::Stream;
use seam_client::models::Space;
use seam_client::{CallOptions, Error, Items, Pages, RetryPolicy, Seam};
use serde_json::{Value, json};
use support::{API_KEY, Answer, REQUEST_ID, Reply, Server};

/// A page with these spaces, and the cursor of the next page.
fn page(ids: &[&str], next: Option<&str>) -> Reply {
    let spaces: Vec<Value> = ids.iter().map(|id| json!({"space_id": id})).collect();
    let pagination = json!({
        "next_page_cursor": next,
        "has_next_page": next.is_some(),
        "next_page_url": null,
    });
    Answer::new(200, json!({"spaces": spaces, "pagination": pagination, "ok": true}).to_string())
        .into()
}

fn three_pages() -> Server {
    Server::start([page(&["1", "2"], Some("two")), page(&[], Some("three")), page(&["3"], None)])
}

fn ids(spaces: &[Space]) -> Vec<&str> {
    spaces.iter().map(|space| space.space_id.as_str()).collect()
}

/// The bodies of all requests.
fn bodies(server: &Server) -> Vec<Value> {
    server.requests().iter().map(support::Request::json).collect()
}

#[tokio::test]
async fn items_come_from_all_pages_and_what_was_asked_is_asked_again() {
    let server = three_pages();
    let mut items = server.client().spaces().list().limit(2).search("roof").items();
    let mut found = Vec::new();
    while let Some(space) = items.try_next().await.unwrap() {
        found.push(space);
    }
    assert_eq!(ids(&found), ["1", "2", "3"]);
    assert!(items.next().await.is_none(), "it stays at its end");
    assert_eq!(
        bodies(&server),
        [
            json!({"limit": 2, "search": "roof"}),
            json!({"limit": 2, "search": "roof", "page_cursor": "two"}),
            json!({"limit": 2, "search": "roof", "page_cursor": "three"}),
        ]
    );
}

#[tokio::test]
async fn all_items_and_all_pages_are_collected_into_a_vec() {
    let server = Server::start([
        page(&["1", "2"], Some("two")),
        page(&["3"], None),
        page(&["4"], Some("five")),
        page(&["5"], None),
    ]);
    let spaces = server.client().spaces();
    let all: Vec<Space> = spaces.list().items().all().await.unwrap();
    assert_eq!(ids(&all), ["1", "2", "3"]);
    let pages = spaces.list().pages().all().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.items().len()).collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn a_limited_stream_requests_no_page_that_it_does_not_need() {
    let pages = || [page(&["1", "2"], Some("two")), page(&["3", "4"], Some("three"))];
    let server = Server::start(pages().into_iter().chain(pages()).chain(pages()));
    let spaces = server.client().spaces();
    let three = spaces.list().items().take(3).all().await.unwrap();
    assert_eq!((ids(&three), server.requests().len()), (vec!["1", "2", "3"], 2));
    let two = spaces.list().items().take(5).take(2).all().await.unwrap();
    assert_eq!((ids(&two), server.requests().len()), (vec!["1", "2"], 3));
    assert!(spaces.list().items().take(0).all().await.unwrap().is_empty());
    assert_eq!(server.requests().len(), 3);
    assert_eq!(spaces.list().pages().take(1).all().await.unwrap().len(), 1);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn an_error_is_the_result_of_collecting() {
    let server = Server::start([page(&["1"], Some("two")), Answer::new(401, "").into()]);
    let collected = server.client().spaces().list().items().all().await;
    assert!(matches!(collected, Err(Error::Unauthorized(_))), "{collected:?}");
}

#[tokio::test]
async fn a_page_says_how_it_came_and_where_the_next_one_begins() {
    let server = three_pages();
    let mut pages = server.client().spaces().list().pages();
    assert_eq!(pages.cursor(), None);
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!(ids(page.items()), ["1", "2"]);
    assert_eq!(page.next_cursor(), Some("two"));
    assert_eq!(pages.cursor(), Some("two"));
    assert_eq!(page.response().request_id(), Some(REQUEST_ID));
    assert_eq!(page.response().envelope()["ok"], true);
    assert!(pages.next().await.unwrap().unwrap().into_items().is_empty());
    assert_eq!(pages.next().await.unwrap().unwrap().next_cursor(), None);
    assert!(pages.next().await.is_none());
    assert_eq!(pages.cursor(), None);
}

#[tokio::test]
async fn no_page_is_asked_for_before_it_is_waited_for() {
    let server = three_pages();
    let mut items = server.client().spaces().list().items();
    assert_eq!(server.requests().len(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 1);
    // The second page is empty, so the third item takes two more requests.
    items.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 3);
    drop(items);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_list_goes_on_from_a_cursor_that_was_kept() {
    let server = Server::start([page(&["3"], Some("three")), page(&["4"], None)]);
    let mut pages = server.client().spaces().list().page_cursor("two").pages();
    assert_eq!(pages.cursor(), Some("two"));
    while let Some(page) = pages.try_next().await.unwrap() {
        assert_eq!(page.items().len(), 1);
    }
    assert_eq!(bodies(&server), [json!({"page_cursor": "two"}), json!({"page_cursor": "three"})]);
}

#[tokio::test]
async fn after_an_error_it_ends_and_says_where_to_go_on() {
    let server =
        Server::start([page(&["1"], Some("two")), Answer::new(503, "").into(), page(&["2"], None)]);
    let client = server.client().with(CallOptions::new().retry(RetryPolicy::none()));
    let mut items = client.spaces().list().items();
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert!(items.next().await.is_none());
    let cursor = items.cursor().unwrap().to_owned();
    let mut items = client.spaces().list().page_cursor(cursor).items();
    assert_eq!(items.next().await.unwrap().unwrap().space_id.as_str(), "2");
    assert!(items.next().await.is_none());
    let cursors = [json!({}), json!({"page_cursor": "two"}), json!({"page_cursor": "two"})];
    assert_eq!(bodies(&server), cursors);
}

/// The items before the error, and the error message.
async fn broken(server: &Server, mut items: Items<Space>) -> (Vec<Space>, String) {
    let mut found = Vec::new();
    loop {
        match items.next().await.unwrap() {
            Ok(space) => found.push(space),
            Err(error) => {
                let Error::Decode(decode) = &error else { panic!("{error}") };
                assert_eq!(decode.path(), "pagination.next_page_cursor");
                assert_eq!(decode.operation(), "/spaces/list");
                assert!(items.next().await.is_none(), "it ends with the error");
                assert_eq!(server.requests().len(), found.len());
                return (found, error.to_string());
            }
        }
    }
}

#[tokio::test]
async fn a_cursor_that_comes_again_ends_it_with_an_error_after_its_page() {
    let server = Server::start([
        page(&["1"], Some("two")),
        page(&["2"], Some("three")),
        page(&["3"], Some("two")),
    ]);
    let (found, error) = broken(&server, server.client().spaces().list().items()).await;
    assert_eq!(ids(&found), ["1", "2", "3"]);
    assert!(error.contains("this cursor came before"), "{error}");
}

#[tokio::test]
async fn the_cursor_that_it_began_with_counts_too() {
    let server = Server::start([page(&["1"], Some("one"))]);
    let list = server.client().spaces().list().page_cursor("one");
    let (found, _) = broken(&server, list.items()).await;
    assert_eq!(ids(&found), ["1"]);
}

#[tokio::test]
async fn it_ends_where_there_is_no_more_or_no_cursor() {
    for pagination in [
        json!({"next_page_cursor": "two", "has_next_page": false}),
        json!({"next_page_cursor": null, "has_next_page": true}),
        json!({"next_page_cursor": "", "has_next_page": true}),
        json!({}),
        json!(null),
        json!("none"),
    ] {
        let server = Server::ok(
            json!({"spaces": [{"space_id": "1"}], "pagination": pagination}).to_string(),
        );
        let mut pages = server.client().spaces().list().pages();
        assert_eq!(pages.next().await.unwrap().unwrap().next_cursor(), None, "{pagination}");
        assert!(pages.next().await.is_none(), "{pagination}");
    }
}

#[tokio::test]
async fn without_a_word_about_more_a_cursor_is_enough() {
    let first = json!({"spaces": [], "pagination": {"next_page_cursor": "two"}}).to_string();
    let server = Server::start([Answer::new(200, first).into(), page(&["1"], None)]);
    let mut items = server.client().spaces().list().items();
    assert_eq!(items.next().await.unwrap().unwrap().space_id.as_str(), "1");
}

#[tokio::test]
async fn a_page_without_its_list_is_an_error() {
    let server = Server::ok(r#"{"pagination":{"has_next_page":false},"ok":true}"#);
    let mut pages = server.client().spaces().list().pages();
    let error = pages.next().await.unwrap().unwrap_err();
    let Error::Decode(decode) = &error else { panic!("{error}") };
    assert_eq!(decode.path(), "spaces");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn strict_holds_for_pages_too() {
    let server = Server::start([page(&["1"], None)]);
    let client = server.build(Seam::builder().api_key(API_KEY).strict());
    let error = client.spaces().list().pages().next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn two_at_once_do_not_disturb_each_other() {
    let server = Server::start([
        page(&["1"], Some("a")),
        page(&["1"], Some("b")),
        page(&["2"], None),
        page(&["2"], None),
    ]);
    let list = server.client().spaces().list();
    let (mut one, mut other) = (list.clone().items(), list.items());
    for _ in 0..2 {
        let (one, other) = (one.try_next().await.unwrap(), other.try_next().await.unwrap());
        assert_eq!(one.unwrap().space_id, other.unwrap().space_id);
    }
    assert!(one.next().await.is_none() && other.next().await.is_none());
    let cursors = [json!({}), json!({}), json!({"page_cursor": "a"}), json!({"page_cursor": "b"})];
    assert_eq!(bodies(&server), cursors);
}

#[tokio::test]
async fn a_wait_that_is_given_up_loses_nothing() {
    let server = three_pages();
    let mut items = server.client().spaces().list().items();
    {
        let mut next = std::pin::pin!(items.next());
        let polled = poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await;
        assert!(polled.is_pending());
    }
    assert_eq!(items.next().await.unwrap().unwrap().space_id.as_str(), "1");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn they_are_streams_that_go_to_other_tasks() {
    async fn count<S: Stream + Unpin + Send>(mut stream: S) -> usize {
        let mut count = 0;
        while poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await.is_some() {
            count += 1;
        }
        count
    }
    let server = three_pages();
    let pages: Pages<Space> = server.client().spaces().list().pages();
    assert_eq!(tokio::spawn(count(pages)).await.unwrap(), 3);
    let server = three_pages();
    assert_eq!(tokio::spawn(count(server.client().spaces().list().items())).await.unwrap(), 3);
}

#[tokio::test]
async fn neither_shows_what_was_asked_or_found() {
    let server = three_pages();
    let mut items = server.client().spaces().list().search("behind the vault").items();
    items.next().await.unwrap().unwrap();
    let shown = format!("{items:?}");
    assert!(shown.contains("/spaces/list"), "{shown}");
    assert!(!shown.contains("vault") && !shown.contains(API_KEY), "{shown}");
}
