//! What a call reports to `tracing`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where its helpers fail")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use seam_client::api::devices::list;
use seam_client::testing::{Fake, Reply};
use seam_client::{Error, RetryPolicy, Seam};
use serde_json::json;
use support::API_KEY;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// The fields of a span or an event.
type Fields = BTreeMap<String, String>;

/// A subscriber that records the span of the last call, and the events.
#[derive(Clone, Default)]
struct Told {
    span: Arc<Mutex<Fields>>,
    events: Arc<Mutex<Vec<Fields>>>,
}

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Subscriber for Told {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The HTTP client and its runtime emit events as well.
        metadata.target().starts_with("seam_client")
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut fields =
            Fields::from([("name".to_owned(), attributes.metadata().name().to_owned())]);
        attributes.record(&mut Visitor(&mut fields));
        *self.span.lock().unwrap() = fields;
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Visitor(&mut self.span.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::from([("level".to_owned(), event.metadata().level().to_string())]);
        event.record(&mut Visitor(&mut fields));
        self.events.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Makes a call with this fake. Returns its outcome, the fields of its span, and those of its events.
async fn told(fake: &Fake) -> (Result<(), Error>, Fields, Vec<Fields>) {
    let seam = Seam::builder().api_key(API_KEY).endpoint("https://fake.invalid").fake(fake);
    let seam = seam.retry(RetryPolicy::new().max_retries(1)).build().unwrap();
    let told = Told::default();
    let guard = tracing::subscriber::set_default(told.clone());
    let outcome = seam.devices().list().send().await.map(drop);
    drop(guard);
    let span = told.span.lock().unwrap().clone();
    let events = told.events.lock().unwrap().clone();
    let shown = format!("{span:?} {events:?}");
    assert!(!shown.contains("notforanylog") && !shown.contains("in the body"), "{shown}");
    (outcome, span, events)
}

fn expect(fields: &Fields, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(fields.get(*name).map(String::as_str), Some(*value), "{name} in {fields:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_span_tells_of_the_call_and_an_event_of_each_attempt() {
    let fake = Fake::new();
    let devices = json!({"devices": [{"device_id": "d1", "display_name": "in the body"}]});
    let answer = Reply::raw(200, devices.to_string()).header("seam-request-id", "r2");
    let refused = Reply::error(503, "down", "in the body").header("seam-request-id", "r1");
    fake.on::<list::ListRequest>().reply(refused).reply(answer);
    let (outcome, span, events) = told(&fake).await;
    outcome.unwrap();
    expect(
        &span,
        &[
            ("name", "api.call"),
            ("operation", "/devices/list"),
            ("http.request.method", "POST"),
            ("server.address", "fake.invalid"),
            ("http.response.status_code", "200"),
            ("request_id", "r2"),
            ("attempts", "2"),
        ],
    );
    assert!(!span.contains_key("error.type"), "{span:?}");
    let (attempts, repairs) = events.split_at(2);
    let status = "http.response.status_code";
    let [first, second] = attempts else { panic!("{events:?}") };
    expect(
        first,
        &[("attempt", "1"), (status, "503"), ("request_id", "r1"), ("error.type", "api")],
    );
    assert!(first.contains_key("retry_in_ms"), "{first:?}");
    expect(second, &[("attempt", "2"), (status, "200"), ("request_id", "r2"), ("level", "DEBUG")]);
    assert!(!second.contains_key("retry_in_ms"), "{second:?}");
    expect(&repairs[0], &[("level", "WARN"), ("operation", "/devices/list"), ("request_id", "r2")]);
    assert_eq!(repairs.len(), 1, "{repairs:?}");
    assert_eq!(span["repairs"], repairs[0]["repairs"]);
    assert!(repairs[0]["places"].contains("devices[]."), "{repairs:?}");
}

#[tokio::test(start_paused = true)]
async fn a_failure_says_of_what_kind_it_is() {
    let fake = Fake::new();
    fake.on::<list::ListRequest>().reply(Reply::unreachable());
    let (outcome, span, events) = told(&fake).await;
    assert!(matches!(outcome, Err(Error::Transport(_))));
    expect(&span, &[("attempts", "2"), ("error.type", "transport")]);
    assert!(!span.contains_key("http.response.status_code"), "{span:?}");
    assert_eq!(events.len(), 2, "{events:?}");
}
