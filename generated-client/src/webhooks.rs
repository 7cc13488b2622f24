//! Verification of webhooks.
//!
//! Messages are signed as Svix and Standard Webhooks do it. [`Webhook::verify`] takes the headers and the body:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use seam_client::reqwest::header::HeaderMap;
//! use seam_client::webhooks::{Webhook, WebhookError};
//!
//! # let (headers, body) = (HeaderMap::new(), Vec::new());
//! let webhook = Webhook::new("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")?;
//! match webhook.verify::<serde_json::Value>(&headers, &body) {
//!     Ok(event) => println!("{event}"),
//!     Err(WebhookError::Forged(reason)) => println!("answer 401: {reason}"),
//!     Err(WebhookError::Stale(message)) => println!("answer 400: it was sent at {}", message.sent_at()),
//!     Err(error) => println!("genuine, but {error}"),
//! }
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use crate::error::InvalidOptionsError;

/// The tolerance of the time of a message, which is that of Svix.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// What some senders put before JSON.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The supported version of signatures.
const VERSION: &str = "v1";

/// The names of the headers: those of Svix and of Standard Webhooks.
const ID: [&str; 2] = ["svix-id", "webhook-id"];
const TIMESTAMP: [&str; 2] = ["svix-timestamp", "webhook-timestamp"];
const SIGNATURE: [&str; 2] = ["svix-signature", "webhook-signature"];

/// An endpoint that receives webhooks, with its secret.
pub struct Webhook {
    key: Vec<u8>,
}

impl Webhook {
    /// Creates the endpoint of a secret, which begins with `whsec_`.
    ///
    /// # Errors
    ///
    /// If the secret is invalid. The error does not show it.
    pub fn new(secret: &str) -> Result<Self, InvalidOptionsError> {
        let problem = |problem: &str| {
            InvalidOptionsError::new(format!(
                "the secret of the webhook {problem}; copy it from where the webhook was made, it begins with `whsec_`"
            ))
        };
        let text = secret.strip_prefix("whsec_").unwrap_or(secret);
        if text.is_empty() {
            return Err(problem("is empty"));
        }
        let key = STANDARD.decode(text).map_err(|_| problem("is not in base64"))?;
        Ok(Self { key })
    }

    /// Decodes a message, if it is genuine and was sent in the last five minutes.
    ///
    /// `body` has to be the unchanged body: JSON that was parsed and written again has another signature. It is repaired like
    /// a response.
    ///
    /// # Errors
    ///
    /// If the message is forged, stale, or not a `T`.
    pub fn verify<T: DeserializeOwned>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<T, WebhookError> {
        self.verify_at(headers, body, Timestamp::now())
    }

    /// [Verifies](Self::verify) a message at another time than now, for tests and for stored messages.
    ///
    /// # Errors
    ///
    /// As for [`Webhook::verify`].
    pub fn verify_at<T: DeserializeOwned>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<T, WebhookError> {
        let id = header(headers, ID)?;
        let seconds = header(headers, TIMESTAMP)?.parse().ok();
        let sent_at = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
        let sent_at = sent_at.ok_or(WebhookError::Forged("its timestamp is no time"))?;
        // The signature comes first, as it covers the time.
        if !self.is_genuine(id, sent_at, body, header(headers, SIGNATURE)?) {
            return Err(WebhookError::Forged("its signature is another one"));
        }
        if sent_at.duration_since(now).unsigned_abs() > TOLERANCE {
            return Err(WebhookError::Stale(StaleWebhook { id: id.to_owned(), sent_at }));
        }
        serde_json::from_slice(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)).map_err(
            |reason| {
                let body = Bytes::copy_from_slice(body);
                WebhookError::Unreadable(UnreadableWebhook { id: id.to_owned(), reason, body })
            },
        )
    }

    /// Whether one of `signatures` is that of the message, whose body need not be text.
    fn is_genuine(&self, id: &str, sent_at: Timestamp, body: &[u8], signatures: &str) -> bool {
        let mut signed = hmac_sha256::HMAC::new(&self.key);
        signed.update(format!("{id}.{}.", sent_at.as_second()));
        signed.update(body);
        let expected = format!("{VERSION},{}", STANDARD.encode(signed.finalize()));
        signatures
            .split(' ')
            .filter(|signature| signature.split(',').next() == Some(VERSION))
            .any(|signature| signature.as_bytes().ct_eq(expected.as_bytes()).into())
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

/// Returns the value of a header, by the first of its names that is present.
fn header<'a>(headers: &'a HeaderMap, names: [&'static str; 2]) -> Result<&'a str, WebhookError> {
    let value = names.iter().find_map(|name| headers.get(*name));
    let value = value.ok_or(WebhookError::Forged("a header of the signature is missing"))?;
    value.to_str().map_err(|_| WebhookError::Forged("a header of the signature is no text"))
}

/// Why a message was rejected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// The sender does not know the secret, or the message was changed on its way. Answer 401 and discard it.
    #[error("the webhook is forged: {0}")]
    Forged(&'static str),
    /// The message is genuine, but too old or from the future: it may be a replay.
    #[error("the webhook is stale: {0}")]
    Stale(StaleWebhook),
    /// The message is genuine and fresh, but of another type. Store it and answer 200, or it is sent again.
    #[error("the webhook cannot be read: {0}")]
    Unreadable(UnreadableWebhook),
}

/// A genuine message that was not sent recently.
#[derive(Clone, Debug)]
pub struct StaleWebhook {
    id: String,
    sent_at: Timestamp,
}

impl StaleWebhook {
    /// Returns the ID of the message, which stays when the message is sent again.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns when the message was sent.
    #[must_use]
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }
}

impl fmt::Display for StaleWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the message {} was sent at {}", self.id, self.sent_at)
    }
}

/// A genuine message of another type.
pub struct UnreadableWebhook {
    id: String,
    reason: serde_json::Error,
    body: Bytes,
}

impl UnreadableWebhook {
    /// Returns the ID of the message, which stays when the message is sent again.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns why it cannot be decoded.
    #[must_use]
    pub fn reason(&self) -> &serde_json::Error {
        &self.reason
    }

    /// Returns the unchanged body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for UnreadableWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the message {} is of another type: {}", self.id, self.reason)
    }
}

/// Leaves out the body, which may be private.
impl fmt::Debug for UnreadableWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadableWebhook")
            .field("id", &self.id)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}
