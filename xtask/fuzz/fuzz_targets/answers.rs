//! Fuzzes the client with responses: decoding ends with a value or with an error, and a decoded value can be encoded and
//! decodes to the same value again.
//!
//! The client's sources are compiled as part of this target, which gives access to private items without adding to the
//! public API.

#![no_main]
#![allow(dead_code, unused_imports, unused_macros, reason = "this is a client that calls nothing")]

#[path = "../../../generated-client/src/auth/mod.rs"]
mod auth;
#[path = "../../../generated-client/src/client/mod.rs"]
mod client;
#[path = "../../../generated-client/src/clock.rs"]
mod clock;
#[path = "../../../generated-client/src/error/mod.rs"]
mod error;
#[path = "../../../generated-client/src/execute/mod.rs"]
mod execute;
#[path = "../../../generated-client/src/generated/mod.rs"]
mod generated;
#[path = "../../../generated-client/src/json/mod.rs"]
mod json;
#[path = "../../../generated-client/src/macros.rs"]
mod macros;
#[path = "../../../generated-client/src/operation/mod.rs"]
mod operation;
#[path = "../../../generated-client/src/options/mod.rs"]
mod options;
#[path = "../../../generated-client/src/page/mod.rs"]
mod page;
#[path = "../../../generated-client/src/percent.rs"]
mod percent;
#[path = "../../../generated-client/src/platform/mod.rs"]
mod platform;
#[path = "../../../generated-client/src/poll/mod.rs"]
mod poll;
#[path = "../../../generated-client/src/raw/mod.rs"]
mod raw;
#[path = "../../../generated-client/src/redact.rs"]
mod redact;
#[path = "../../../generated-client/src/request/mod.rs"]
mod request;
#[path = "../../../generated-client/src/response/mod.rs"]
mod response;
#[path = "../../../generated-client/src/retry.rs"]
mod retry;
#[path = "../../../generated-client/src/seam/mod.rs"]
mod seam;
#[path = "../../../generated-client/src/transport/mod.rs"]
mod transport;
#[path = "../../../generated-client/src/webhooks.rs"]
mod webhooks;
#[path = "../../../generated-client/src/generated/round_trips.rs"]
mod round_trips;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use seam_fuzz::{Unstructured, below, edit, pick, rest, splice, trying};
use seam_generator::Source;
use seam_generator::samples::{Sampler, Undocumented};
use serde_json::{Value, json};

use crate::operation::Operation;
use crate::round_trips::test::SCHEMA;
use crate::round_trips::test::fuzzed::{MARK, Readers};
use crate::round_trips::{ANSWERS, SCHEMAS};

pub use crate::error::{
    ApiError, DecodeError, Error, InvalidInputError, InvalidOptionsError, PollError, TimeoutError,
    TransportError, ValidationErrors,
};
pub use crate::execute::Preview;
pub use crate::generated::*;
pub use crate::json::{DateTime, DateTimeError, Decimal, Repair, RepairKind, Scalar, blank};
pub use crate::operation::{Effect, Scheme};
pub use crate::options::CallOptions;
pub use crate::page::{All, Items, Page, Pages};
pub use crate::poll::Poller;
pub use crate::raw::{CursorPages, RawRequest};
pub use crate::request::{File, IntoInteger};
pub use crate::response::{Response, ResponseFuture};
pub use crate::retry::RetryPolicy;

/// The document, with its overlay, from which the client was generated.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let source = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
    let document = source("openapi.json", include_str!("../../../openapi/openapi.json"));
    let overlay = source("overlay.yaml", include_str!("../../../openapi/overlay.yaml"));
    seam_generator::read(&document, Some(&overlay)).expect("the client is generated from it")
});

/// The state of libFuzzer's only thread.
struct Tools {
    readers: Readers,
    sampler: Sampler<'static>,
    /// The pointers to the schemas of the responses, in the order of `ANSWERS`.
    schemas: Vec<Option<String>>,
}

thread_local! {
    static TOOLS: Tools = {
        let sampler = Sampler::new(&DOCUMENT, Undocumented::Excluded);
        let described = sampler.answers();
        let schema = |operation: &Operation| {
            described.iter().find(|one| one.path == operation.path)?.schema.clone()
        };
        let schemas = ANSWERS.iter().map(|(operation, _)| schema(operation)).collect();
        Tools { readers: Readers::new(), sampler, schemas }
    };
}

/// Pieces of JSON.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "0",
    "-0",
    "1e400",
    "-1E-400",
    "1.0",
    "18446744073709551616",
    "\"\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\u{feff}",
    "\"2025-01-02T03:04:05Z\"",
    "\"-262144-01-01T00:00:00Z\"",
    "\"2016-12-31T23:59:60Z\"",
    "\"+010000-01-01T00:00:00Z\"",
    "{\"ok\":true}",
    "\"error\":",
    "\"type\":",
    "\"invalid_input\"",
    "\"validation_errors\":{\"_errors\":[\"x\"]}",
    SECRET,
];

/// The credential of the clients. No output may contain the mark in it.
const SECRET: &str = "seam_k1_notforanylog";

