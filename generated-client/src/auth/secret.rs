//! Secrets: how they are kept out of what is shown, and taken out of what others say.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;

use crate::request::percent;

/// What stands in a text where a secret stood.
const REDACTED: &str = "[redacted]";

/// A text that is never shown.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for sending it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// All secrets of a client, which a server may repeat in what it says.
#[derive(Clone)]
pub(crate) struct Secrets(Arc<[String]>);

impl Secrets {
    /// Knows each secret in all the ways in which a server may write it.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut written: Vec<String> = Vec::new();
        for text in secrets.into_iter().map(Secret::reveal).filter(|text| !text.is_empty()) {
            for way in ways_to_write(text) {
                // The longest comes first, as a shorter one may be a part of it.
                let place =
                    written.binary_search_by(|a| way.len().cmp(&a.len()).then_with(|| a.cmp(&way)));
                if let Err(place) = place {
                    written.insert(place, way);
                }
            }
        }
        Self(written.into())
    }

    /// The text without the secrets.
    pub(crate) fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.without(text.as_bytes()) {
            Some(clean) => Cow::Owned(String::from_utf8_lossy(&clean).into_owned()),
            None => Cow::Borrowed(text),
        }
    }

    /// The same for texts inside JSON.
    pub(crate) fn scrub_json(&self, json: &mut Value) {
        match json {
            Value::String(text) => {
                if let Cow::Owned(clean) = self.scrub(text) {
                    *text = clean;
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.scrub_json(value)),
            Value::Object(entries) => {
                for (key, mut value) in std::mem::take(entries) {
                    self.scrub_json(&mut value);
                    entries.insert(self.scrub(&key).into_owned(), value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The same for a body, which need not be text.
    pub(crate) fn scrub_body(&self, body: Bytes) -> Bytes {
        self.without(&body).map_or(body, Bytes::from)
    }

    /// `text` with something else where secrets stand; nothing if there are none.
    fn without(&self, text: &[u8]) -> Option<Vec<u8>> {
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

    /// Where the first secret in `text` is, and how long it is there.
    fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        (0..text.len()).find_map(|at| {
            let found = self.0.iter().find(|secret| text[at..].starts_with(secret.as_bytes()));
            found.map(|secret| (at, secret.len()))
        })
    }
}

/// As it is, as it stands in JSON, and as it stands in an address.
fn ways_to_write(secret: &str) -> [String; 4] {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let json = json.get(1..json.len().saturating_sub(1)).unwrap_or(secret).to_owned();
    // Some servers write JSON with slashes that are escaped, though they need not be.
    let slashes = json.replace('/', "\\/");
    [secret.to_owned(), json, slashes, percent::encode(secret, false)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        let texts: Vec<_> = texts.iter().copied().map(Secret::new).collect();
        Secrets::new(&texts)
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Some(Secret::new("hidden"))), "Some([redacted])");
    }

    #[test]
    fn every_secret_is_taken_out_of_texts() {
        let secrets = secrets(&["key-1", "token", "", "key-1-longer"]);
        assert_eq!(secrets.scrub("no such thing"), "no such thing");
        assert_eq!(secrets.scrub("`key-1`, tokenkey-1"), "`[redacted]`, [redacted][redacted]");
        assert_eq!(secrets.scrub("key-1-longer"), "[redacted]");
        let body = secrets.scrub_body(Bytes::from_static(b"\xffkey-1;token!"));
        assert_eq!(&body[..], b"\xff[redacted];[redacted]!");
        let mut json = serde_json::json!({"a": ["key-1", 1], "token": null});
        secrets.scrub_json(&mut json);
        assert_eq!(json, serde_json::json!({"a": ["[redacted]", 1], "[redacted]": null}));
    }

    #[test]
    fn what_stands_for_a_secret_is_no_secret() {
        assert_eq!(secrets(&["secret", "red"]).scrub("a secret, red"), "a [redacted], [redacted]");
    }

    #[test]
    fn a_secret_is_found_as_json_and_addresses_write_it() {
        let secrets = secrets(&["a/\"b c"]);
        for written in ["a/\"b c", r#"a/\"b c"#, r#"a\/\"b c"#, "a%2F%22b%20c"] {
            assert_eq!(secrets.scrub(written), "[redacted]", "{written}");
        }
    }
}
