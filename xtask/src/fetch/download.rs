//! Downloads a document.

use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, Url};

use super::LIMIT;
use super::origin::too_large;

/// For a connection, for a pause in the transfer, and for all of it.
const CONNECT: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_secs(30);
const WHOLE: Duration = Duration::from_secs(300);

const OTHER_WAYS: &str = "check the address and the network, or use --npm VERSION or --file PATH";

/// An address that can be downloaded from.
pub(super) fn address(text: &str) -> Result<Url> {
    let url: Url = text.parse().with_context(|| format!("`{text}` is no address"))?;
    ensure!(
        matches!(url.scheme(), "http" | "https"),
        "`{text}` does not begin with https:// or http://; for a file use --file PATH"
    );
    Ok(url)
}

/// The address as it may be written down and shown.
pub(super) fn without_credentials(mut url: Url) -> Url {
    // This fails only for addresses that have no place for credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// What stands at `url`.
pub(super) fn bytes(url: &Url) -> Result<Vec<u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the download cannot be started")?;
    runtime.block_on(transfer(url))
}

async fn transfer(url: &Url) -> Result<Vec<u8>> {
    let name = without_credentials(url.clone());
    let client = Client::builder()
        .user_agent(concat!("seam-client-xtask/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .read_timeout(PAUSE)
        .timeout(WHOLE)
        .build()
        .context("the download cannot be started")?;
    let response =
        client.get(url.clone()).send().await.map_err(|error| unreachable(&name, error))?;
    let response = usable(&name, response)?;
    let bytes = body(&name, response).await?;
    // Some hosts send their pages under any content type.
    if bytes.trim_ascii_start().first() == Some(&b'<') {
        bail!(page(&name));
    }
    Ok(bytes)
}

fn usable(name: &Url, response: Response) -> Result<Response> {
    let status = response.status();
    ensure!(status.is_success(), "{name} answered with {status}; {OTHER_WAYS}");
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if content_type.is_some_and(|value| value.starts_with("text/html")) {
        bail!(page(name));
    }
    Ok(response)
}

async fn body(name: &Url, mut response: Response) -> Result<Vec<u8>> {
    let length = response.content_length();
    ensure!(length.unwrap_or(0) <= LIMIT, too_large(name.as_str()));
    let bar = progress(name, length)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(name, error))? {
        bytes.extend_from_slice(&chunk);
        ensure!(bytes.len() as u64 <= LIMIT, too_large(name.as_str()));
        bar.set_position(bytes.len() as u64);
    }
    bar.finish_and_clear();
    Ok(bytes)
}

/// A bar where the length is known and a count where it is not; both only on a terminal.
fn progress(name: &Url, length: Option<u64>) -> Result<ProgressBar> {
    let (bar, template) = match length {
        Some(length) => {
            (ProgressBar::new(length), "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec}")
        }
        None => (ProgressBar::new_spinner(), "{msg} {spinner} {bytes} {bytes_per_sec}"),
    };
    let host = name.host_str().unwrap_or_default().to_owned();
    Ok(bar.with_style(ProgressStyle::with_template(template)?).with_message(host))
}

fn page(name: &Url) -> anyhow::Error {
    anyhow!("{name} answered with a web page, not with an OpenAPI document; {OTHER_WAYS}")
}

fn unreachable(name: &Url, error: reqwest::Error) -> anyhow::Error {
    let what = if error.is_timeout() { "did not answer in time" } else { "cannot be reached" };
    anyhow::Error::new(error.without_url()).context(format!("{name} {what}; {OTHER_WAYS}"))
}

fn broken(name: &Url, error: reqwest::Error) -> anyhow::Error {
    anyhow::Error::new(error.without_url())
        .context(format!("{name} broke off in the middle; try again"))
}
