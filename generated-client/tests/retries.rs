//! When calls are retried and how long that takes, with a paused clock and a fake transport. `connections.rs` tests real
//! connections.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use std::time::Duration;

use seam_client::api::locks::unlock_door;
use seam_client::api::{devices, webhooks};
use seam_client::models::Device;
use seam_client::testing::{Fake, Fakeable, Reply, blank};
use seam_client::{CallOptions, Error, RetryPolicy, Seam, SeamBuilder};
use serde_json::json;
use support::API_KEY;
use tokio::time::Instant;

fn client(fake: &Fake, set: impl FnOnce(SeamBuilder) -> SeamBuilder) -> Seam {
    set(Seam::builder().api_key(API_KEY).endpoint("https://fake.invalid").fake(fake))
        .build()
        .unwrap()
}

/// The outcome of a read, and its duration in milliseconds.
async fn read(seam: &Seam) -> (Result<Vec<Device>, Error>, u128) {
    let started = Instant::now();
    let outcome = seam.devices().list().send().await;
    (outcome, started.elapsed().as_millis())
}

fn attempts<R: Fakeable>(fake: &Fake) -> usize {
    fake.calls_of::<R>().len()
}

#[tokio::test(start_paused = true)]
async fn a_read_is_sent_again_after_growing_waits() {
    let fake = Fake::new();
    let plan =
        fake.on::<devices::list::ListRequest>().error(503, "down", "").error(500, "down", "");
    plan.answer(Vec::new());
    let started = Instant::now();
    let response = client(&fake, |builder| builder).devices().list().response().await.unwrap();
    assert_eq!((response.attempts(), attempts::<devices::list::ListRequest>(&fake)), (3, 3));
    let waited = started.elapsed().as_millis();
    assert!((450..=750).contains(&waited), "{waited}");
}

