//! Connections that fail, and answers that do not arrive in time.

use std::time::Duration;
use std::{fmt, io};

use reqwest::StatusCode;

use super::{Error, InvalidOptionsError, RequestTrace, ResponseMeta};
use crate::platform::was_not_sent;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why an attempt has no complete answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There was no connection to send anything through.
    NotSent(Source),
    /// There was a server, and no agreement with it on TLS: above all, its certificate cannot be trusted.
    NotTrusted(Source),
    /// The connection broke.
    Broken(Source),
    /// The time limit passed, that of the client or one of the HTTP client itself.
    Late(Option<Source>),
    /// It is a fake that carries requests, and it was not told about this one.
    #[allow(dead_code, reason = "there are fakes with the feature `testing` only")]
    Refused(InvalidOptionsError),
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        // The operation says where, without the address, which can be long or private.
        let error = error.without_url();
        // A connection that was not made in time is above all one that was not made.
        if was_not_sent(&error) {
            if is_refusal(&error) {
                Self::NotTrusted(error.into())
            } else {
                Self::NotSent(error.into())
            }
        } else if error.is_timeout() {
            Self::Late(Some(error.into()))
        } else {
            Self::Broken(error.into())
        }
    }
}

/// Whether a connection is refused for what the server shows, and not for the state of the network: rustls says so in an
/// error about data that cannot be. A server that hangs up is another thing, and may do better next time.
fn is_refusal(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(io) if io.kind() == io::ErrorKind::InvalidData => return true,
            // What it wraps it leaves out of its own sources.
            Some(io) => io.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    false
}

/// Whether anything may have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Nowhere,
    /// Nowhere that can be trusted.
    Stranger,
    Server,
}

/// A connection could not be made, or it broke. What the network said is the [source](std::error::Error::source).
#[derive(Debug)]
pub struct TransportError {
    operation: &'static str,
    head: Option<ResponseMeta>,
    attempts: u32,
    reach: Reach,
    source: Source,
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

    /// How often the call was sent, or tried to be, the first attempt among them.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether anything may have reached the server with the last attempt; not if no connection could be made.
    #[must_use]
    pub fn was_sent(&self) -> bool {
        self.reach == Reach::Server
    }

    /// Whether another attempt may have a better end: not where the server's certificate cannot be trusted, or TLS fails in
    /// another way that is no accident.
    pub(super) fn may_pass(&self) -> bool {
        self.reach != Reach::Stranger
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        if let Some(ResponseMeta { status, .. }) = &self.head {
            write!(
                f,
                "the server had accepted {operation} ({status}), but the connection broke before its answer was \
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

/// The time limit passed before the answer was complete.
#[derive(Debug)]
pub struct TimeoutError {
    operation: &'static str,
    head: Option<ResponseMeta>,
    attempts: u32,
    waited: Duration,
    source: Option<Source>,
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

    /// How often the call was sent, the first attempt among them.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the call had taken until then, with all its attempts and the waits between them.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        let waited = self.waited.as_secs_f64();
        if let Some(ResponseMeta { status, .. }) = &self.head {
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
        RequestTrace(self.request_id(), self.attempts).fmt(f)
    }
}

impl std::error::Error for TimeoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl Error {
    /// Says what a failed attempt means for a call, whose accepting answer may have begun to arrive.
    pub(crate) fn from_failure(
        operation: &'static str,
        head: Option<ResponseMeta>,
        attempts: u32,
        waited: Duration,
        failure: Failure,
    ) -> Self {
        let broken = |head, reach, source| {
            let error = TransportError { operation, head, attempts, reach, source };
            Self::Transport(Box::new(error))
        };
        match (failure, head) {
            (Failure::NotSent(source), None) => broken(None, Reach::Nowhere, source),
            (Failure::NotTrusted(source), None) => broken(None, Reach::Stranger, source),
            (
                Failure::NotSent(source) | Failure::NotTrusted(source) | Failure::Broken(source),
                head,
            ) => broken(head, Reach::Server, source),
            (Failure::Late(source), head) => {
                let error = TimeoutError { operation, head, attempts, waited, source };
                Self::Timeout(Box::new(error))
            }
            (Failure::Refused(error), _) => Self::InvalidOptions(error),
        }
    }
}
