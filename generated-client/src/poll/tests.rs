//! When an object is polled and when polling ends, with a clock that the tests control.

#![allow(clippy::panic, reason = "a test ends where something else happens than it says")]

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::watch::{PollOutcome, Pollable, deadline, poll_until};
use crate::error::{Error, InvalidOptionsError};
use crate::options::PollInterval;

const SECOND: Duration = Duration::from_secs(1);

/// A scripted object: each fetch takes a given time and has a given result. The times of the fetches are recorded.
struct Script {
    begun: Instant,
    looks: VecDeque<(Duration, Result<bool, Error>)>,
    at: Vec<Duration>,
}

impl Script {
    fn new(looks: impl IntoIterator<Item = (Duration, Result<bool, Error>)>) -> Self {
        Self { begun: Instant::now(), looks: looks.into_iter().collect(), at: Vec::new() }
    }

    async fn poll(&mut self, timeout: Duration) -> PollOutcome {
        poll_until(self, SECOND, deadline(timeout)).await
    }

    /// The times of the fetches in seconds.
    fn seconds(&self) -> Vec<f64> {
        self.at.iter().map(Duration::as_secs_f64).collect()
    }
}

impl Pollable for Script {
    async fn fetch(&mut self) -> Result<bool, Error> {
        self.at.push(self.begun.elapsed());
        let (duration, said) = self.looks.pop_front().unwrap_or((Duration::ZERO, Ok(false)));
        sleep(duration).await;
        said
    }
}

fn is_over(end: &PollOutcome) -> bool {
    matches!(end, PollOutcome::Done)
}

#[tokio::test(start_paused = true)]
async fn each_look_comes_an_interval_after_the_one_before() {
    let open = || (Duration::ZERO, Ok(false));
    let mut script = Script::new([open(), open(), (Duration::ZERO, Ok(true))]);
    assert!(is_over(&script.poll(SECOND * 10).await));
    assert_eq!(script.seconds(), [1.0, 2.0, 3.0]);
}

#[tokio::test(start_paused = true)]
async fn what_a_look_takes_counts() {
    let slow = || (SECOND * 3, Ok(false));
    let mut script = Script::new([slow(), slow(), slow()]);
    let end = script.poll(SECOND * 10).await;
    assert!(matches!(end, PollOutcome::Late(None)), "{end:?}");
    assert_eq!(script.seconds(), [1.0, 5.0, 9.0]);
    assert_eq!(script.begun.elapsed(), SECOND * 10);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_looked_at_once_the_time_is_over() {
    let mut script = Script::new([]);
    let end = script.poll(SECOND * 3).await;
    assert!(matches!(end, PollOutcome::Late(None)), "{end:?}");
    assert_eq!(script.seconds(), [1.0, 2.0]);
    assert_eq!(script.begun.elapsed(), SECOND * 3);
}

#[tokio::test(start_paused = true)]
async fn a_wait_whose_time_was_over_before_it_began_looks_at_nothing() {
    let mut script = Script::new([]);
    let deadline = Instant::now();
    sleep(SECOND).await;
    let end = poll_until(&mut script, SECOND, deadline).await;
    assert!(matches!(end, PollOutcome::Late(None)), "{end:?}");
    assert!(script.at.is_empty(), "{:?}", script.at);
}

#[tokio::test(start_paused = true)]
async fn a_limit_beyond_all_time_is_a_long_one() {
    let mut script = Script::new([(SECOND, Ok(true))]);
    assert!(is_over(&script.poll(Duration::MAX).await));
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_ends_it_at_once() {
    let refused = || Error::from(InvalidOptionsError::new("no"));
    let mut script = Script::new([(Duration::ZERO, Ok(false)), (Duration::ZERO, Err(refused()))]);
    let end = script.poll(SECOND * 10).await;
    assert!(matches!(end, PollOutcome::Lost(Error::InvalidOptions(_))), "{end:?}");
    assert_eq!(script.at.len(), 2);
}

#[test]
fn a_pace_that_is_no_wait_is_refused_with_what_to_do() {
    let check = |timeout, interval| {
        PollInterval { timeout, interval }.check().map_err(|error| error.to_string())
    };
    assert_eq!(check(SECOND * 10, SECOND), Ok(()));
    for (timeout, interval, told) in [
        (SECOND, Duration::ZERO, "give a longer one"),
        (Duration::ZERO, SECOND, "make the interval shorter or the time limit longer"),
        (SECOND, SECOND, "make the interval shorter or the time limit longer"),
        (SECOND, SECOND * 2, "make the interval shorter or the time limit longer"),
    ] {
        match check(timeout, interval) {
            Err(message) => assert!(message.contains(told), "{message}"),
            Ok(()) => panic!("{interval:?} of {timeout:?} was accepted"),
        }
    }
}
