//! Connections that fail, and answers that do not arrive in time.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;

use super::{Error, Head, RequestId};

/// A connection could not be made, or it broke. What the network said is the [source](std::error::Error::source).
#[derive(Debug)]
pub struct TransportError {
    operation: &'static str,
    head: Option<Head>,
    source: reqwest::Error,
}

impl TransportError {
    /// The path of the operation, such as `/acs/credentials/assign`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status, if the answer had begun to arrive. It is a success: of other answers the status says it all.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|head| head.status)
    }

    /// Seam's name for the call, if the answer had begun to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.as_ref()?.request_id.as_deref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        if let Some(Head { status, .. }) = &self.head {
            write!(
                f,
                "the server had accepted {operation} ({status}), but the connection broke before its answer was \
                 complete; look at what has changed before calling again"
            )?;
        } else if self.source.is_connect() {
            write!(f, "no connection for {operation}; check the endpoint and the network")?;
        } else {
            write!(
                f,
                "the connection broke before {operation} was answered; the server may have carried it out"
            )?;
        }
        RequestId(self.request_id()).fmt(f)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The time limit passed before the answer was complete.
#[derive(Debug)]
pub struct TimeoutError {
    operation: &'static str,
    head: Option<Head>,
    waited: Duration,
    source: reqwest::Error,
}

impl TimeoutError {
    /// The path of the operation, such as `/acs/credentials/assign`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status, if the answer had begun to arrive. It is a success: of other answers the status says it all.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.head.as_ref().map(|head| head.status)
    }

    /// Seam's name for the call, if the answer had begun to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.as_ref()?.request_id.as_deref()
    }

    /// How long the call had taken until then.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        let waited = self.waited.as_secs_f64();
        if let Some(Head { status, .. }) = &self.head {
            write!(
                f,
                "the server had accepted {operation} ({status}), but its answer was not complete after {waited:.1} s; \
                 look at what has changed before calling again"
            )?;
        } else {
            write!(
                f,
                "no answer to {operation} after {waited:.1} s; the server may still carry it out; `.timeout(…)` sets \
                 the limit"
            )?;
        }
        RequestId(self.request_id()).fmt(f)
    }
}

impl std::error::Error for TimeoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl Error {
    /// Says what a broken connection means for a call, whose accepting answer may have begun to arrive.
    pub(crate) fn from_transport(
        operation: &'static str,
        head: Option<Head>,
        waited: Duration,
        source: reqwest::Error,
    ) -> Self {
        // The operation says where, without the address, which can be long or private.
        let source = source.without_url();
        if source.is_timeout() {
            Self::Timeout(Box::new(TimeoutError { operation, head, waited, source }))
        } else {
            Self::Transport(Box::new(TransportError { operation, head, source }))
        }
    }
}
