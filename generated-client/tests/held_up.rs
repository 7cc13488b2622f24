//! Decoding a large body counts against time limits, and other tasks go on meanwhile. Time stands still in these tests, and
//! decoding goes on when the test says so.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

use std::sync::{Mutex, mpsc};
use std::thread::{self, ThreadId};
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use seam_client::transport::{
    BoxFuture, Transport, TransportFailure, TransportRequest, TransportResponse,
};
use seam_client::{CursorPages, Error, RetryPolicy, Seam};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use tokio::sync::oneshot;
use tokio::time::{advance, timeout};

/// Responds to each request with an array of this size.
struct Spaces(usize);

impl Transport for Spaces {
    fn send(
        &self,
        _: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportFailure>> {
        let body = Bytes::from(format!("[{}1]", " ".repeat(self.0)));
        let (status, headers) = (StatusCode::OK, HeaderMap::new());
        let response = TransportResponse { status, headers, body: body.into() };
        Box::pin(async move { Ok(response) })
    }
}

const SMALL: usize = 1000;
const LARGE: usize = 1 << 20;

fn client(size: usize) -> Seam {
    let builder = Seam::builder().api_key("seam_test1_notforanylog").transport(Spaces(size));
    builder.timeout(Duration::from_secs(3)).retry(RetryPolicy::none()).build().unwrap()
}

/// The other side of a value that is being decoded.
struct Hold {
    begun: oneshot::Receiver<ThreadId>,
    go_on: mpsc::Sender<()>,
}

/// What the next value says and waits for. Each test has its own type, so that tests do not disturb each other.
type Gate = Mutex<Option<(oneshot::Sender<ThreadId>, mpsc::Receiver<()>)>>;

fn hold(gate: &Gate) -> Hold {
    let ((say, begun), (go_on, wait)) = (oneshot::channel(), mpsc::channel());
    *gate.lock().unwrap() = Some((say, wait));
    Hold { begun, go_on }
}

/// Declares a value that is decoded until its gate says that decoding goes on.
macro_rules! held_up {
    ($name:ident, $gate:ident) => {
        static $gate: Gate = Mutex::new(None);

        #[derive(Debug)]
        struct $name;

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (say, wait) = $gate.lock().unwrap().take().unwrap();
                say.send(thread::current().id()).unwrap();
                // If the test is over, there is nothing to wait for.
                let _ = wait.recv();
                IgnoredAny::deserialize(deserializer).map(|_| Self)
            }
        }
    };
}

held_up!(InTime, IN_TIME);
held_up!(Late, LATE);
held_up!(Outer, OUTER);
held_up!(Item, ITEM);

#[tokio::test(start_paused = true)]
async fn the_time_limit_ends_the_decoding_of_a_large_body() {
    let Hold { mut begun, go_on } = hold(&LATE);
    let mut call = client(LARGE).request("/anything").send::<Late>();
    tokio::select! {
        outcome = &mut call => panic!("{outcome:?}"),
        begun = &mut begun => assert_ne!(begun.unwrap(), thread::current().id()),
    }
    advance(Duration::from_secs(4)).await;
    let error = call.await.unwrap_err();
    let Error::Timeout(timeout) = &error else { panic!("{error:?}") };
    assert_eq!(timeout.waited(), Duration::from_secs(4));
    assert!(error.was_accepted() && error.status() == Some(StatusCode::OK), "{error:?}");
    drop(go_on);
}

#[tokio::test(start_paused = true)]
async fn what_is_decoded_in_time_is_returned() {
    let Hold { mut begun, go_on } = hold(&IN_TIME);
    let mut call = client(LARGE).request("/anything").send::<InTime>();
    tokio::select! {
        outcome = &mut call => panic!("{outcome:?}"),
        begun = &mut begun => drop(begun.unwrap()),
    }
    advance(Duration::from_secs(2)).await;
    go_on.send(()).unwrap();
    call.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_time_limit_of_the_caller_ends_the_decoding_too() {
    let Hold { mut begun, go_on } = hold(&OUTER);
    let seam = client(LARGE);
    let mut call =
        Box::pin(timeout(Duration::from_secs(1), seam.request("/anything").send::<Outer>()));
    tokio::select! {
        outcome = &mut call => panic!("{outcome:?}"),
        begun = &mut begun => drop(begun.unwrap()),
    }
    advance(Duration::from_secs(2)).await;
    assert!(call.await.is_err());
    drop(go_on);
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_ends_the_decoding_of_a_large_page() {
    let Hold { mut begun, go_on } = hold(&ITEM);
    let mut pages = client(LARGE).request("/anything").pages::<Item>(CursorPages::new("cursor"));
    {
        let next = pages.next();
        tokio::pin!(next);
        tokio::select! {
            outcome = &mut next => panic!("{outcome:?}"),
            begun = &mut begun => drop(begun.unwrap()),
        }
    }
    advance(Duration::from_secs(4)).await;
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(pages.next().await.is_none());
    drop(go_on);
}

/// Says on which thread it is decoded.
struct Where(ThreadId);

impl<'de> Deserialize<'de> for Where {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(thread::current().id()))
    }
}

#[tokio::test]
async fn a_small_body_is_decoded_on_the_thread_of_the_call() {
    let place: Where = client(SMALL).request("/anything").send().await.unwrap();
    assert_eq!(place.0, thread::current().id());
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_call_is_counted_as_well() {
    let place: Where = client(LARGE).request("/anything").send().blocking().unwrap();
    assert_ne!(place.0, thread::current().id());
}

/// Panics when it is decoded.
#[derive(Debug)]
struct Panics;

impl<'de> Deserialize<'de> for Panics {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        panic!("this is what the test is about")
    }
}

#[tokio::test]
async fn a_panic_on_the_other_thread_is_one_on_the_thread_of_the_call() {
    let call = tokio::spawn(client(LARGE).request("/anything").send::<Panics>());
    assert!(call.await.unwrap_err().is_panic());
}
