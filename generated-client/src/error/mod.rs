//! What can go wrong with a call.

mod api;
mod decode;
mod poll;
mod retry_after;
mod transport;
mod validation;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};
use serde::de::DeserializeOwned;

pub use self::api::{ApiError, InvalidInputError};
pub use self::decode::DecodeError;
pub use self::poll::ActionAttemptError;
pub(crate) use self::poll::Reason;
pub(crate) use self::transport::Failure;
pub use self::transport::{TimeoutError, TransportError};
pub use self::validation::ValidationErrors;
use crate::auth::Credentials;

/// Why a call did not give what it was made for.
///
/// No error shows the credentials of the client, not even where the server repeated them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server refused the call, or failed at it, and said so with its status.
    #[error(transparent)]
    Api(Box<ApiError>),
    /// The server did not accept the credentials (401).
    #[error(transparent)]
    Unauthorized(Box<ApiError>),
    /// The server found fault with what was sent, and says which part of it.
    #[error(transparent)]
    InvalidInput(Box<InvalidInputError>),
    /// The server accepted the call, and its answer cannot be read.
    #[error(transparent)]
    Decode(Box<DecodeError>),
    /// The connection could not be made, or broke.
    #[error(transparent)]
    Transport(Box<TransportError>),
    /// The time limit passed before the answer was complete.
    #[error(transparent)]
    Timeout(Box<TimeoutError>),
    /// What the call began was waited for, and failed.
    #[error(transparent)]
    ActionAttemptFailed(Box<ActionAttemptError>),
    /// What the call began was waited for, and was not over when the time limit had passed.
    #[error(transparent)]
    ActionAttemptTimeout(Box<ActionAttemptError>),
    /// What the call began was waited for, and the server would not say how it went: the source says why.
    #[error(transparent)]
    ActionAttemptLost(Box<ActionAttemptError>),
    /// The client cannot be set up, or the call not be written, with what was given. Nothing was sent.
    #[error(transparent)]
    InvalidOptions(#[from] InvalidOptionsError),
}

