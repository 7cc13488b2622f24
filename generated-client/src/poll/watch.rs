//! Polling until an end, a deadline, or an error.

use std::future::Future;
use std::time::Duration;

use crate::clock::{self, Instant};
use crate::error::Error;

/// Returns the moment at which polling that begins now has to end.
pub(super) fn deadline(timeout: Duration) -> Instant {
    after(Instant::now(), timeout)
}

/// Returns the moment `duration` after `begin`, or a century after it if that is beyond the range of the clock.
fn after(begin: Instant, duration: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    begin.checked_add(duration).unwrap_or_else(|| begin + CENTURY)
}

/// An object that is polled.
pub(super) trait Pollable {
    /// Fetches the present state. Returns whether it is final.
    fn fetch(&mut self) -> impl Future<Output = Result<bool, Error>>;
}

/// How polling ended.
#[derive(Debug)]
pub(super) enum PollOutcome {
    /// The state is final.
    Done,
    /// The deadline passed. The error is that of the last request, if it failed.
    Late(Option<Error>),
    /// The state cannot be fetched.
    Lost(Error),
}

/// Polls `subject` until its state is final, and never after `deadline`.
///
/// A broken connection or an overloaded server says nothing about the state of the object: the next request may succeed.
pub(super) async fn poll_until(
    subject: &mut impl Pollable,
    interval: Duration,
    deadline: Instant,
) -> PollOutcome {
    let mut failure: Option<Error> = None;
    loop {
        let requested = failure.as_ref().and_then(Error::retry_after).unwrap_or_default();
        let next = after(Instant::now(), interval.max(requested));
        clock::sleep_until(next.min(deadline)).await;
        if Instant::now() >= deadline {
            return PollOutcome::Late(failure);
        }
        match clock::until(Some(deadline), subject.fetch()).await {
            Some(Ok(true)) => return PollOutcome::Done,
            Some(Ok(false)) => failure = None,
            // Fetching twice is harmless, even if the server had accepted the first request.
            Some(Err(error)) if error.may_pass() => failure = Some(error),
            Some(Err(error)) => return PollOutcome::Lost(error),
            None => return PollOutcome::Late(failure),
        }
    }
}