#[tokio::test(start_paused = true)]
async fn the_retries_come_to_an_end() {
    let fake = Fake::new();
    let down = Reply::raw(503, "").header("seam-request-id", "r3");
    fake.on::<devices::list::ListRequest>().reply(down);
    let error = read(&client(&fake, |builder| builder)).await.0.unwrap_err();
    assert_eq!((error.attempts(), fake.calls().len()), (3, 3));
    let shown = error.to_string();
    assert_eq!(shown, "/devices/list answered 503 Service Unavailable (request id r3, 3 attempts)");
    let seam = client(&fake, |builder| builder.retry(RetryPolicy::none()));
    assert_eq!(read(&seam).await.0.unwrap_err().attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_server_says_how_long_to_wait() {
    let fake = Fake::new();
    let limit = Reply::error(429, "rate_limited", "").header("retry-after", "1");
    fake.on::<devices::list::ListRequest>().reply(limit).answer(Vec::new());
    let (outcome, waited) = read(&client(&fake, |builder| builder)).await;
    assert_eq!((outcome.unwrap().len(), waited, fake.calls().len()), (0, 1000, 2));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_not_begun() {
    let asked = Duration::from_secs(20);
    let limit = Reply::error(429, "rate_limited", "").header("retry-after", "20");
    for policy in [
        RetryPolicy::new().max_wait(Duration::from_secs(19)),
        RetryPolicy::new().deadline(Duration::from_secs(20)),
    ] {
        let fake = Fake::new();
        fake.on::<devices::list::ListRequest>().reply(limit.clone()).answer(Vec::new());
        let (outcome, waited) = read(&client(&fake, |builder| builder.retry(policy))).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.attempts(), error.retry_after(), waited), (1, Some(asked), 0));
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_attempts_and_waits() {
    let fake = Fake::new();
    fake.on::<devices::list::ListRequest>().reply(Reply::silence());
    let within = |seconds| RetryPolicy::new().deadline(Duration::from_secs(seconds));
    for (timeout, policy, expected, waited) in [
        (30, RetryPolicy::new(), 2, 60_000),
        (90, RetryPolicy::new(), 1, 90_000),
        (4, within(7), 2, 7000),
        (u64::MAX, within(7), 1, 7000),
    ] {
        let timeout = Duration::from_secs(timeout);
        let (outcome, took) =
            read(&client(&fake, |builder| builder.timeout(timeout).retry(policy))).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.attempts(), took), (expected, waited), "{error}");
        let Error::Timeout(timeout) = &error else { panic!("{error}") };
        assert_eq!(timeout.waited().as_millis(), waited);
        assert_eq!(error.to_string().ends_with("(2 attempts)"), expected == 2, "{error}");
    }
}

/// The number of attempts of a read, of a deletion, and of a call that opens a door, if the first attempt has this reply.
async fn sent_after(first: Reply) -> [usize; 3] {
    let fake = Fake::new();
    fake.on::<devices::list::ListRequest>().reply(first.clone()).answer(Vec::new());
    fake.on::<webhooks::delete::DeleteRequest>().reply(first.clone()).answer(blank());
    let pending = json!({
        "action_attempt_id": "a", "action_type": "UNLOCK_DOOR", "status": "pending", "result": null, "error": null,
    });
    fake.on::<unlock_door::UnlockDoorRequest>().reply(first).answer_json(pending);
    let seam = client(&fake, |builder| builder);
    let outcomes = [
        seam.devices().list().send().await.map(drop),
        seam.webhooks().delete("w").send().await.map(drop),
        seam.locks().unlock_door("d").send().await.map(drop),
    ];
    let sent = [
        attempts::<devices::list::ListRequest>(&fake),
        attempts::<webhooks::delete::DeleteRequest>(&fake),
        attempts::<unlock_door::UnlockDoorRequest>(&fake),
    ];
    for (outcome, sent) in outcomes.iter().zip(sent) {
        assert_eq!(outcome.is_ok(), sent == 2, "{outcome:?}");
    }
    sent
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_again_depends_on_what_it_does() {
    for first in [Reply::unreachable()] {
        assert_eq!(sent_after(first).await, [2, 2, 2]);
    }
    let status = |status| Reply::raw(status, "");
    for first in [Reply::lost(), Reply::silence(), status(429), status(500), status(503)] {
        let shown = format!("{first:?}");
        assert_eq!(sent_after(first).await, [2, 2, 1], "{shown}");
    }
    for first in [308, 400, 401, 404, 409] {
        assert_eq!(sent_after(status(first)).await, [1, 1, 1], "{first}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_can_say_that_it_is_harmless() {
    let fake = Fake::new();
    fake.on::<unlock_door::UnlockDoorRequest>().transport_failure();
    let call = client(&fake, |builder| builder).locks().unlock_door("d");
    let error = call.clone().send().await.unwrap_err();
    assert!(error.was_sent() && error.attempts() == 1, "{error}");
    let error = call.options(CallOptions::new().idempotent()).send().await.unwrap_err();
    assert!(error.was_sent() && error.attempts() == 3, "{error}");
}

#[tokio::test]
async fn options_of_the_call_win_over_those_of_the_client() {
    let fake = Fake::new();
    fake.on::<devices::list::ListRequest>().answer(Vec::new());
    let seam = client(&fake, |builder| builder);
    let derived = seam.with(CallOptions::new().header("x-a", "1").header("x-b", "1"));
    let call = derived.devices().list().options(CallOptions::new().header("x-b", "2"));
    let own = CallOptions::new().header("x-c", "3");
    let own = own.header("Authorization", "Bearer other").header("content-type", "text/plain");
    call.options(own).send().await.unwrap();
    seam.devices().list().send().await.unwrap();
    let [call, plain] = &fake.calls()[..] else { panic!("two calls") };
    let header = |name| call.headers().get(name).map(|value| value.to_str().unwrap());
    assert_eq!((header("x-a"), header("x-b"), header("x-c")), (Some("1"), Some("2"), Some("3")));
    for (name, value) in [("authorization", "[redacted]"), ("content-type", "application/json")] {
        assert_eq!(header(name), Some(value));
        assert_eq!(call.headers().get_all(name).iter().count(), 1);
    }
    assert!(!plain.headers().contains_key("x-a"));
}

#[tokio::test]
async fn one_call_can_be_sent_by_post() {
    let fake = Fake::new();
    fake.on::<devices::update::UpdateRequest>().answer(blank());
    let call = client(&fake, |builder| builder).devices().update("d");
    call.clone().send().await.unwrap();
    call.options(CallOptions::new().post_only()).send().await.unwrap();
    let methods: Vec<_> = fake.calls().iter().map(|sent| sent.method().to_string()).collect();
    assert_eq!(methods, ["PATCH", "POST"]);
}

#[tokio::test]
async fn nothing_is_sent_with_options_that_cannot_be() {
    let fake = Fake::new();
    let call = client(&fake, |builder| builder).devices().list();
    let error = call.options(CallOptions::new().header("x y", "")).send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidOptions(_)) && !error.was_sent(), "{error}");
    assert_eq!((error.attempts(), fake.calls().len()), (0, 0));
    let never = RetryPolicy::new().deadline(Duration::ZERO);
    let refused = Seam::builder().api_key(API_KEY).retry(never).build();
    assert!(refused.unwrap_err().to_string().contains("a deadline of zero"));
}
