//! Checks whether a request is authenticated in one of the ways that the operation accepts.

use crate::document::{At, PUBLISHED};
use crate::parameters::{cookies, pairs};
use crate::proxy::Sent;

/// The alternatives of authentication: those of the operation, or else those of the whole document. Alternatives with a
/// scheme that the document does not define are ignored.
fn ways(operation: &At) -> Vec<At> {
    let mut ways = match operation.value.get("security") {
        Some(_) => operation.elements("security"),
        None => root().elements("security"),
    };
    ways.retain(|way| names(way).all(|name| scheme(name).is_some()));
    ways
}

fn names(way: &At) -> impl Iterator<Item = &'static str> {
    let schemes = way.value.as_object().into_iter().flatten();
    schemes.map(|(name, _)| name.as_str())
}

fn scheme(name: &str) -> Option<At> {
    root().get("components")?.get("securitySchemes")?.get(name)
}

fn root() -> At {
    At { pointer: String::new(), value: &PUBLISHED }
}

/// Whether the operation requires authentication.
pub(crate) fn are_needed(operation: &At) -> bool {
    let ways = ways(operation);
    let is_empty = |way: &At| way.value.as_object().is_some_and(serde_json::Map::is_empty);
    !ways.is_empty() && !ways.iter().any(is_empty)
}

/// Describes the problem if the request has no complete alternative.
pub(crate) fn problem(operation: &At, sent: &Sent) -> Option<String> {
    let ways = ways(operation);
    let is_complete =
        |way: &At| names(way).all(|name| scheme(name).is_some_and(|scheme| is_sent(&scheme, sent)));
    let is_missing = !ways.is_empty() && !ways.iter().any(is_complete);
    is_missing
        .then(|| format!("no way to authenticate is complete: {}", operation.value["security"]))
}

fn is_sent(scheme: &At, sent: &Sent) -> bool {
    let header = |name: &str| sent.headers.get(name).and_then(|value| value.to_str().ok());
    let name = scheme.text("name").unwrap_or_default();
    match (scheme.text("type"), scheme.text("in")) {
        (Some("apiKey"), Some("header")) => header(name).is_some(),
        (Some("apiKey"), Some("query")) => {
            pairs(sent.query.as_deref().unwrap_or_default()).any(|(key, _)| key == name)
        }
        (Some("apiKey"), Some("cookie")) => cookies(sent).iter().any(|(key, _)| key == name),
        (kind, _) => {
            // OAuth and OpenID Connect use bearer tokens.
            let word = if kind == Some("http") { scheme.text("scheme") } else { Some("bearer") };
            let first = header("authorization").and_then(|value| value.split(' ').next());
            first.is_some_and(|first| word.is_some_and(|word| first.eq_ignore_ascii_case(word)))
        }
    }
}
