//! Downloads a document, unless it has not changed.

mod attempt;
mod bar;
mod body;
mod failure;
mod limits;
mod redirects;

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use reqwest::{Client, Url};

use xtask::progress;

use self::failure::Failure;
pub(super) use self::limits::{Limits, SIZE};

/// The request for a document.
pub(super) struct DownloadRequest {
    pub(super) url: Url,
    /// The validators of the known document, so that the server need not send it again.
    pub(super) known: Validators,
}

/// The HTTP validators of a response, for later conditional requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// The result of a download.
pub(super) enum Download {
    /// The document has not changed.
    NotModified,
    /// The document, decompressed.
    Document { bytes: Vec<u8>, validators: Validators },
}

/// Sends the request, and retries until there is a response or a final error.
pub(super) fn download(request: &DownloadRequest, limits: &Limits) -> Result<Download> {
    const UNABLE: &str = "the download cannot be started";
    let client = client(limits).context(UNABLE)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context(UNABLE)?;
    let download = with_retries(limits, |left| {
        runtime.block_on(attempt::send(request, &client, limits, left))
    });
    // The DNS lookup cannot be cancelled, and is not worth waiting for.
    runtime.shutdown_background();
    download
}

fn client(limits: &Limits) -> reqwest::Result<Client> {
    Client::builder()
        .user_agent(concat!("seam-client-xtask/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect_timeout)
        .read_timeout(limits.pause_timeout)
        .redirect(redirects::policy())
        // A connection is not reused after a failure.
        .pool_max_idle_per_host(0)
        .build()
}

/// Calls `once` with the remaining time, as often as the limits and the errors allow.
fn with_retries(
    limits: &Limits,
    once: impl Fn(Duration) -> Result<Download, Failure>,
) -> Result<Download> {
    let start = Instant::now();
    let left = || limits.timeout.saturating_sub(start.elapsed());
    let mut tries = 1;
    loop {
        let failure = match once(left()) {
            Ok(download) => return Ok(download),
            Err(failure) => failure,
        };
        match limits.pause_after(tries, failure.again) {
            Some(pause) if pause < left() => {
                let what = format!("{}; trying again in {pause:.1?}", failure.what);
                progress::during(what, || thread::sleep(pause));
            }
            _ => return Err(failure.after(tries)),
        }
        tries += 1;
    }
}
