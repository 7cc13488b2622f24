//! Webhooks: whether a message is genuine and fresh, and what it says.
//!
//! Messages are signed in the manner of Svix and Standard Webhooks. [`Webhook::verify`] takes one as it arrived:
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

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use crate::error::InvalidOptionsError;

/// How far the time of a message may be from now, as Svix has it.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// The version of the signatures that are looked at.
const VERSION: &str = "v1";

/// The names that the headers have, by Svix and by Standard Webhooks.
const ID: [&str; 2] = ["svix-id", "webhook-id"];
const TIMESTAMP: [&str; 2] = ["svix-timestamp", "webhook-timestamp"];
const SIGNATURE: [&str; 2] = ["svix-signature", "webhook-signature"];

/// An endpoint that webhooks are sent to, by its secret.
pub struct Webhook {
    key: standardwebhooks::Webhook,
}

impl Webhook {
    /// Takes the secret of the endpoint, which begins with `whsec_`.
    ///
    /// # Errors
    ///
    /// If it is no secret of an endpoint. The error does not show it.
    pub fn new(secret: &str) -> Result<Self, InvalidOptionsError> {
        let problem = |problem: &str| {
            InvalidOptionsError::new(format!(
                "the secret of the webhook {problem}; copy it from where the webhook was made, it begins with `whsec_`"
            ))
        };
        if secret.strip_prefix("whsec_").unwrap_or(secret).is_empty() {
            return Err(problem("is empty"));
        }
        let key =
            standardwebhooks::Webhook::new(secret).map_err(|_| problem("is not in base64"))?;
        Ok(Self { key })
    }

    /// What a message says, if it is genuine and was sent in the last five minutes.
    ///
    /// `body` is what arrived, byte for byte: JSON that was parsed and written again has another signature. What it lacks
    /// is put right as in an answer, but for what identifies it.
    ///
    /// # Errors
    ///
    /// Says whether the message is forged, stale, or genuine and not a `T`.
    pub fn verify<T: DeserializeOwned>(
        &self,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<T, WebhookError> {
        self.verify_at(headers, body, Timestamp::now())
    }

    /// The same at another time than now, for tests and for messages that were kept.
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
        // The signature comes first: what an unsigned message says of its age is worth nothing.
        self.check(id, sent_at, body, header(headers, SIGNATURE)?)?;
        if sent_at.duration_since(now).unsigned_abs() > TOLERANCE {
            return Err(WebhookError::Stale(StaleWebhook { id: id.to_owned(), sent_at }));
        }
        serde_json::from_slice(body).map_err(|reason| {
            let body = Bytes::copy_from_slice(body);
            WebhookError::Unreadable(UnreadableWebhook { id: id.to_owned(), reason, body })
        })
    }

    /// Whether one of `signatures` is the one that the message should have.
    fn check(
        &self,
        id: &str,
        sent_at: Timestamp,
        body: &[u8],
        signatures: &str,
    ) -> Result<(), WebhookError> {
        let expected = self.key.sign(id, sent_at.as_second(), body);
        let expected = expected.map_err(|_| WebhookError::Forged("its body is no text"))?;
        let is_genuine = signatures
            .split(' ')
            .filter(|signature| signature.split(',').next() == Some(VERSION))
            .any(|signature| signature.as_bytes().ct_eq(expected.as_bytes()).into());
        is_genuine.then_some(()).ok_or(WebhookError::Forged("its signature is another one"))
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

/// The value of a header under the first of its names that is there.
fn header<'a>(headers: &'a HeaderMap, names: [&'static str; 2]) -> Result<&'a str, WebhookError> {
    let value = names.iter().find_map(|name| headers.get(*name));
    let value = value.ok_or(WebhookError::Forged("a header of the signature is missing"))?;
    value.to_str().map_err(|_| WebhookError::Forged("a header of the signature is no text"))
}

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// Whoever sent it does not know the secret, or it was changed on its way. Answer 401, and forget it.
    #[error("the webhook is forged: {0}")]
    Forged(&'static str),
    /// It is genuine, and too old or from the future: it may have been sent once more by somebody who saw it.
    #[error("the webhook is stale: it was sent at {}", .0.sent_at)]
    Stale(StaleWebhook),
    /// It is genuine and fresh, and not what was expected. Answer 200 after keeping it, or it is sent again.
    #[error("the webhook cannot be read: {}", .0.reason)]
    Unreadable(UnreadableWebhook),
}

/// A genuine message that was not sent now.
#[derive(Clone, Debug)]
pub struct StaleWebhook {
    id: String,
    sent_at: Timestamp,
}

impl StaleWebhook {
    /// The id of the message, which it keeps when it is sent again.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When it was sent.
    #[must_use]
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }
}

/// A genuine message that is not what was expected.
pub struct UnreadableWebhook {
    id: String,
    reason: serde_json::Error,
    body: Bytes,
}

impl UnreadableWebhook {
    /// The id of the message, which it keeps when it is sent again.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is wrong with it.
    #[must_use]
    pub fn reason(&self) -> &serde_json::Error {
        &self.reason
    }

    /// The body as it arrived.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

/// Shows what is wrong, and not what the message says, which may be for no log.
impl fmt::Debug for UnreadableWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadableWebhook")
            .field("id", &self.id)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}
