//! Credentials: which kinds there are, how they are recognised, what they send, and how they stay out of texts.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::error::InvalidOptionsError;

/// What stands in a text where a secret stood.
const REDACTED: &str = "[redacted]";

const WORKSPACE: HeaderName = HeaderName::from_static("seam-workspace");

/// A text that is never shown.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// What a token is, by how it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    ApiKey,
    PersonalAccessToken,
    ClientSessionToken,
    PublishableKey,
    ConsoleSessionToken,
    Unknown,
}

impl TokenKind {
    /// The longer beginnings come first, as an API key's is the beginning of most others.
    const PREFIXES: [(&str, Self); 5] = [
        ("seam_cst", Self::ClientSessionToken),
        ("seam_at", Self::PersonalAccessToken),
        ("seam_pk", Self::PublishableKey),
        ("seam_", Self::ApiKey),
        ("ey", Self::ConsoleSessionToken),
    ];

    fn of(token: &str) -> Self {
        let found = Self::PREFIXES.iter().find(|(prefix, _)| token.starts_with(prefix));
        found.map_or(Self::Unknown, |(_, kind)| *kind)
    }

    fn name(self) -> &'static str {
        match self {
            Self::ApiKey => "an API key",
            Self::PersonalAccessToken => "a personal access token",
            Self::ClientSessionToken => "a client session token",
            Self::PublishableKey => "a publishable key",
            Self::ConsoleSessionToken => "a console session token",
            Self::Unknown => "no token of Seam",
        }
    }
}

/// Who is calling.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    ApiKey(Secret),
    PersonalAccessToken { token: Secret, workspace_id: String },
}

impl Credentials {
    /// Takes an API key, if it is one.
    pub(crate) fn api_key(key: Secret) -> Result<Self, InvalidOptionsError> {
        check_text("the API key", &key.0)?;
        let remedy = match TokenKind::of(&key.0) {
            TokenKind::ApiKey if key.0.len() > "seam_".len() => return Ok(Self::ApiKey(key)),
            TokenKind::ApiKey => "it ends after `seam_`; copy the whole of it".to_owned(),
            TokenKind::PersonalAccessToken => {
                "it is a personal access token; pass it to `.personal_access_token(token, workspace_id)`, or set \
                 SEAM_PERSONAL_ACCESS_TOKEN and SEAM_WORKSPACE_ID instead of SEAM_API_KEY"
                    .to_owned()
            }
            TokenKind::Unknown => "an API key begins with `seam_`".to_owned(),
            other => {
                format!("it is {}; create an API key, which begins with `seam_`", other.name())
            }
        };
        Err(InvalidOptionsError::new(format!("the API key cannot be used: {remedy}")))
    }

    /// Takes a personal access token and the workspace that it is used for.
    pub(crate) fn personal_access_token(
        token: Secret,
        workspace_id: String,
    ) -> Result<Self, InvalidOptionsError> {
        check_text("the personal access token", &token.0)?;
        let remedy = match TokenKind::of(&token.0) {
            TokenKind::PersonalAccessToken if token.0.len() > "seam_at".len() => {
                check_text("the workspace id", &workspace_id)?;
                return Ok(Self::PersonalAccessToken { token, workspace_id });
            }
            TokenKind::PersonalAccessToken => {
                "it ends after `seam_at`; copy the whole of it".to_owned()
            }
            TokenKind::ApiKey => {
                "it is an API key; pass it to `.api_key(key)`, or set SEAM_API_KEY instead of \
                 SEAM_PERSONAL_ACCESS_TOKEN"
                    .to_owned()
            }
            other => {
                format!("it is {}; a personal access token begins with `seam_at`", other.name())
            }
        };
        Err(InvalidOptionsError::new(format!("the personal access token cannot be used: {remedy}")))
    }