fuzz_target!(|data: &[u8]| {
    let mut recipe = Unstructured::new(data);
    TOOLS.with(|tools| match below(&mut recipe, 8) {
        0 => tools.failure(&mut recipe),
        1 => tools.message(&mut recipe),
        2 | 3 => tools.schema(&mut recipe),
        _ => tools.answer(&mut recipe),
    });
});

impl Tools {
    /// The response of an operation.
    fn answer(&self, recipe: &mut Unstructured<'_>) {
        let index = below(recipe, ANSWERS.len());
        let (operation, read) = ANSWERS[index];
        let samples = self.schemas[index].as_ref().map(|schema| self.sampler.samples(schema));
        let body = broken(samples.unwrap_or_default(), recipe);
        trying(&[operation.path.as_bytes(), b"\n", &body].concat());
        self.readers.answer(operation, read, &body);
    }

    /// A component schema.
    fn schema(&self, recipe: &mut Unstructured<'_>) {
        let (name, read) = *pick(recipe, SCHEMAS);
        let samples = self.sampler.samples(&format!("/components/schemas/{name}"));
        let body = broken(samples, recipe);
        trying(&[name.as_bytes(), b"\n", &body].concat());
        self.readers.answer(&SCHEMA, read, &body);
    }

    /// An error response.
    fn failure(&self, recipe: &mut Unstructured<'_>) {
        let status = StatusCode::from_u16(300 + u16::try_from(below(recipe, 300)).unwrap_or(0));
        let headers = headers(recipe, &["retry-after", "date", "seam-request-id", "location"]);
        let error = json!({"type": "invalid_input", "message": "No seam_k1_notforanylog.", "data": {"a": 1},
            "validation_errors": {"_errors": [], "device_id": {"_errors": ["Required"], "a": {"0": {"_errors": []}}}}});
        let body = broken(vec![json!({"ok": false, "error": error}), json!("Bad Gateway")], recipe);
        let status = status.unwrap_or(StatusCode::BAD_GATEWAY);
        trying(&[b"failure ", status.as_str().as_bytes(), b"\n", &body].concat());
        self.readers.failure(status, &headers, &body);
    }

    /// A webhook, authentic or not.
    fn message(&self, recipe: &mut Unstructured<'_>) {
        const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        let body = broken(self.sampler.samples("/components/schemas/event"), recipe);
        let mut headers =
            headers(recipe, &["svix-id", "webhook-timestamp", "svix-signature", "webhook-id"]);
        let now = jiff::Timestamp::UNIX_EPOCH;
        if below(recipe, 4) > 0 {
            let key = standardwebhooks::Webhook::new(SECRET).expect("it is a secret");
            if let Ok(signature) = key.sign("id", 0, &body) {
                for (name, value) in
                    [("svix-id", "id"), ("svix-timestamp", "0"), ("svix-signature", &signature)]
                {
                    headers.insert(name, HeaderValue::from_str(value).expect("it is base64"));
                }
            }
        }
        trying(&[b"webhook\n", &*body].concat());
        let webhook = webhooks::Webhook::new(SECRET).expect("it is a secret");
        match webhook.verify_at::<models::Event>(&headers, &body, now) {
            Ok(event) => drop(format!("{event:?}")),
            Err(error) => drop(format!("{error} {error:?}")),
        }
    }
}

/// One of the samples, broken, or any bytes. Parts of the credential never occur outside of the whole credential, because
/// they could not be recognised as parts of it.
fn broken(samples: Vec<Value>, recipe: &mut Unstructured<'_>) -> Vec<u8> {
    let body = anything(samples, recipe);
    let count =
        |text: &str| body.windows(text.len()).filter(|found| *found == text.as_bytes()).count();
    if count(MARK) == count(SECRET) { body } else { Vec::new() }
}

fn anything(samples: Vec<Value>, recipe: &mut Unstructured<'_>) -> Vec<u8> {
    let how = below(recipe, 8);
    if how == 0 || samples.is_empty() {
        return rest(recipe);
    }
    let mut body = pick(recipe, &samples).clone();
    if how > 1 {
        edit(&mut body, recipe);
    }
    let mut body = body.to_string().into_bytes();
    if how < 4 {
        splice(&mut body, recipe, WORDS);
    }
    body
}

/// Some of these headers, with any values.
fn headers(recipe: &mut Unstructured<'_>, names: &[&'static str]) -> HeaderMap {
    const TEXTS: &[&str] = &[
        "",
        "0",
        "-1",
        "1e9",
        "18446744073709551615",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Thu, 01 Jan 9999 00:00:00 GMT",
        "Mon, 31 Feb 2025 24:61:61 -2400",
        "seam_k1_notforanylog",
        "v1,",
        " v1,x v2,y",
    ];
    let mut headers = HeaderMap::new();
    for name in names {
        let mut text = pick(recipe, TEXTS).as_bytes().to_vec();
        if below(recipe, 2) == 0 {
            splice(&mut text, recipe, TEXTS);
        }
        if let (true, Ok(value)) = (below(recipe, 4) > 0, HeaderValue::from_bytes(&text)) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}
