//! When a call is sent again by itself, and after how long.

use std::time::Duration;

use crate::clock::{self, Instant};
use crate::error::{Error, InvalidOptionsError};
use crate::operation::Effect;

const RETRIES: u32 = 2;
const BACKOFF: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
const DEADLINE: Duration = Duration::from_secs(60);

/// How often a call is sent again by itself, and how long all of that may take.
///
/// What may be sent again depends on what a second call would do:
///
/// | an operation that | is sent again after |
/// |---|---|
/// | only reads | a connection that could not be made or broke, a time limit that passed, 429, 5xx |
/// | does the same when it is called twice (DELETE, PUT) | the same, unless the server [had accepted](Error::was_accepted) the call |
/// | is any other | a connection that could not be made, so that nothing was sent |
///
/// The last kind is not even sent again after a 429: the server has refused it, but a door that opens half a minute after
/// it was asked to is a surprise. [`CallOptions::idempotent`](crate::CallOptions::idempotent) says of a single call that it
/// may be sent twice.
///
/// An operation that deletes may have succeeded although its last attempt is answered with 404: an earlier one did it, and
/// its answer was lost. [`Error::attempts`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy is given to the client or to a call"]
pub struct RetryPolicy {
    retries: u32,
    backoff: Duration,
    longest_wait: Duration,
    deadline: Option<Duration>,
}

impl RetryPolicy {
    /// Two retries, after about 200 and 400 milliseconds, within a minute.
    pub fn new() -> Self {
        Self { retries: RETRIES, backoff: BACKOFF, longest_wait: LONGEST_WAIT, deadline: None }
    }

    /// No retries.
    pub fn none() -> Self {
        Self::new().max_retries(0)
    }

    /// How often a call is sent again; 2 unless set.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// How long to wait before the first retry; 200 milliseconds unless set. Each further wait is twice as long, and all
    /// vary by a quarter, so that clients that failed together do not come back together.
    pub fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.backoff = backoff;
        self
    }

    /// The longest wait before a retry; 30 seconds unless set. Where the server asks for a longer one (`retry-after`), the
    /// call ends with what the server said.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// How long a call may take with all its attempts and the waits between them; not zero. Unless set it is a minute, or
    /// the time limit of one attempt if that is longer. A retry that would have to wait until then is not begun.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Says what cannot be.
    pub(crate) fn check(&self) -> Result<(), InvalidOptionsError> {
        if self.deadline == Some(Duration::ZERO) {
            return Err(InvalidOptionsError::new(
                "a deadline of zero lets no call succeed; give `.deadline(…)` of the retry policy a longer one",
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

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Attempts<'a> {
    policy: &'a RetryPolicy,
    effect: Effect,
    timeout: Duration,
    started: Instant,
    deadline: Option<Instant>,
    /// The one that is being made; the first is 1.
    pub(crate) number: u32,
}

impl<'a> Attempts<'a> {
    /// Begins with the first one.
    pub(crate) fn begin(policy: &'a RetryPolicy, effect: Effect, timeout: Duration) -> Self {
        let started = Instant::now();
        let limit = policy.deadline.unwrap_or_else(|| DEADLINE.max(timeout));
        let deadline = clock::after(started, limit);
        Self { policy, effect, timeout, started, deadline, number: 1 }
    }

    /// When the attempt that begins now has to be over.
    pub(crate) fn end(&self) -> Option<Instant> {
        let end = clock::after(Instant::now(), self.timeout);
        end.into_iter().chain(self.deadline).min()
    }

    /// How long the call has taken until now.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// How long to wait before the next attempt; nothing if there shall be none.
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

/// Whether another attempt does no harm, and may help.
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