    /// What kind it is, for showing.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::ApiKey(_) => "API key",
            Self::PersonalAccessToken { .. } => "personal access token",
        }
    }

    /// Adds the headers that say who is calling.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) -> Result<(), InvalidOptionsError> {
        let bearer = format!("Bearer {}", self.secret());
        let mut bearer = header_value("the credentials", &bearer)?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        if let Self::PersonalAccessToken { workspace_id, .. } = self {
            headers.insert(WORKSPACE, header_value("the workspace id", workspace_id)?);
        }
        Ok(())
    }

    fn secret(&self) -> &str {
        match self {
            Self::ApiKey(secret) | Self::PersonalAccessToken { token: secret, .. } => &secret.0,
        }
    }

    /// The text without the secret, wherever a server may have repeated it.
    pub(crate) fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if text.contains(self.secret()) {
            Cow::Owned(text.replace(self.secret(), REDACTED))
        } else {
            Cow::Borrowed(text)
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
        let secret = self.secret().as_bytes();
        let Some(mut at) = find(&body, secret) else { return body };
        let mut clean = Vec::with_capacity(body.len());
        let mut rest = &body[..];
        loop {
            clean.extend_from_slice(&rest[..at]);
            clean.extend_from_slice(REDACTED.as_bytes());
            rest = &rest[at + secret.len()..];
            match find(rest, secret) {
                Some(next) => at = next,
                None => break,
            }
        }
        clean.extend_from_slice(rest);
        clean.into()
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// Credentials go into headers, and have no white space: what has some was copied with too much around it.
fn check_text(what: &str, text: &str) -> Result<(), InvalidOptionsError> {
    let problem = if text.trim().is_empty() {
        "is empty; give it a value"
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        "has white space or characters that a header cannot hold; copy it again without them"
    } else {
        return Ok(());
    };
    Err(InvalidOptionsError::new(format!("{what} {problem}")))
}

fn header_value(what: &str, text: &str) -> Result<HeaderValue, InvalidOptionsError> {
    HeaderValue::from_str(text).map_err(|_| {
        InvalidOptionsError::new(format!("{what} cannot stand in a header; copy it again"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Credentials {
        Credentials::api_key(Secret::new("seam_k1_secret")).unwrap()
    }

    fn refused(result: Result<Credentials, InvalidOptionsError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_api_key_is_told_what_it_is() {
        for (token, expected) in [
            ("seam_at1_secret", ".personal_access_token(token, workspace_id)"),
            ("seam_cst1_secret", "a client session token"),
            ("seam_pk1_secret", "a publishable key"),
            ("eyJhbGciOi.secret", "a console session token"),
            ("sk_live_secret", "an API key begins with `seam_`"),
            ("seam_", "copy the whole of it"),
            ("  ", "is empty"),
            ("seam_secret\n", "white space"),
            ("seam_secr\u{e9}t", "a header cannot hold"),
        ] {
            let message = refused(Credentials::api_key(Secret::new(token)));
            assert!(message.contains(expected), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn what_is_no_personal_access_token_is_told_what_it_is() {
        for (token, workspace, expected) in [
            ("seam_k1_secret", "w1", ".api_key(key)"),
            ("seam_cst1_secret", "w1", "a client session token"),
            ("secret", "w1", "begins with `seam_at`"),
            ("", "w1", "the personal access token is empty"),
            ("seam_at1_secret", " ", "the workspace id is empty"),
            ("seam_at1_secret", "w\r\n1", "the workspace id has white space"),
        ] {
            let token = Secret::new(token);
            let message = refused(Credentials::personal_access_token(token, workspace.to_owned()));
            assert!(message.contains(expected), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", key()), "ApiKey([redacted])");
        let mut headers = HeaderMap::new();
        key().add_headers(&mut headers).unwrap();
        assert!(!format!("{headers:?}").contains("seam_k1_secret"));
    }

    #[test]
    fn a_secret_is_taken_out_of_texts() {
        let key = key();
        assert_eq!(key.scrub("no such thing"), "no such thing");
        assert_eq!(key.scrub("`seam_k1_secret`, seam_k1_secret"), "`[redacted]`, [redacted]");
        let body = key.scrub_body(Bytes::from_static(b"\xffseam_k1_secret;seam_k1_secret!"));
        assert_eq!(&body[..], b"\xff[redacted];[redacted]!");
        let mut json = serde_json::json!({"a": ["seam_k1_secret", 1], "seam_k1_secret": null});
        key.scrub_json(&mut json);
        assert_eq!(json, serde_json::json!({"a": ["[redacted]", 1], "[redacted]": null}));
    }
}
