//! Connections that fail, and responses that do not arrive in time.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;

use super::failure::Source;
use super::meta::{RequestTrace, ResponseMeta};

/// How far a request may have got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// No connection was made.
    NotSent,
    /// The server could not be trusted, so nothing was sent.
    Untrusted,
    /// The server may have received the request.
    Sent,
}

/// A connection failed or broke. The network's own error is the [source](std::error::Error::source).
#[derive(Debug)]
pub struct TransportError {
    pub(super) operation: &'static str,
    pub(super) meta: Option<ResponseMeta>,
    pub(super) attempts: u32,
    pub(super) reach: Reach,
    pub(super) source: Source,
}

impl TransportError {
    /// Returns the path of the operation as the document writes it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the status, if the response had begun to arrive. It is a success: other statuses are an
    /// [`Error::Api`](super::Error::Api) even if their body is incomplete.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.meta.as_ref().map(|meta| meta.status)
    }

    /// Returns the request ID, if the response had begun to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.as_ref()?.request_id.as_deref()
    }

    /// Returns how often the request was sent or tried, including the first attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether the last attempt may have reached the server. It has not if no connection could be made.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.reach == Reach::Sent
    }

    /// Whether another attempt may succeed. It will not if the server's certificate cannot be trusted.
    pub(super) fn may_pass(&self) -> bool {
        self.reach != Reach::Untrusted
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        if let Some(ResponseMeta { status, .. }) = &self.meta {
            write!(
                f,
                "the server had accepted {operation} ({status}), but the connection broke before its response was \
                 complete; look at what has changed before calling again"
            )?;
        } else if self.was_sent() {
            write!(
                f,
                "the connection broke before {operation} was answered; the server may have carried it out"
            )?;
        } else if self.may_pass() {
            write!(f, "no connection for {operation}; check the endpoint and the network")?;
        } else {
            write!(
                f,
                "no safe connection for {operation}: TLS failed, above all where a certificate cannot be trusted; check \
                 the endpoint, the certificates of this machine and its clock"
            )?;
        }
        RequestTrace(self.request_id(), self.attempts).fmt(f)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// The time limit passed before the response was complete and decoded.
#[derive(Debug)]
pub struct TimeoutError {
    pub(super) operation: &'static str,
    pub(super) meta: Option<ResponseMeta>,
    pub(super) attempts: u32,
    pub(super) waited: Duration,
    pub(super) source: Option<Source>,
}

impl TimeoutError {
    /// Returns the path of the operation as the document writes it.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the status, if the response had begun to arrive. It is a success: other statuses are an
    /// [`Error::Api`](super::Error::Api) even if their body is incomplete.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.meta.as_ref().map(|meta| meta.status)
    }

    /// Returns the request ID, if the response had begun to arrive.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.as_ref()?.request_id.as_deref()
    }

    /// Returns how often the request was sent, including the first attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long the request had taken, with all its attempts and the waits between them.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        let waited = self.waited.as_secs_f64();
        if let Some(ResponseMeta { status, .. }) = &self.meta {
            write!(
                f,
                "the server had accepted {operation} ({status}), but its response was not complete and decoded after {waited:.1} s; \
                 look at what has changed before calling again"
            )?;
        } else {
            write!(
                f,
                "no response to {operation} after {waited:.1} s; the server may still carry it out; `.timeout(…)` sets \
                 the limit"
            )?;
        }
        RequestTrace(self.request_id(), self.attempts).fmt(f)
    }
}

impl std::error::Error for TimeoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
