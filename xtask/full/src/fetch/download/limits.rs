//! Limits on the time, size and number of attempts of a download.

use std::time::Duration;

use anyhow::{Context, Result};

use super::failure::Again;

/// The maximum size of a document, in bytes. Seam's document has 5 MB.
pub(in crate::fetch) const SIZE: u64 = 64 * 1024 * 1024;

/// The limits of a download. The options are hidden from users; tests set them so that they need not wait.
#[derive(Debug, clap::Args)]
pub(in crate::fetch) struct Limits {
    /// Timeout for connecting, in seconds
    #[arg(long, hide = true, default_value = "10", value_parser = seconds)]
    pub(super) connect_timeout: Duration,
    /// Timeout for a pause in the transfer, in seconds
    #[arg(long, hide = true, default_value = "30", value_parser = seconds)]
    pub(super) pause_timeout: Duration,
    /// Timeout for the whole download, with all attempts, in seconds
    #[arg(long, hide = true, default_value = "300", value_parser = seconds)]
    pub(super) timeout: Duration,
    /// Maximum size of the body in bytes, before and after decompression
    #[arg(long, hide = true, default_value_t = SIZE)]
    pub(super) size: u64,
    /// Maximum number of attempts
    #[arg(long, hide = true, default_value_t = 4)]
    pub(super) tries: u32,
    /// Wait before the second attempt, in seconds, doubled for each further one; `Retry-After` overrides it
    #[arg(long, hide = true, default_value = "1", value_parser = seconds)]
    pub(super) backoff: Duration,
    /// Maximum wait that `Retry-After` may ask for, in seconds; the next attempt starts after that
    #[arg(long, hide = true, default_value = "60", value_parser = seconds)]
    pub(super) longest_wait: Duration,
}

impl Limits {
    /// How long to wait before the next attempt; `None` if there is no further attempt.
    pub(super) fn pause_after(&self, tries: u32, again: Again) -> Option<Duration> {
        if tries >= self.tries {
            return None;
        }
        match again {
            Again::Never => None,
            Again::After(asked) => Some(asked.min(self.longest_wait)),
            Again::Soon => {
                Some(self.backoff.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1))))
            }
        }
    }
}

fn seconds(text: &str) -> Result<Duration> {
    let seconds = text.parse().context("expected a number of seconds")?;
    Duration::try_from_secs_f64(seconds).context("expected a number of seconds")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        connect_timeout: Duration::ZERO,
        pause_timeout: Duration::ZERO,
        timeout: Duration::ZERO,
        size: 0,
        tries: 4,
        backoff: Duration::from_secs(1),
        longest_wait: Duration::from_secs(60),
    };

    #[test]
    fn pauses_double_until_the_tries_are_used_up() {
        let pauses = [1, 2, 3, 4, 5].map(|tries| LIMITS.pause_after(tries, Again::Soon));
        let seconds = |count| Some(Duration::from_secs(count));
        assert_eq!(pauses, [seconds(1), seconds(2), seconds(4), None, None]);
    }

    #[test]
    fn a_server_may_ask_for_a_pause_up_to_the_longest() {
        let pause = |asked| LIMITS.pause_after(1, Again::After(Duration::from_secs(asked)));
        for (asked, given) in [(0, 0), (7, 7), (60, 60), (86_400, 60), (u64::MAX, 60)] {
            assert_eq!(pause(asked), Some(Duration::from_secs(given)), "{asked}");
        }
    }

    #[test]
    fn what_is_of_no_use_is_not_tried_again() {
        assert_eq!(LIMITS.pause_after(1, Again::Never), None);
    }
}
