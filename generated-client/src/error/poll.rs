//! Polling that did not end with a success.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::failure::Source;
use super::meta::{RequestTrace, ResponseMeta};

/// The last known state of a long-running operation that failed or did not end.
///
/// The state is an object with an ID and a status of its own. The server had accepted the request that started the
/// operation: sending it again would repeat its effect.
pub struct PollError {
    /// The path of the operation that started the object.
    pub(crate) operation: &'static str,
    /// The metadata of the last response that held the object.
    pub(crate) meta: ResponseMeta,
    pub(crate) id: Option<String>,
    pub(crate) status: Option<String>,
    /// The object's description of its failure.
    pub(crate) error: Value,
    pub(crate) object: Value,
    pub(crate) waited: Duration,
    pub(crate) reason: PollEnd,
    pub(crate) source: Option<Source>,
}

/// Why polling ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PollEnd {
    Failed,
    Timeout,
    Lost,
}

impl PollError {
    /// Returns the path of the operation that started the object.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the ID of the object, by which it can be polled again; `None` only if it failed at once and had none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Returns the object's own status, such as `pending`.
    #[must_use]
    pub fn object_status(&self) -> Option<&str> {
        self.status.as_deref()
    }

    /// Returns the type of the failure, such as `device_not_connected`, if it failed and has one.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.error.get("type")?.as_str()
    }

    /// Returns the message of the failure, if it failed and has one.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.error.get("message").unwrap_or(&self.error).as_str()
    }

    /// Returns the object as JSON.
    #[must_use]
    pub fn object(&self) -> &Value {
        &self.object
    }

    /// Decodes the object.
    ///
    /// # Errors
    ///
    /// If the object is of another type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.object)
    }

    /// Returns how long the object was waited for, counted from when the request was sent.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// Returns the status of the last response that held the object, which is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Returns the ID of the request whose response last held the object.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }
}

impl fmt::Display for PollError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        let waited = self.waited.as_secs_f64();
        match self.reason {
            PollEnd::Failed => write!(f, "the server had accepted {operation}, but it failed")?,
            PollEnd::Timeout => write!(
                f,
                "the server had accepted {operation}, but it had not ended after {waited:.1} s; it may still be \
                 carried out; `.timeout(…)` sets the limit"
            )?,
            PollEnd::Lost => write!(
                f,
                "the server had accepted {operation}, but its outcome cannot be found out; look at what has changed \
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

/// Leaves out the object, which may hold private data.
impl fmt::Debug for PollError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollError")
            .field("operation", &self.operation)
            .field("id", &self.id)
            .field("status", &self.status)
            .field("error", &self.error)
            .field("waited", &self.waited)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for PollError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
