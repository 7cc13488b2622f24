//! Shows progress on a terminal, and nothing in a pipe.

use std::time::Duration;

use indicatif::ProgressBar;

/// Runs `work`, and shows a spinner with the message `what` until it returns.
pub fn during<T>(what: String, work: impl FnOnce() -> T) -> T {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(100));
    let result = work();
    spinner.finish_and_clear();
    result
}
