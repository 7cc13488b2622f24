//! The JSON responses of operations.

use serde_json::Value;

use super::keywords::{is_undocumented, reference};
use super::{Sampler, Undocumented};

/// The HTTP methods of a path.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation and the schema of its successful response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The path as in the document: `/devices/{id}`.
    pub path: String,
    /// The HTTP method: `POST`.
    pub method: String,
    /// The pointer to the JSON schema of the first successful response, for [`Sampler::samples`]. `None` if the response has
    /// no body or is not JSON.
    pub schema: Option<String>,
    /// All successful responses, by status.
    pub successes: Vec<Success>,
}

/// A successful response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// A status that the response may have.
    pub status: u16,
    /// The pointer to its JSON schema, if it has one.
    pub schema: Option<String>,
    /// Whether it has a body.
    pub has_body: bool,
}

impl Sampler<'_> {
    /// Lists every operation, in the order of the document.
    #[must_use]
    pub fn answers(&self) -> Vec<Answered> {
        let mut answers = Vec::new();
        for (path, item) in
            self.document.get("paths").and_then(Value::as_object).into_iter().flatten()
        {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let is_left_out =
                    self.undocumented == Undocumented::Excluded && is_undocumented(operation);
                if METHODS.contains(&method.as_str()) && !is_left_out {
                    let at = format!("/paths/{}/{method}", escaped(path));
                    let successes = self.successes(operation, &at);
                    answers.push(Answered {
                        path: path.clone(),
                        method: method.to_uppercase(),
                        schema: successes.iter().find_map(|success| success.schema.clone()),
                        successes,
                    });
                }
            }
        }
        answers
    }

    /// The successful responses of an operation, sorted by status.
    fn successes(&self, operation: &Value, at: &str) -> Vec<Success> {
        let responses = operation.get("responses").and_then(Value::as_object);
        let responses = responses.into_iter().flatten();
        let count = responses.clone().count();
        let is_success =
            |status: &str| status.starts_with('2') || (status == "default" && count == 1);
        let mut successes: Vec<(&String, &Value)> =
            responses.filter(|(status, _)| is_success(status)).collect();
        successes.sort_unstable_by_key(|(status, _)| *status);
        let successes = successes.into_iter().filter_map(|(status, response)| {
            let (response, at) = match reference(response) {
                Some(reference) => {
                    (self.target(reference)?.0, reference.strip_prefix('#')?.to_owned())
                }
                None => (response, format!("{at}/responses/{status}")),
            };
            let content = response.get("content").and_then(Value::as_object);
            let media = content.into_iter().flatten();
            let described = media.filter(|(_, content)| content.get("schema").is_some());
            let json = described.filter(|(media, content)| is_json(media, &content["schema"]));
            // Exact media types come before ranges.
            let json = json.min_by_key(|(media, _)| media.contains('*'));
            let schema = json.map(|(media, _)| format!("{at}/content/{}/schema", escaped(media)));
            let has_body = content.is_some_and(|content| !content.is_empty());
            Some(Success { status: status.parse().unwrap_or(UNLISTED), schema, has_body })
        });
        successes.collect()
    }
}

/// The status of a response that the document describes for a range of statuses.
const UNLISTED: u16 = 299;

/// Whether `schema` describes JSON. A media range counts as JSON unless the schema is a file.
fn is_json(media: &str, schema: &Value) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" => true,
        "*/*" | "application/*" => schema.get("format").is_none_or(|format| format != "binary"),
        other => other.ends_with("+json"),
    }
}

/// Escapes a key for use as a step of a pointer.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
