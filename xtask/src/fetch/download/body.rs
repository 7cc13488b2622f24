//! The body of an answer, with an eye on its size.

use std::io::Read;

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;

use crate::fetch::origin::too_large;

use super::failure::{Again, Failure};

/// What is understood of `content-encoding`. The HTTP client would undo it too, by a feature that the client's tests
/// were then built with as well.
pub(super) const ENCODINGS: &str = "gzip";

/// All of it, without its encoding: at most `limit` bytes, as sent and as they come out.
pub(super) async fn read(name: &str, response: Response, limit: u64) -> Result<Vec<u8>, Failure> {
    let encoding = response.headers().get(CONTENT_ENCODING).cloned();
    let bytes = sent(name, response, limit).await?;
    match encoding.as_ref().map(|value| value.to_str().unwrap_or("?").trim()) {
        None | Some("" | "identity") => Ok(bytes),
        Some("gzip" | "x-gzip") => expanded(name, &bytes, limit),
        Some(other) => {
            let what = format!("is sent in the encoding `{other}`, which was not asked for");
            Err(Failure::useless(name, &what))
        }
    }
}

async fn sent(name: &str, mut response: Response, limit: u64) -> Result<Vec<u8>, Failure> {
    let length = response.content_length();
    if length.is_some_and(|length| length > limit) {
        return Err(over(name, limit));
    }
    let bar = progress(&response, length);
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Failure::broken(name, error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > limit {
            return Err(over(name, limit));
        }
        bar.set_position(bytes.len() as u64);
    }
    bar.finish_and_clear();
    Ok(bytes)
}

fn expanded(name: &str, bytes: &[u8], limit: u64) -> Result<Vec<u8>, Failure> {
    let mut expanded = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(limit.saturating_add(1))
        .read_to_end(&mut expanded)
        .with_context(|| format!("{name} sent broken gzip; try again, or use --npm VERSION"))
        .map_err(|error| Failure { error, again: Again::Soon })?;
    if expanded.len() as u64 > limit { Err(over(name, limit)) } else { Ok(expanded) }
}

fn over(name: &str, limit: u64) -> Failure {
    Failure { error: too_large(name, limit), again: Again::Never }
}

/// A bar where the length is known and a count where it is not; both only on a terminal.
fn progress(response: &Response, length: Option<u64>) -> ProgressBar {
    let (bar, template) = match length {
        Some(length) => {
            (ProgressBar::new(length), "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec}")
        }
        None => (ProgressBar::new_spinner(), "{msg} {spinner} {bytes} {bytes_per_sec}"),
    };
    let host = response.url().host_str().unwrap_or_default().to_owned();
    // A template that cannot be read would be a fault of this program, and no reason to download nothing.
    let style = ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar());
    bar.with_style(style).with_message(host)
}
