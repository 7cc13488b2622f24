//! Shows the progress of a download on a terminal, and nothing in a pipe.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use reqwest::Url;

/// Shows a spinner with the host until the returned value is dropped.
pub(super) fn asking(url: &Url) -> ProgressBar {
    let host = url.host_str().unwrap_or_default().to_owned();
    let bar = ProgressBar::new_spinner().with_message(host);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// Shows the received bytes: a progress bar if the length is known, otherwise a counter.
pub(super) fn receiving(bar: &ProgressBar, length: Option<u64>) {
    let template = match length {
        Some(_) => "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec}",
        None => "{msg} {spinner} {bytes} {bytes_per_sec}",
    };
    if let Some(length) = length {
        bar.set_length(length);
    }
    // An invalid template would be a bug in this program, but no reason to abort the download.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
