//! Secrets are never shown. If a server repeats them, they are redacted.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::percent::{self, Reserved};

/// The replacement of a secret in a text.
pub(crate) const REDACTED: &str = "[redacted]";

/// A text that `Debug` does not show.
///
/// `secrecy` would also wipe it from memory when it is dropped. But the same text is also in the headers of each request and
/// in the [`Redactor`], where it could not be wiped.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be sent.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hidden.fmt(f)
    }
}

/// What `Debug` shows in the place of a secret.
pub(crate) struct Hidden;

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Removes the secrets of a client from what a server sends.
#[derive(Clone)]
pub(crate) struct Redactor(Arc<[String]>);

impl Redactor {
    /// Finds each secret in every form in which a server may repeat it.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut forms: Vec<String> = Vec::new();
        for text in secrets.into_iter().map(Secret::reveal).filter(|text| !text.is_empty()) {
            for form in written_forms(text) {
                // The longest comes first, as a shorter one may be a part of it.
                let position =
                    forms.binary_search_by(|a| form.len().cmp(&a.len()).then_with(|| a.cmp(&form)));
                if let Err(position) = position {
                    forms.insert(position, form);
                }
            }
        }
        Self(forms.into())
    }

    /// Redacts a text.
    pub(crate) fn redact<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.redact_bytes(text.as_bytes()) {
            Some(clean) => Cow::Owned(String::from_utf8_lossy(&clean).into_owned()),
            None => Cow::Borrowed(text),
        }
    }

    /// Redacts the strings and keys in a JSON value.
    pub(crate) fn redact_json(&self, json: &mut Value) {
        match json {
            Value::String(text) => {
                if let Cow::Owned(clean) = self.redact(text) {
                    *text = clean;
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.redact_json(value)),
            Value::Object(entries) => {
                for (key, mut value) in std::mem::take(entries) {
                    self.redact_json(&mut value);
                    entries.insert(self.redact(&key).into_owned(), value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Redacts a body, which need not be text.
    pub(crate) fn redact_body(&self, body: Bytes) -> Bytes {
        self.redact_bytes(&body).map_or(body, Bytes::from)
    }

    /// Redacts the values of headers.
    pub(crate) fn redact_headers(&self, mut headers: HeaderMap) -> HeaderMap {
        for value in headers.values_mut() {
            if let Some(clean) = self.redact_bytes(value.as_bytes()) {
                *value = HeaderValue::from_bytes(&clean)
                    .unwrap_or_else(|_| HeaderValue::from_static(REDACTED));
            }
        }
        headers
    }

    /// Returns the redacted text, or `None` if it holds no secret.
    fn redact_bytes(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut found = Some(self.find(text)?);
        let mut clean = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some((at, length)) = found {
            clean.extend_from_slice(&rest[..at]);
            clean.extend_from_slice(REDACTED.as_bytes());
            rest = &rest[at + length..];
            found = self.find(rest);
        }
        clean.extend_from_slice(rest);
        Some(clean)
    }

    /// Returns the position and the length of the first secret in `text`.
    fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        (0..text.len()).find_map(|at| {
            let found = self.0.iter().find(|secret| text[at..].starts_with(secret.as_bytes()));
            found.map(|secret| (at, secret.len()))
        })
    }
}

/// The forms of a secret: plain, in JSON, in JSON with escaped slashes, and in a URL.
fn written_forms(secret: &str) -> [String; 4] {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json.get(1..json.len().saturating_sub(1)).unwrap_or(secret).to_owned();
    // Some servers escape slashes in JSON, which is allowed and not necessary.
    let slashes = json.replace('/', "\\/");
    [secret.to_owned(), json, slashes, percent::encode(secret, Reserved::Encoded)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Redactor {
        let texts: Vec<_> = texts.iter().copied().map(Secret::new).collect();
        Redactor::new(&texts)
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Some(Secret::new("hidden"))), "Some([redacted])");
    }

    #[test]
    fn every_secret_is_taken_out_of_texts() {
        let secrets = secrets(&["key-1", "token", "", "key-1-longer"]);
        assert_eq!(secrets.redact("no such thing"), "no such thing");
        assert_eq!(secrets.redact("`key-1`, tokenkey-1"), "`[redacted]`, [redacted][redacted]");
        assert_eq!(secrets.redact("key-1-longer"), "[redacted]");
        let body = secrets.redact_body(Bytes::from_static(b"\xffkey-1;token!"));
        assert_eq!(&body[..], b"\xff[redacted];[redacted]!");
        let mut json = serde_json::json!({"a": ["key-1", 1], "token": null});
        secrets.redact_json(&mut json);
        assert_eq!(json, serde_json::json!({"a": ["[redacted]", 1], "[redacted]": null}));
    }

    #[test]
    fn what_stands_for_a_secret_is_no_secret() {
        assert_eq!(secrets(&["secret", "red"]).redact("a secret, red"), "a [redacted], [redacted]");
    }

    #[test]
    fn a_secret_is_found_as_json_and_addresses_write_it() {
        let secrets = secrets(&["a/\"b c"]);
        for written in ["a/\"b c", r#"a/\"b c"#, r#"a\/\"b c"#, "a%2F%22b%20c"] {
            assert_eq!(secrets.redact(written), "[redacted]", "{written}");
        }
    }
}
