//! Calls from synchronous code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use seam_client::{Error, Seam, blocking};
use serde_json::{Value, json};
use support::{API_KEY, Answer, Server, http_client};

fn seam(server: &Server) -> Seam {
    let builder = Seam::builder().api_key(API_KEY).endpoint(server.url());
    builder.http_client(http_client()).build().unwrap()
}

fn page(devices: &[&str], next: Option<&str>) -> Value {
    let devices: Vec<Value> = devices.iter().map(|id| json!({ "device_id": id })).collect();
    json!({
        "devices": devices,
        "pagination": { "has_next_page": next.is_some(), "next_page_cursor": next, "next_page_url": null },
        "ok": true,
    })
}

fn server(pages: &[Value]) -> Server {
    Server::start(pages.iter().map(|page| Answer::new(200, page.to_string()).into()))
}

#[test]
fn a_call_gives_its_value() {
    let server = server(&[page(&["d1", "d2"], None)]);
    let devices = seam(&server).devices().list().limit(2).send().blocking().unwrap();
    assert_eq!(devices.len(), 2);
    assert_eq!(server.requests()[0].json(), json!({ "limit": 2 }));
}

#[test]
fn items_and_pages_are_iterators_that_ask_for_a_page_when_it_is_needed() {
    let server = server(&[page(&["d1", "d2"], Some("c1")), page(&["d3"], None)]);
    let mut items = seam(&server).devices().list().items().blocking();
    assert_eq!(items.next().unwrap().unwrap().device_id.as_str(), "d1");
    assert_eq!((items.cursor(), server.requests().len()), (Some("c1"), 1));
    let rest: Result<Vec<_>, Error> = items.map(|item| item.map(|item| item.device_id)).collect();
    assert_eq!(rest.unwrap(), ["d2", "d3"].map(Into::into));
    assert_eq!(server.requests()[1].json(), json!({ "page_cursor": "c1" }));
}

#[test]
fn requests_and_collected_lists_need_no_iterator() {
    let server = server(&[
        page(&["d1"], None),
        page(&["d1", "d2"], Some("c1")),
        page(&["d3"], None),
        page(&["d1", "d2"], Some("c1")),
    ]);
    let devices = seam(&server).devices();
    assert_eq!(blocking::block_on(devices.list()).unwrap().len(), 1);
    assert_eq!(devices.list().items().all().blocking().unwrap().len(), 3);
    assert_eq!(devices.list().pages().take(1).all().blocking().unwrap().len(), 1);
}

#[test]
fn an_error_ends_an_iterator() {
    let server = Server::start([Answer::new(401, "").into()]);
    let mut pages = seam(&server).devices().list().pages().blocking();
    assert!(matches!(pages.next(), Some(Err(Error::Unauthorized(_)))));
    assert!(pages.next().is_none());
}

#[test]
fn what_a_call_begins_is_waited_for() {
    let attempt = json!({
        "action_attempt_id": "a1",
        "action_type": "LOCK_DOOR",
        "status": "success",
        "result": {},
        "error": null,
    });
    let answer = json!({ "action_attempt": attempt, "ok": true }).to_string();
    let server = Server::start([Answer::new(200, answer).into()]);
    seam(&server).locks().lock_door("d1").wait().blocking().unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn several_threads_share_a_client() {
    let pages: Vec<Value> = (0..8).map(|_| page(&["d1"], None)).collect();
    let server = server(&pages);
    let seam = seam(&server);
    std::thread::scope(|scope| {
        let calls = (0..8).map(|_| scope.spawn(|| seam.devices().list().send().blocking()));
        let calls: Vec<_> = calls.collect();
        assert!(calls.into_iter().all(|call| call.join().unwrap().is_ok()));
    });
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn asynchronous_code_is_told_to_wait_in_its_own_way() {
    let server = server(&[]);
    let error = seam(&server).devices().list().send().blocking().unwrap_err();
    assert!(matches!(error, Error::InvalidOptions(_)), "{error:?}");
    assert!(error.to_string().contains("use `.await` there"), "{error}");
    let mut items = seam(&server).devices().list().items().blocking();
    assert!(matches!(items.next(), Some(Err(Error::InvalidOptions(_)))));
    assert!(items.next().is_none());
    assert!(blocking::block_on(async { Ok(()) }).is_err());
    assert_eq!(server.requests().len(), 0);
}
