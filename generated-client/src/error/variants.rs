//! The error type.

use std::time::Duration;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::api::{ApiError, InvalidInputError};
use super::decode::DecodeError;
use super::invalid_options::InvalidOptionsError;
use super::poll::{PollEnd, PollError};
use super::transport::{TimeoutError, TransportError};

/// Why a request failed.
///
/// No error shows the client's credentials, even if the server repeated them: they are redacted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server answered with a status that is not a success.
    #[error(transparent)]
    Api(Box<ApiError>),
    /// The server did not accept the credentials (401).
    #[error(transparent)]
    Unauthorized(Box<ApiError>),
    /// The server rejected parameters, and says which.
    #[error(transparent)]
    InvalidInput(Box<InvalidInputError>),
    /// The server accepted the request, but its response cannot be read.
    #[error(transparent)]
    Decode(Box<DecodeError>),
    /// The connection failed or broke.
    #[error(transparent)]
    Transport(Box<TransportError>),
    /// The time limit passed before the response was complete and decoded.
    #[error(transparent)]
    Timeout(Box<TimeoutError>),
    /// The long-running operation that the request started has failed.
    #[error(transparent)]
    PollFailed(Box<PollError>),
    /// The long-running operation that the request started had not ended when the time limit passed.
    #[error(transparent)]
    PollTimeout(Box<PollError>),
    /// The long-running operation that the request started can no longer be polled. The source says why.
    #[error(transparent)]
    PollLost(Box<PollError>),
    /// An option or a parameter cannot be used. Nothing was sent.
    #[error(transparent)]
    InvalidOptions(#[from] InvalidOptionsError),
}

impl Error {
    /// Returns the status of the response, if one arrived.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => Some(error.status()),
            Self::InvalidInput(error) => Some(error.api().status()),
            Self::Decode(error) => Some(error.status()),
            Self::Transport(error) => error.status(),
            Self::Timeout(error) => error.status(),
            Self::PollFailed(error) | Self::PollTimeout(error) | Self::PollLost(error) => {
                Some(error.status())
            }
            Self::InvalidOptions(_) => None,
        }
    }

    /// Returns the request ID, by which the API's support finds the request. It is known once a response begins to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => error.request_id(),
            Self::InvalidInput(error) => error.api().request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Transport(error) => error.request_id(),
            Self::Timeout(error) => error.request_id(),
            Self::PollFailed(error) | Self::PollTimeout(error) | Self::PollLost(error) => {
                error.request_id()
            }
            Self::InvalidOptions(_) => None,
        }
    }

    /// Returns how often the request was sent, including the first attempt; 0 if it was not sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => error.attempts(),
            Self::InvalidInput(error) => error.api().attempts(),
            Self::Decode(error) => error.attempts(),
            Self::Transport(error) => error.attempts(),
            Self::Timeout(error) => error.attempts(),
            Self::PollFailed(error) | Self::PollTimeout(error) | Self::PollLost(error) => {
                error.meta.attempts
            }
            Self::InvalidOptions(_) => 0,
        }
    }

    /// Returns the server's response, if its status is not a success.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => Some(error),
            Self::InvalidInput(error) => Some(error.api()),
            _ => None,
        }
    }

    /// Returns the last known state of the long-running operation that the request started, if polling it failed.
    #[must_use]
    pub fn poll(&self) -> Option<&PollError> {
        match self {
            Self::PollFailed(error) | Self::PollTimeout(error) | Self::PollLost(error) => {
                Some(error)
            }
            _ => None,
        }
    }

    /// Decodes the body of an error response, or returns `None` if there is none of this type. Operations list the types
    /// that they describe.
    #[must_use]
    pub fn decode<T: DeserializeOwned>(&self) -> Option<T> {
        self.api()?.decode().ok()
    }

    /// Returns how long the server asks to wait before the next request (`retry-after`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) | Self::Unauthorized(error) => error.retry_after(),
            Self::InvalidInput(error) => error.api().retry_after(),
            _ => None,
        }
    }

    /// Whether the same request may succeed later: the status was 429 or 5xx, or the connection failed or the time limit
    /// passed before a response began. An untrusted certificate is not retryable.
    ///
    /// A retry is not necessarily harmless: without a response, or with a 5xx, the server may have carried out the
    /// request. The result is false if the server [had accepted](Self::was_accepted) the request.
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

    /// Whether another attempt may succeed, even if the server had accepted this one. For requests that only read.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Transport(error) => error.may_pass(),
            Self::Timeout(_) => true,
            error => error.is_retryable(),
        }
    }

    /// Whether the last attempt may have reached the server. If it is false, sending the request again cannot repeat its
    /// effect: no connection could be made, or nothing was sent.
    ///
    /// Earlier attempts do not count: they are only followed by another one if the effect may be repeated.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        match self {
            Self::Transport(error) => error.was_sent(),
            Self::InvalidOptions(_) => false,
            _ => true,
        }
    }

    /// Whether the server had accepted the request with a 2xx status before the response failed. Sending it again would
    /// repeat its effect.
    #[must_use]
    pub fn was_accepted(&self) -> bool {
        self.status().is_some_and(|status| status.is_success())
    }

    /// Returns the name of the variant, for `tracing`.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Api(_) => "api",
            Self::Unauthorized(_) => "unauthorized",
            Self::InvalidInput(_) => "invalid_input",
            Self::Decode(_) => "decode",
            Self::Transport(_) => "transport",
            Self::Timeout(_) => "timeout",
            Self::PollFailed(_) => "poll_failed",
            Self::PollTimeout(_) => "poll_timeout",
            Self::PollLost(_) => "poll_lost",
            Self::InvalidOptions(_) => "invalid_options",
        }
    }
}

impl From<PollError> for Error {
    fn from(error: PollError) -> Self {
        let reason = error.reason;
        let error = Box::new(error);
        match reason {
            PollEnd::Failed => Self::PollFailed(error),
            PollEnd::Timeout => Self::PollTimeout(error),
            PollEnd::Lost => Self::PollLost(error),
        }
    }
}
