//! What is shown of a try on a terminal; in a pipe nothing is shown.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use reqwest::Url;

/// Shows that a host is asked. What is shown goes when the value does.
pub(super) fn asking(url: &Url) -> ProgressBar {
    let host = url.host_str().unwrap_or_default().to_owned();
    let bar = ProgressBar::new_spinner().with_message(host);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// Goes over to showing what is received: a bar where the length is known, and a count where it is not.
pub(super) fn receiving(bar: &ProgressBar, length: Option<u64>) {
    let template = match length {
        Some(_) => "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec}",
        None => "{msg} {spinner} {bytes} {bytes_per_sec}",
    };
    if let Some(length) = length {
        bar.set_length(length);
    }
    // A template that cannot be read would be a fault of this program, and no reason to download nothing.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
