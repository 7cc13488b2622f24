//! Converts a failure of the transport to an error.

use std::time::Duration;

use super::failure::{FailureKind, TransportFailure};
use super::meta::ResponseMeta;
use super::transport::{Reach, TimeoutError, TransportError};
use super::variants::Error;

impl Error {
    /// Converts a failed attempt to an error. `meta` is set if a response with a success status had begun to arrive.
    pub(crate) fn from_failure(
        operation: &'static str,
        meta: Option<ResponseMeta>,
        attempts: u32,
        waited: Duration,
        failure: TransportFailure,
    ) -> Self {
        let broken = |meta, reach, source| {
            let error = TransportError { operation, meta, attempts, reach, source };
            Self::Transport(Box::new(error))
        };
        match (failure.into_kind(), meta) {
            (FailureKind::NotSent(source), None) => broken(None, Reach::NotSent, source),
            (FailureKind::Untrusted(source), None) => broken(None, Reach::Untrusted, source),
            (
                FailureKind::NotSent(source)
                | FailureKind::Untrusted(source)
                | FailureKind::Broken(source),
                meta,
            ) => broken(meta, Reach::Sent, source),
            (FailureKind::Timeout(source), meta) => {
                let error = TimeoutError { operation, meta, attempts, waited, source };
                Self::Timeout(Box::new(error))
            }
            (FailureKind::Rejected(error), _) => Self::InvalidOptions(error),
        }
    }
}
