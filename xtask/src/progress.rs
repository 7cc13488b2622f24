//! Shows on a terminal what is being done; in a pipe nothing is shown.

use std::time::Duration;

use indicatif::ProgressBar;

/// Does `work` while a spinner shows `what` is being done.
pub fn during<T>(what: String, work: impl FnOnce() -> T) -> T {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(100));
    let result = work();
    spinner.finish_and_clear();
    result
}
