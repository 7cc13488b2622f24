//! Answers of the kinds that operations declare, without a server.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use tracing::field::{Field as TracedField, Visit};
use tracing::{Event, Metadata, Span, Subscriber, span};

use super::RawResponse;
use crate::client::Seam;
use crate::error::{Error, REQUEST_ID, ResponseMeta};
use crate::json::{Field, RepairKind};
use crate::operation::{Effect, Operation, ResponseShape};

const KEY: &str = "seam_k1_notforanylog";

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

fn exchange(operation: &'static Operation, body: &'static str) -> RawResponse {
    let client = Seam::builder().api_key(KEY).build().unwrap();
    let headers = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_static("request-1"))]);
    let credentials = &client.inner().credentials;
    let head = ResponseMeta::new(operation.path, StatusCode::OK, &headers, 1, credentials);
    RawResponse {
        client,
        operation,
        head,
        headers,
        body: Bytes::from_static(body.as_bytes()),
        span: Span::none(),
    }
}

#[test]
fn the_value_under_the_key_is_the_answer() {
    let (count, repairs) = exchange(&KEYED, r#"{"ok":true,"count":7}"#).read::<i64>().unwrap();
    assert_eq!((count, repairs.len()), (7, 0));
}

#[test]
fn a_success_without_its_key_is_an_error() {
    for body in ["", "{}", r#"{"ok":true}"#, r#"{"count":null}"#, r#"{"count":"x"}"#, "<html>"] {
        let error = exchange(&KEYED, body).read::<i64>().unwrap_err();
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
    let read = |body| exchange(&MAYBE, body).read::<Option<i64>>();
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
        let ((), repairs) = exchange(&SILENT, body).read().unwrap();
        assert!(repairs.is_empty(), "{body}");
    }
}

#[test]
fn a_repair_is_told_once_and_without_the_secret() {
    let told = Told::default();
    let exchange = exchange(&ENVELOPE, r#"{"a":1,"seam_k1_notforanylog":"x"}"#);
    let read = tracing::subscriber::with_default(told.clone(), || {
        exchange.read::<std::collections::BTreeMap<String, i64>>()
    });
    let (map, repairs) = read.unwrap();
    assert_eq!(map, [("a".to_owned(), 1)].into());
    let [repair] = &repairs[..] else { panic!("{repairs:?}") };
    assert_eq!(repair.path(), "[redacted]");
    assert!(matches!(repair.kind(), RepairKind::Mismatch { .. }));
    let told = told.0.lock().unwrap();
    let [event] = &told[..] else { panic!("{told:?}") };
    for part in ["WARN", "/devices/all", "request-1", "path=\"[redacted]\"", "found a string"] {
        assert!(event.contains(part), "{event}");
    }
    assert!(!event.contains("notforanylog"), "{event}");
}

/// Keeps the events that it is told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Subscriber for Told {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(event.metadata().level().to_string());
        event.record(&mut text);
        // The HTTP client has things to tell as well.
        if event.metadata().target().starts_with(env!("CARGO_CRATE_NAME")) {
            self.0.lock().unwrap().push(text.0);
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
