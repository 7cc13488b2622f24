//! One download attempt.

use std::time::Duration;

use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED,
};
use reqwest::{Client, Response, StatusCode, Url};

use crate::fetch::address::without_credentials;

use super::failure::Failure;
use super::{Download, DownloadRequest, Limits, Validators, bar, body};

/// The maximum length of a validator that is stored.
const LONGEST: usize = 256;

/// Sends the request once, and reads the response.
pub(super) async fn send(
    download: &DownloadRequest,
    client: &Client,
    limits: &Limits,
    left: Duration,
) -> Result<Download, Failure> {
    let url = &download.url;
    let bar = bar::asking(url);
    let conditions = download.known.conditions();
    let is_conditional = !conditions.is_empty();
    let request = client
        .get(url.clone())
        .header(ACCEPT_ENCODING, body::ENCODINGS)
        .headers(conditions)
        .timeout(left)
        .send();
    let response = request.await.map_err(|error| Failure::transport(&name(url, url), error))?;
    let name = name(url, response.url());
    if is_conditional && response.status() == StatusCode::NOT_MODIFIED {
        return Ok(Download::NotModified);
    }
    let response = usable(&name, response)?;
    let validators = Validators::of(response.headers());
    let bytes = body::read(&name, response, limits.size, &bar).await?;
    // Some hosts send HTML pages with any content type.
    if bytes.trim_ascii_start().first() == Some(&b'<') {
        return Err(page(&name));
    }
    Ok(Download::Document { bytes, validators })
}

/// The name of the document in messages: the URL, and the URL that it was redirected to.
fn name(asked: &Url, answered: &Url) -> String {
    let [asked, answered] = [asked, answered].map(|url| without_credentials(url.clone()));
    if asked == answered {
        asked.to_string()
    } else {
        format!("{asked} (redirected to {answered})")
    }
}

fn usable(name: &str, response: Response) -> Result<Response, Failure> {
    if response.status() != StatusCode::OK {
        return Err(Failure::status(name, &response));
    }
    let content_type = text(response.headers(), &CONTENT_TYPE).unwrap_or_default();
    if content_type.to_ascii_lowercase().starts_with("text/html") {
        return Err(page(name));
    }
    Ok(response)
}

fn page(name: &str) -> Failure {
    Failure::useless(name, "answered with a web page, not with an OpenAPI document")
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

impl Validators {
    fn of(headers: &HeaderMap) -> Self {
        let kept = |name| {
            let text = text(headers, &name).filter(|text| text.len() <= LONGEST);
            text.map(str::to_owned)
        };
        Self { etag: kept(ETAG), last_modified: kept(LAST_MODIFIED) }
    }

    /// The headers of a conditional request.
    fn conditions(&self) -> HeaderMap {
        let known = [(IF_NONE_MATCH, &self.etag), (IF_MODIFIED_SINCE, &self.last_modified)];
        let known = known
            .into_iter()
            .filter_map(|(name, text)| Some((name, HeaderValue::from_str(text.as_deref()?).ok()?)));
        known.collect()
    }
}
