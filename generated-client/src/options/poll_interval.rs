//! How often and how long to poll.

use std::time::Duration;

use crate::error::InvalidOptionsError;

/// How often and how long to poll.
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
    /// Validates the interval.
    pub(crate) fn check(self) -> Result<(), InvalidOptionsError> {
        let Self { timeout, interval } = self;
        if interval.is_zero() {
            let message = "an interval of zero would poll without a pause; give a longer one";
            return Err(InvalidOptionsError::new(message));
        }
        if interval >= timeout {
            return Err(InvalidOptionsError::new(format!(
                "with an interval of {interval:?} and a time limit of {timeout:?} nothing would be polled; \
                 make the interval shorter or the time limit longer"
            )));
        }
        Ok(())
    }
}