impl Error {
    /// The status of the answer, if one arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => Some(error.status()),
            Self::InvalidInput(error) => Some(error.api().status()),
            Self::Decode(error) => Some(error.status()),
            Self::Transport(error) => error.status(),
            Self::Timeout(error) => error.status(),
            Self::ActionAttemptFailed(error)
            | Self::ActionAttemptTimeout(error)
            | Self::ActionAttemptLost(error) => Some(error.status()),
            Self::InvalidOptions(_) => None,
        }
    }

    /// Seam's name for the call, which its support asks for; known once an answer has begun to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => error.request_id(),
            Self::InvalidInput(error) => error.api().request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Transport(error) => error.request_id(),
            Self::Timeout(error) => error.request_id(),
            Self::ActionAttemptFailed(error)
            | Self::ActionAttemptTimeout(error)
            | Self::ActionAttemptLost(error) => error.request_id(),
            Self::InvalidOptions(_) => None,
        }
    }

    /// How often the call was sent, the first attempt among them; 0 if it was not, as it could not be written.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => error.attempts(),
            Self::InvalidInput(error) => error.api().attempts(),
            Self::Decode(error) => error.attempts(),
            Self::Transport(error) => error.attempts(),
            Self::Timeout(error) => error.attempts(),
            Self::ActionAttemptFailed(error)
            | Self::ActionAttemptTimeout(error)
            | Self::ActionAttemptLost(error) => error.head.attempts,
            Self::InvalidOptions(_) => 0,
        }
    }

    /// What the server said, if it refused the call or failed at it.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => Some(error),
            Self::InvalidInput(error) => Some(error.api()),
            _ => None,
        }
    }

    /// What the call began, as it was last seen, if the wait for it did not end well.
    #[must_use]
    pub fn action_attempt(&self) -> Option<&ActionAttemptError> {
        match self {
            Self::ActionAttemptFailed(error)
            | Self::ActionAttemptTimeout(error)
            | Self::ActionAttemptLost(error) => Some(error),
            _ => None,
        }
    }

    /// What the server said as a type, if it refused the call or failed at it and said something of that kind. Operations
    /// list the types that they describe.
    #[must_use]
    pub fn decode<T: DeserializeOwned>(&self) -> Option<T> {
        self.api()?.decode().ok()
    }

    /// How long the server asks to wait before the next call, from the header `retry-after`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => error.retry_after(),
            Self::InvalidInput(error) => error.api().retry_after(),
            _ => None,
        }
    }

    /// Whether the same call may succeed later: the status was 429 or 5xx, or the connection or the time limit gave out
    /// before an answer began. A certificate that cannot be trusted stays one.
    ///
    /// It does not say that calling again is harmless: without an answer, or with a 5xx, the server may have carried the
    /// call out. It is false where the server [had accepted](Self::was_accepted) the call.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => {
                error.status() == StatusCode::TOO_MANY_REQUESTS || error.status().is_server_error()
            }
            Self::Transport(_) | Self::Timeout(_) => self.may_pass() && !self.was_accepted(),
            _ => false,
        }
    }

    /// Whether another attempt may have a better end, whatever the server made of this one: to ask again what only reads
    /// is harmless.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Transport(error) => error.may_pass(),
            Self::Timeout(_) => true,
            error => error.is_retryable(),
        }
    }

    /// Whether anything may have reached the server. If not, no connection could be made, or there was nothing to send, so
    /// that the same call again cannot be a second one.
    ///
    /// It is about the last attempt; an earlier one is only followed by another where a second call does no harm.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        match self {
            Self::Transport(error) => error.was_sent(),
            Self::InvalidOptions(_) => false,
            _ => true,
        }
    }

    /// Whether the server had accepted the call, with a status of 2xx, before something went wrong with its answer. The
    /// same call again would be a second one.
    #[must_use]
    pub fn was_accepted(&self) -> bool {
        self.status().is_some_and(|status| status.is_success())
    }

    /// Which of them it is, in a word.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Api(_) => "api",
            Self::Unauthorized(_) => "unauthorized",
            Self::InvalidInput(_) => "invalid_input",
            Self::Decode(_) => "decode",
            Self::Transport(_) => "transport",
            Self::Timeout(_) => "timeout",
            Self::ActionAttemptFailed(_) => "action_attempt_failed",
            Self::ActionAttemptTimeout(_) => "action_attempt_timeout",
            Self::ActionAttemptLost(_) => "action_attempt_lost",
            Self::InvalidOptions(_) => "invalid_options",
        }
    }
}

/// What an option cannot be, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct InvalidOptionsError {
    message: String,
}

impl InvalidOptionsError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// The beginning of an answer, as errors keep it.
#[derive(Clone, Debug)]
pub(crate) struct ResponseMeta {
    /// The path of the operation.
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) request_id: Option<String>,
    /// How often the call had been sent by then.
    pub(crate) attempts: u32,
}

impl ResponseMeta {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: &HeaderMap,
        attempts: u32,
        credentials: &Credentials,
    ) -> Self {
        let request_id = headers.get(REQUEST_ID).map(|id| String::from_utf8_lossy(id.as_bytes()));
        let request_id = request_id.map(|id| credentials.scrub(&id).into_owned());
        Self { operation, status, request_id, attempts }
    }
}

/// The header that names a call.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("seam-request-id");

/// Adds to a message what the server calls the call, and how often it was sent if that was more than once.
struct RequestTrace<'a>(Option<&'a str>, u32);

impl fmt::Display for RequestTrace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self(Some(id), 0 | 1) => write!(f, " (request id {id})"),
            Self(Some(id), attempts) => write!(f, " (request id {id}, {attempts} attempts)"),
            Self(None, 0 | 1) => Ok(()),
            Self(None, attempts) => write!(f, " ({attempts} attempts)"),
        }
    }
}

/// A body that shows only its length.
#[derive(Clone)]
struct HiddenBody(Bytes);

impl fmt::Debug for HiddenBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0.len())
    }
}
