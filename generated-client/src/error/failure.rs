//! Why a transport has no complete response.

use std::io;

use super::invalid_options::InvalidOptionsError;
use crate::platform::was_not_sent;

/// The error of another crate.
pub(crate) type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a [`Transport`](crate::transport::Transport) has no complete response to a request.
///
/// Which it is decides whether the request is sent again: see [`RetryPolicy`](crate::retry::RetryPolicy).
#[derive(Debug)]
pub struct TransportFailure(FailureKind);

#[derive(Debug)]
pub(crate) enum FailureKind {
    NotSent(Source),
    Untrusted(Source),
    Broken(Source),
    Timeout(Option<Source>),
    Rejected(InvalidOptionsError),
}

impl TransportFailure {
    /// No connection could be made, so nothing was sent. Any request may be sent again.
    pub fn not_sent(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(FailureKind::NotSent(source.into()))
    }

    /// The server cannot be trusted, so nothing was sent. The request is not sent again.
    pub fn untrusted(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(FailureKind::Untrusted(source.into()))
    }

    /// The connection broke. The server may have received the request.
    pub fn broken(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(FailureKind::Broken(source.into()))
    }

    /// A time limit of the transport passed. The server may have received the request.
    pub fn timeout(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(FailureKind::Timeout(Some(source.into())))
    }

    /// The request cannot be sent as it is, so nothing was sent. It becomes [`Error::InvalidOptions`](super::Error) with
    /// this message, and is not sent again.
    pub fn rejected(message: impl Into<String>) -> Self {
        Self(FailureKind::Rejected(InvalidOptionsError::new(message)))
    }

    /// The time limit of the client passed.
    pub(crate) fn late() -> Self {
        Self(FailureKind::Timeout(None))
    }

    pub(crate) fn into_kind(self) -> FailureKind {
        self.0
    }
}

impl From<InvalidOptionsError> for TransportFailure {
    fn from(error: InvalidOptionsError) -> Self {
        Self(FailureKind::Rejected(error))
    }
}

impl From<reqwest::Error> for TransportFailure {
    fn from(error: reqwest::Error) -> Self {
        // The operation says where the request went. The URL can be long or private.
        let error = error.without_url();
        // A connection timeout means that the request was not sent, so it is not reported as a timeout.
        Self(if was_not_sent(&error) {
            if is_untrusted(&error) {
                FailureKind::Untrusted(error.into())
            } else {
                FailureKind::NotSent(error.into())
            }
        } else if error.is_timeout() {
            FailureKind::Timeout(Some(error.into()))
        } else {
            FailureKind::Broken(error.into())
        })
    }
}

/// Whether the connection was refused because of what the server presents: rustls reports that as invalid data. A server
/// that hangs up is another case, and may answer next time.
fn is_untrusted(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(io) if io.kind() == io::ErrorKind::InvalidData => return true,
            // `io::Error` leaves the error that it wraps out of its sources.
            Some(io) => io.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    false
}
