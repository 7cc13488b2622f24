//! Whether what a server answered arrived.

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use crate::call::Came;
use crate::document::At;
use crate::generated::client::Error;
use crate::proxy::Received;
use crate::same::difference;
use crate::schema::{Against, check};
use crate::shown::shown;

/// The header in which Prism says what is wrong with a request that it answers all the same.
const VIOLATIONS: &str = "sl-violations";

/// What became of an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Read {
    /// How much of it had to be put right.
    pub(crate) repairs: usize,
    /// Whether the server itself does not keep to the document.
    pub(crate) is_broken: bool,
}

/// How an answer was read, and what is wrong.
pub(crate) fn problems(
    operation: &At,
    received: &Received,
    came: Result<Came, Error>,
) -> (Read, Vec<String>) {
    let mut problems: Vec<String> = violations(received);
    let body = String::from_utf8_lossy(&received.body);
    let came = match came {
        Ok(came) => came,
        Err(error) => {
            problems.push(format!("{error}: {} with {body}", received.status));
            return (Read::default(), problems);
        }
    };
    let schema = schema(operation, received);
    let json: Option<Value> = serde_json::from_str(&body).ok();
    let broken = match (&schema, &json) {
        // What a correction rules out may be put right as well.
        (Some(schema), Some(json)) => check(Against::Received, &schema.pointer, json)
            .and_then(|()| check(Against::CorrectedReceived, &schema.pointer, json))
            .err(),
        _ => None,
    };
    // What is not as it is described may be put right, and then it is something else.
    if broken.is_none() {
        problems.extend(
            came.repairs
                .iter()
                .map(|repair| format!("{repair}: this was put right, and was not wrong in {body}")),
        );
        problems.extend(changed(operation, schema, json.unwrap_or(Value::Null), &came, &body));
    }
    let read = Read { repairs: came.repairs.len(), is_broken: broken.is_some() };
    (read, problems)
}

/// What Prism has against the request. It also says where its own answer is not as it should be.
fn violations(received: &Received) -> Vec<String> {
    let header = received.headers.get(VIOLATIONS).and_then(|value| value.to_str().ok());
    let all: Vec<Value> =
        header.map(|header| serde_json::from_str(header).expect("JSON")).unwrap_or_default();
    let of_request = all.iter().filter(|violation| violation["location"][0] != "response");
    of_request.map(|violation| format!("Prism does not take it: {violation}")).collect()
}

/// What the answer is described by, if it is JSON.
fn schema(operation: &At, received: &Received) -> Option<At> {
    let responses = operation.get("responses")?;
    let status = received.status.as_str();
    let range = format!("{}XX", &status[..1]);
    let response = [status, &range, "default"].into_iter().find_map(|key| responses.get(key))?;
    let media = received.headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let content = response.entries("content");
    let (_, content) = content.iter().find(|(key, _)| key.split(';').next() == Some(media))?;
    content.get("schema")
}

/// Where the value is not what was answered.
fn changed(
    operation: &At,
    schema: Option<At>,
    json: Value,
    came: &Came,
    body: &str,
) -> Option<String> {
    let written = came.value.as_ref()?;
    if written.is_null() || written.as_str() == Some(body) {
        return None;
    }
    let described = shown(schema.as_slice(), &json);
    let whole = difference(&described, written)?;
    let key = operation.text("x-response-key").and_then(|key| described.get(key));
    let lost = match key {
        Some(inner) => difference(inner, written)?,
        None => whole,
    };
    Some(format!("{lost}, in {body}"))
}
