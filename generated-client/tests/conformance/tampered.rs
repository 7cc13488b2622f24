//! Tests this test: requests that are modified after they were sent have to be rejected.

use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::Value;

use crate::document::At;
use crate::mode::Mode;
use crate::proxy::Sent;
use crate::schema::{Against, is_valid};
use crate::{Case, credentials, sent, trial};

/// Modifies the request of a call of each operation.
pub(crate) fn is_noticed(cases: &[&Case]) -> Result<(), String> {
    let mut missed = Vec::new();
    for case in cases {
        let Some((call, make)) = case.calls.first() else { continue };
        let operation = trial::operation(case);
        for exchange in trial::recorded(case, *make, Mode::Offline).1 {
            let accepted = |sent: &Sent| sent::read(&operation, sent).problems(call).is_empty();
            // Requests that are rejected already have their own trial.
            if !accepted(&exchange.sent) {
                continue;
            }
            let tampered = tampered(&operation, &exchange.sent).into_iter();
            let unseen = tampered.filter(|(_, sent)| accepted(sent));
            missed.extend(unseen.map(|(change, _)| format!("{}: {change}", case.name)));
        }
    }
    if missed.is_empty() { Ok(()) } else { Err(missed.join("\n")) }
}

/// Variants of the request with one mistake each, and a description of the mistake.
fn tampered(operation: &At, sent: &Sent) -> Vec<(&'static str, Sent)> {
    let mut all = vec![
        ("another verb", Sent { method: Method::TRACE, ..sent.clone() }),
        ("another path", Sent { path: format!("{}/x", sent.path), ..sent.clone() }),
    ];
    if sent.headers.contains_key(AUTHORIZATION) && credentials::are_needed(operation) {
        let mut headers = sent.headers.clone();
        headers.remove(AUTHORIZATION);
        all.push(("no credentials", Sent { headers, ..sent.clone() }));
    }
    let body = sent::read(operation, sent).body;
    if let Some((schema, Value::Object(body))) = body {
        for key in body.keys() {
            let mut body = body.clone();
            body.insert(key.clone(), Value::Array(vec![Value::Null]));
            all.extend(
                broken(&schema, sent, body.into()).map(|sent| ("a value of another type", sent)),
            );
        }
        let mut body = body;
        body.clear();
        all.extend(broken(&schema, sent, body.into()).map(|sent| ("nothing in the body", sent)));
    }
    all
}

/// The request with this body, or `None` if the schema of the published document allows the body.
fn broken(schema: &At, sent: &Sent, body: Value) -> Option<Sent> {
    let is_allowed = is_valid(Against::Sent, &schema.pointer, &body);
    (!is_allowed).then(|| Sent { body: body.to_string().into(), ..sent.clone() })
}
