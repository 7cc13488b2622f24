//! Ends of waiting that are no success.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Error, RequestTrace, ResponseMeta};

/// What a call began, as it was last seen, where waiting for it did not end well.
///
/// The server had accepted the call: the same call again would be a second one.
pub struct ActionAttemptError {
    /// That of the call which began it.
    pub(crate) operation: &'static str,
    /// That of the answer in which it was last seen.
    pub(crate) head: ResponseMeta,
    pub(crate) id: Option<String>,
    pub(crate) status: Option<String>,
    /// What it says about what went wrong.
    pub(crate) error: Value,
    pub(crate) attempt: Value,
    pub(crate) waited: Duration,
    pub(crate) reason: Reason,
    pub(crate) source: Option<Error>,
}

/// Why waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Failed,
    Timeout,
    Lost,
}

impl ActionAttemptError {
    /// The path of the operation that began it, such as `/locks/lock_door`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Its id, by which it can be looked at again; none only where it failed at once and had none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What it said about how far it was, such as `pending`.
    #[must_use]
    pub fn attempt_status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// The kind of failure, such as `device_not_connected`; none where it did not fail, or does not say.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.error.get("type")?.as_str()
    }

    /// What it says about its failure, in words; none where it did not fail, or does not say.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.error.get("message").unwrap_or(&self.error).as_str()
    }

    /// All of it as JSON.
    #[must_use]
    pub fn attempt(&self) -> &Value {
        &self.attempt
    }

    /// All of it as a type.
    ///
    /// # Errors
    ///
    /// Where it is no such type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.attempt)
    }

    /// How long it had been waited for, from the moment when the call was sent.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// The status of the answer in which it was last seen, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Seam's name for the call in whose answer it was last seen.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
    }
}

impl fmt::Display for ActionAttemptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        let waited = self.waited.as_secs_f64();
        match self.reason {
            Reason::Failed => write!(f, "the server had accepted {operation}, but it failed")?,
            Reason::Timeout => write!(
                f,
                "the server had accepted {operation}, and it was not over after {waited:.1} s; it may still be \
                 carried out; `.timeout(…)` sets the limit"
            )?,
            Reason::Lost => write!(
                f,
                "the server had accepted {operation}, but how it went cannot be found out; look at what has changed \
                 before calling again"
            )?,
        }
        for part in [self.error_type(), self.message()].into_iter().flatten() {
            write!(f, ": {part}")?;
        }
        if let Some(id) = &self.id {
            write!(f, " (id {id})")?;
        }
        RequestTrace(self.request_id(), 1).fmt(f)?;
        self.source.as_ref().map_or(Ok(()), |source| write!(f, ": {source}"))
    }
}

impl From<ActionAttemptError> for Error {
    fn from(error: ActionAttemptError) -> Self {
        let reason = error.reason;
        let error = Box::new(error);
        match reason {
            Reason::Failed => Self::ActionAttemptFailed(error),
            Reason::Timeout => Self::ActionAttemptTimeout(error),
            Reason::Lost => Self::ActionAttemptLost(error),
        }
    }
}

/// Shows which it is, and not what is in it, which may be for no log.
impl fmt::Debug for ActionAttemptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionAttemptError")
            .field("operation", &self.operation)
            .field("id", &self.id)
            .field("status", &self.status)
            .field("error", &self.error)
            .field("waited", &self.waited)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ActionAttemptError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
