//! Time: the one place that asks for it, so that everything else goes by the same clock, and tests can stop it.

use std::time::Duration;

pub(crate) use crate::platform::{Instant, sleep, sleep_until};

/// The moment at which `limit` will have passed since `start`; none if that is further off than clocks go.
pub(crate) fn after(start: Instant, limit: Duration) -> Option<Instant> {
    start.checked_add(limit)
}

/// What the future gives, or nothing if it does not until `end`.
pub(crate) async fn until<F: Future>(end: Option<Instant>, future: F) -> Option<F::Output> {
    match end {
        Some(end) => crate::platform::timeout_at(end, future).await.ok(),
        None => Some(future.await),
    }
}
