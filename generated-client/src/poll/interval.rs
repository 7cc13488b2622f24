//! When to look, and when to stop looking.

use std::future::Future;
use std::time::Duration;

use crate::clock::{self, Instant};
use crate::error::{Error, InvalidOptionsError};

/// How long to wait, and how often to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PollInterval {
    pub(crate) timeout: Duration,
    pub(crate) interval: Duration,
}

impl Default for PollInterval {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), interval: Duration::from_secs(1) }
    }
}

impl PollInterval {
    /// Refuses what would be no wait.
    pub(crate) fn check(self) -> Result<(), InvalidOptionsError> {
        let Self { timeout, interval } = self;
        if interval.is_zero() {
            let message = "an interval of zero would ask without a pause; give a longer one";
            return Err(InvalidOptionsError::new(message));
        }
        if interval >= timeout {
            return Err(InvalidOptionsError::new(format!(
                "with an interval of {interval:?} and a time limit of {timeout:?} nothing would be looked at again; \
                 make the interval shorter or the time limit longer"
            )));
        }
        Ok(())
    }

    /// The end of a wait that begins now.
    pub(super) fn deadline(self) -> Instant {
        after(Instant::now(), self.timeout)
    }
}

/// A moment that may be too far away to be one; then it is only far away.
fn after(begin: Instant, duration: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    begin.checked_add(duration).unwrap_or_else(|| begin + CENTURY)
}

/// What is waited for.
pub(super) trait Subject {
    /// Looks at it again. Says whether it is over.
    fn look(&mut self) -> impl Future<Output = Result<bool, Error>>;
}

/// How looking ends.
#[derive(Debug)]
pub(super) enum End {
    /// It is over.
    Over,
    /// The time is, after this trouble with the last look if there was any.
    Late(Option<Error>),
    /// It cannot be looked at.
    Lost(Error),
}

/// Looks at `subject` until it is over, and never after `deadline`.
///
/// A connection that breaks, or a server that has too much to do, says nothing about what is waited for: the next look
/// may succeed.
pub(super) async fn watch(
    subject: &mut impl Subject,
    interval: Duration,
    deadline: Instant,
) -> End {
    let mut trouble: Option<Error> = None;
    loop {
        let asked = trouble.as_ref().and_then(Error::retry_after).unwrap_or_default();
        let next = after(Instant::now(), interval.max(asked));
        clock::sleep_until(next.min(deadline)).await;
        if Instant::now() >= deadline {
            return End::Late(trouble);
        }
        match clock::until(Some(deadline), subject.look()).await {
            Some(Ok(true)) => return End::Over,
            Some(Ok(false)) => trouble = None,
            // To look twice is harmless, whatever the server made of the first look.
            Some(Err(error)) if error.may_pass() => trouble = Some(error),
            Some(Err(error)) => return End::Lost(error),
            None => return End::Late(trouble),
        }
    }
}
