//! Responses of each shape that operations declare, without a server.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use tracing::field::{Field as TracedField, Visit};
use tracing::{Event, Level, Metadata, Span, Subscriber, span};

use crate::client::Client;
use crate::clock::Instant;
use crate::error::{Error, ResponseMeta};
use crate::execute::{RawResponse, RequestTime};
use crate::json::{Field, RepairKind};
use crate::operation::{Effect, Operation, ResponseShape, Scheme};

const KEY: &str = "key_notforanylog";
const SCHEME: Scheme = Scheme::header("KEY", "x-key");

static KEYED: Operation = Operation {
    path: "/devices/count",
    methods: &[Method::POST],
    effect: Effect::Read,
    response: ResponseShape::Key(Field::essential("count")),
    security: &[],
};

static ENVELOPE: Operation = Operation {
    path: "/devices/all",
    methods: &[Method::POST],
    effect: Effect::Read,
    response: ResponseShape::Envelope,
    security: &[],
};
static MAYBE: Operation = Operation {
    path: "/devices/last",
    methods: &[Method::POST],
    effect: Effect::Read,
    response: ResponseShape::Key(Field::optional("count")),
    security: &[],
};

static SILENT: Operation = Operation {
    path: "/devices/forget",
    methods: &[Method::POST],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[],
};

fn response(operation: &'static Operation, body: &'static str) -> RawResponse {
    let builder = Client::builder().endpoint("https://api.example").credential(SCHEME, KEY);
    let client = builder.build().unwrap();
    let meta = ResponseMeta {
        operation: operation.path,
        status: StatusCode::OK,
        request_id: Some("request-1".to_owned()),
        attempts: 1,
    };
    RawResponse {
        context: client.context().clone(),
        operation: operation.info(),
        meta,
        headers: HeaderMap::new(),
        body: Bytes::from_static(body.as_bytes()),
        span: Span::none(),
        time: RequestTime { started: Instant::now(), end: None },
    }
}

#[test]
fn the_value_under_the_key_is_the_answer() {
    let (count, repairs) = response(&KEYED, r#"{"ok":true,"count":7}"#).read::<i64>().unwrap();
    assert_eq!((count, repairs.len()), (7, 0));
}

#[test]
fn a_success_without_its_key_is_an_error() {
    for body in ["", "{}", r#"{"ok":true}"#, r#"{"count":null}"#, r#"{"count":"x"}"#, "<html>"] {
        let error = response(&KEYED, body).read::<i64>().unwrap_err();
        assert!(error.was_accepted() && !error.is_retryable(), "{body}");
        assert_eq!((error.status(), error.request_id()), (Some(StatusCode::OK), Some("request-1")));
        let shown = error.to_string();
        assert!(shown.starts_with("the server had accepted /devices/count (200 OK)"), "{shown}");
        let Error::Decode(decode) = error else { panic!("{body}") };
        assert_eq!(&decode.body()[..], body.as_bytes());
        assert_eq!(decode.operation(), "/devices/count");
    }
}

#[test]
fn a_key_that_may_lack_is_nothing_where_it_does() {
    let read = |body| response(&MAYBE, body).read::<Option<i64>>();
    for (body, expected) in [("{}", None), (r#"{"count":null}"#, None), (r#"{"count":7}"#, Some(7))]
    {
        let (count, repairs) = read(body).unwrap();
        assert_eq!((count, repairs.len()), (expected, 0), "{body}");
    }
    assert!(read("").unwrap_err().was_accepted());
}

#[test]
fn what_nobody_looks_at_can_be_anything() {
    for body in ["", "{}", "<html>", r#"{"count":"#] {
        let ((), repairs) = response(&SILENT, body).read().unwrap();
        assert!(repairs.is_empty(), "{body}");
    }
}

#[test]
fn a_repair_is_told_once_and_without_the_secret() {
    let told = Told { events: Arc::default(), level: Level::TRACE };
    let exchange = response(&ENVELOPE, r#"{"a":1,"key_notforanylog":"x"}"#);
    let read = tracing::subscriber::with_default(told.clone(), || {
        exchange.read::<std::collections::BTreeMap<String, i64>>()
    });
    let (map, repairs) = read.unwrap();
    assert_eq!(map, [("a".to_owned(), 1)].into());
    let [repair] = &repairs[..] else { panic!("{repairs:?}") };
    assert_eq!(repair.path(), "[redacted]");
    assert!(matches!(repair.kind(), RepairKind::Mismatch { .. }));
    let told = told.events.lock().unwrap();
    let [event] = &told[..] else { panic!("{told:?}") };
    for part in ["WARN", "/devices/all", "request-1", "repairs=1", "[redacted]", "found a string"] {
        assert!(event.contains(part), "{event}");
    }
    assert!(!event.contains("notforanylog"), "{event}");
}

#[test]
fn repairs_are_one_event_with_their_number_and_at_debug_their_distinct_places() {
    let body = r#"{"a":[1,"x",2],"c":[true]}"#;
    for (level, expected) in [
        (
            Level::DEBUG,
            Some(
                "\"a[]: expected a string, found a number; c[]: expected a string, found a boolean\"",
            ),
        ),
        (Level::INFO, None),
    ] {
        let told = Told { events: Arc::default(), level };
        let read = tracing::subscriber::with_default(told.clone(), || {
            response(&ENVELOPE, body).read::<std::collections::BTreeMap<String, Vec<String>>>()
        });
        let count = read.unwrap().1.len();
        let told = told.events.lock().unwrap();
        let [event] = &told[..] else { panic!("{told:?}") };
        assert!(event.contains(&format!("repairs={count}")), "{event}");
        match expected {
            Some(expected) => assert!(event.contains(expected), "{event}"),
            None => assert!(!event.contains("places"), "{event}"),
        }
    }
}

/// A subscriber that records the events of its level and above.
#[derive(Clone)]
struct Told {
    events: Arc<Mutex<Vec<String>>>,
    level: Level,
}

impl Subscriber for Told {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(event.metadata().level().to_string());
        event.record(&mut text);
        // The HTTP client emits events as well.
        if event.metadata().target().starts_with(env!("CARGO_CRATE_NAME")) {
            self.events.lock().unwrap().push(text.0);
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &TracedField, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}
