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
                    answers.push(Answered {
                        path: path.clone(),
                        method: method.to_uppercase(),
                        schema: self.answer(operation, &at),
                    });
                }
            }
        }
        answers
    }

    /// The pointer to the schema of the first successful response with a JSON schema.
    fn answer(&self, operation: &Value, at: &str) -> Option<String> {
        let responses = operation.get("responses")?.as_object()?;
        let mut successes: Vec<(&String, &Value)> =
            responses.iter().filter(|(status, _)| status.starts_with('2')).collect();
        successes.sort_unstable_by_key(|(status, _)| *status);
        if responses.len() == 1 {
            successes.extend(responses.iter().filter(|(status, _)| *status == "default"));
        }
        successes.into_iter().find_map(|(status, response)| {
            let (response, at) = match reference(response) {
                Some(reference) => {
                    (self.target(reference)?.0, reference.strip_prefix('#')?.to_owned())
                }
                None => (response, format!("{at}/responses/{status}")),
            };
            let content = response.get("content")?.as_object()?;
            let described = content.iter().filter(|(_, content)| content.get("schema").is_some());
            let json = described.filter(|(media, content)| is_json(media, &content["schema"]));
            // Exact media types come before ranges.
            let (media, _) = json.min_by_key(|(media, _)| media.contains('*'))?;
            Some(format!("{at}/content/{}/schema", escaped(media)))
        })
    }
}

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
