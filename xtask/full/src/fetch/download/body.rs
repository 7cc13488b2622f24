//! Reads the body of a response, with a limit on its size.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use indicatif::ProgressBar;
use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;

use super::bar;
use super::failure::Failure;

/// The supported content encodings. The HTTP client could decode them too, but Cargo would then build the client's tests
/// with that feature as well.
pub(super) const ENCODINGS: &str = "gzip";

/// Reads and decodes the whole body. `limit` applies both to the encoded and to the decoded size, in bytes.
pub(super) async fn read(
    name: &str,
    response: Response,
    limit: u64,
    bar: &ProgressBar,
) -> Result<Vec<u8>, Failure> {
    let encoding = response.headers().get(CONTENT_ENCODING).cloned();
    let bytes = sent(name, response, limit, bar).await?;
    match encoding.as_ref().map(|value| value.to_str().unwrap_or("?").trim()) {
        None | Some("" | "identity") => Ok(bytes),
        Some("gzip" | "x-gzip") => expanded(name, &bytes, limit),
        Some(other) => {
            let what = format!("is sent in the encoding `{other}`, which was not asked for");
            Err(Failure::useless(name, &what))
        }
    }
}

async fn sent(
    name: &str,
    mut response: Response,
    limit: u64,
    bar: &ProgressBar,
) -> Result<Vec<u8>, Failure> {
    let length = response.content_length();
    if length.is_some_and(|length| length > limit) {
        return Err(Failure::too_large(name, limit));
    }
    bar::receiving(bar, length);
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Failure::broken(name, error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() as u64 > limit {
            return Err(Failure::too_large(name, limit));
        }
        bar.set_position(bytes.len() as u64);
    }
    Ok(bytes)
}

fn expanded(name: &str, bytes: &[u8], limit: u64) -> Result<Vec<u8>, Failure> {
    let mut expanded = Vec::new();
    let mut decoder = MultiGzDecoder::new(bytes).take(limit.saturating_add(1));
    decoder.read_to_end(&mut expanded).map_err(|error| Failure::damaged(name, error))?;
    if expanded.len() as u64 > limit {
        return Err(Failure::too_large(name, limit));
    }
    Ok(expanded)
}
