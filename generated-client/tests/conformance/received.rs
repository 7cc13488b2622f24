//! Checks whether the client has decoded a response correctly.

use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use crate::call::Came;
use crate::document::At;
use crate::generated::client::Error;
use crate::proxy::Received;
use crate::same::difference;
use crate::schema::{Against, check};
use crate::shown::shown;

/// The header in which Prism reports problems of a request to which it responds anyway.
const VIOLATIONS: &str = "sl-violations";

/// How a response was decoded.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Read {
    /// Number of repairs.
    pub(crate) repairs: usize,
    /// Whether the response itself does not conform to the document.
    pub(crate) is_broken: bool,
}

/// Checks a decoded response, and returns the problems.
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
        // The client may also repair what only the corrected document forbids.
        (Some(schema), Some(json)) => check(Against::Received, &schema.pointer, json)
            .and_then(|()| check(Against::CorrectedReceived, &schema.pointer, json))
            .err(),
        _ => None,
    };
    // A response that does not conform may be repaired, and then its value differs.
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

/// The problems that Prism reports about the request. It reports problems of its own response in the same header.
fn violations(received: &Received) -> Vec<String> {
    let header = received.headers.get(VIOLATIONS).and_then(|value| value.to_str().ok());
    let all: Vec<Value> =
        header.map(|header| serde_json::from_str(header).expect("JSON")).unwrap_or_default();
    let of_request = all.iter().filter(|violation| violation["location"][0] != "response");
    of_request.map(|violation| format!("Prism does not take it: {violation}")).collect()
}

/// The schema of the response, if it is JSON.
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

/// Describes where the decoded value differs from the response.
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
