//! When a request is sent again automatically, and after how long.

use std::time::Duration;

use crate::clock::{self, Instant};
use crate::error::{Error, InvalidOptionsError};
use crate::operation::Effect;

const RETRIES: u32 = 2;
const BACKOFF: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
const DEADLINE: Duration = Duration::from_secs(60);

/// How often a request is sent again automatically, and how long all attempts may take.
///
/// It depends on what a second request would do:
///
/// | an operation that | is sent again after |
/// |---|---|
/// | only reads | a failed or broken connection, a time limit that passed, 429, 5xx |
/// | is idempotent (DELETE, PUT) | the same, unless the server [had accepted](Error::was_accepted) the request |
/// | is any other | a failed connection, as nothing was sent |
///
/// The last kind is not even sent again after a 429: the server has refused it, but a door that opens half a minute after
/// the request is a surprise. [`CallOptions::idempotent`](crate::options::CallOptions::idempotent) declares that a request may
/// be sent twice.
///
/// If the last attempt of a deletion is answered with 404, an earlier attempt may have succeeded whose response was lost:
/// [`Error::attempts`] is greater than 1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy has no effect before it is given to a client or a request"]
pub struct RetryPolicy {
    retries: u32,
    backoff: Duration,
    longest_wait: Duration,
    deadline: Option<Duration>,
}

impl RetryPolicy {
    /// Creates a policy of two retries, after about 200 and 400 milliseconds, within a minute.
    pub fn new() -> Self {
        Self { retries: RETRIES, backoff: BACKOFF, longest_wait: LONGEST_WAIT, deadline: None }
    }

    /// Creates a policy without retries.
    pub fn none() -> Self {
        Self::new().max_retries(0)
    }

    /// Sets how often a request is sent again; 2 by default.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the wait before the first retry; 200 milliseconds by default. Each further wait is twice as long. All vary by a
    /// quarter, so that clients that failed together do not retry together.
    pub fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.backoff = backoff;
        self
    }

    /// Sets the longest wait before a retry; 30 seconds by default. If the server asks for a longer one (`retry-after`), the
    /// request fails with the server's error.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Limits the time of all attempts and the waits between them; not zero. The default is a minute, or the time limit of
    /// one attempt if that is longer. A retry that would start after the deadline is not made.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Validates the policy.
    pub(crate) fn check(&self) -> Result<(), InvalidOptionsError> {
        if self.deadline == Some(Duration::ZERO) {
            return Err(InvalidOptionsError::new(
                "a deadline of zero lets no request succeed; give `.deadline(…)` of the retry policy a longer one",
            ));
        }
        Ok(())
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// The attempts of one request.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    policy: &'a RetryPolicy,
    effect: Effect,
    timeout: Duration,
    started: Instant,
    deadline: Option<Instant>,
    /// The number of the present attempt, counted from 1.
    pub(crate) number: u32,
}

impl<'a> Attempts<'a> {
    /// Starts the first attempt.
    pub(crate) fn begin(policy: &'a RetryPolicy, effect: Effect, timeout: Duration) -> Self {
        let started = Instant::now();
        let limit = policy.deadline.unwrap_or_else(|| DEADLINE.max(timeout));
        let deadline = clock::after(started, limit);
        Self { policy, effect, timeout, started, deadline, number: 1 }
    }

    /// Returns when an attempt that starts now has to end.
    pub(crate) fn end(&self) -> Option<Instant> {
        let end = clock::after(Instant::now(), self.timeout);
        end.into_iter().chain(self.deadline).min()
    }

    /// Returns when the first attempt started.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// Returns how long the request has taken so far.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Returns the wait before the next attempt, or `None` if there is none.
    pub(crate) fn wait_after(&self, error: &Error) -> Option<Duration> {
        if self.number > self.policy.retries || !may_repeat(self.effect, error) {
            return None;
        }
        let wait = self.backoff().max(error.retry_after().unwrap_or_default());
        let begins = clock::after(Instant::now(), wait)?;
        let in_time = self.deadline.is_none_or(|deadline| begins < deadline);
        (in_time && wait <= self.policy.longest_wait).then_some(wait)
    }

    fn backoff(&self) -> Duration {
        let doubled = 2_u32.saturating_pow(self.number.saturating_sub(1));
        let backoff = self.policy.backoff.saturating_mul(doubled).min(self.policy.longest_wait);
        let quarter = backoff / 4;
        let varied = (quarter * 2).mul_f64(fastrand::f64());
        (backoff - quarter).saturating_add(varied).min(self.policy.longest_wait)
    }
}

/// Whether another attempt is harmless and may succeed.
fn may_repeat(effect: Effect, error: &Error) -> bool {
    match effect {
        Effect::Write => !error.was_sent() && error.is_retryable(),
        Effect::Idempotent => error.is_retryable(),
        Effect::Read => error.may_pass(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_vary_and_stay_below_the_longest() {
        let policy = RetryPolicy::new().max_wait(Duration::from_millis(600));
        let mut attempts = Attempts::begin(&policy, Effect::Read, Duration::from_secs(30));
        for (number, least, most) in [(1, 150, 250), (2, 300, 500), (3, 450, 600), (99, 450, 600)] {
            attempts.number = number;
            let waits: Vec<_> = (0..50).map(|_| attempts.backoff().as_millis()).collect();
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{number}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]), "{number}: {waits:?}");
        }
    }

    #[test]
    fn no_wait_is_too_long_to_be_counted() {
        let policy = RetryPolicy::new().initial_backoff(Duration::MAX).max_wait(Duration::MAX);
        let mut attempts = Attempts::begin(&policy, Effect::Read, Duration::MAX);
        attempts.number = u32::MAX;
        assert!(attempts.backoff() >= Duration::MAX / 4 * 3 && attempts.end().is_none());
    }

    #[test]
    fn no_time_at_all_is_refused() {
        assert!(RetryPolicy::new().check().is_ok());
        let message = RetryPolicy::none().deadline(Duration::ZERO).check().unwrap_err().to_string();
        assert!(message.contains("a deadline of zero"), "{message}");
    }
}
