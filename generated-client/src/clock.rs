//! The clock. All code asks it for the time, so that tests can stop it.

use std::time::Duration;

pub(crate) use crate::platform::{Instant, sleep, sleep_until};

/// Returns the moment `limit` after `start`, or `None` if it is beyond the range of the clock.
pub(crate) fn after(start: Instant, limit: Duration) -> Option<Instant> {
    start.checked_add(limit)
}

/// Awaits the future, and gives up at `end` with `None`.
pub(crate) async fn until<F: Future>(end: Option<Instant>, future: F) -> Option<F::Output> {
    match end {
        Some(end) => crate::platform::timeout_at(end, future).await.ok(),
        None => Some(future.await),
    }
}
