//! Downloads a document, if there is another one than the one that is known.

mod answer;
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

/// What to ask for.
pub(super) struct Question {
    pub(super) url: Url,
    /// Those of the document that is here, so that the server need not send it again.
    pub(super) known: Validators,
}

/// What a server says beside a document, by which it recognises it later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// What the server says.
pub(super) enum Answer {
    /// The document is the one that is known.
    NoNews,
    /// The document, without the encoding that it was sent in.
    Document { bytes: Vec<u8>, validators: Validators },
}

/// Asks until there is an answer, or no hope of one.
pub(super) fn ask(question: &Question, limits: &Limits) -> Result<Answer> {
    const UNABLE: &str = "the download cannot be started";
    let client = client(limits).context(UNABLE)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context(UNABLE)?;
    let answer = asked_repeatedly(limits, |left| {
        runtime.block_on(answer::to(question, &client, limits, left))
    });
    // The look-up of a host's name cannot be called off, and is not worth waiting for.
    runtime.shutdown_background();
    answer
}

fn client(limits: &Limits) -> reqwest::Result<Client> {
    Client::builder()
        .user_agent(concat!("seam-client-xtask/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect_timeout)
        .read_timeout(limits.pause_timeout)
        .redirect(redirects::policy())
        // After a failure a connection is not worth keeping.
        .pool_max_idle_per_host(0)
        .build()
}

/// Calls `once`, with the time that is left, as often as the limits and its failures allow.
fn asked_repeatedly(
    limits: &Limits,
    once: impl Fn(Duration) -> Result<Answer, Failure>,
) -> Result<Answer> {
    let start = Instant::now();
    let left = || limits.timeout.saturating_sub(start.elapsed());
    let mut tries = 1;
    loop {
        let failure = match once(left()) {
            Ok(answer) => return Ok(answer),
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
