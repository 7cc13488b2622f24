//! Errors of a download attempt, and whether to retry.

use std::io;
use std::time::Duration;

use indicatif::HumanBytes;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Response, StatusCode};

const OTHER_WAYS: &str = "check the address and the network, or use --npm VERSION or --file PATH";
const LATER: &str = "try again, or use --npm VERSION or --file PATH";

/// A failed attempt.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) what: String,
    pub(super) again: Again,
    remedy: &'static str,
    cause: Option<anyhow::Error>,
}

/// Whether and when to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// A retry would fail in the same way.
    Never,
    /// The problem may be temporary.
    Soon,
    /// The server says how long to wait.
    After(Duration),
}

impl Failure {
    /// The response cannot be used; `what` says why.
    pub(super) fn useless(name: &str, what: &str) -> Self {
        let what = format!("{name} {what}");
        Self { what, again: Again::Never, remedy: OTHER_WAYS, cause: None }
    }

    /// The response is larger than the limit.
    pub(super) fn too_large(name: &str, limit: u64) -> Self {
        Self::useless(name, &format!("is larger than {}", HumanBytes(limit)))
    }

    /// The server returned an error status.
    pub(super) fn status(name: &str, response: &Response) -> Self {
        let status = response.status();
        let again = match status {
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => after(response),
            _ if status.is_server_error() => after(response),
            _ => Again::Never,
        };
        Self { again, ..Self::useless(name, &format!("answered with {status}")) }
    }

    /// There was no response.
    pub(super) fn transport(name: &str, error: reqwest::Error) -> Self {
        let (what, again) = if error.is_redirect() {
            ("leads on to where it is not followed", Again::Never)
        } else if error.is_timeout() {
            ("did not answer in time", Again::Soon)
        } else {
            ("cannot be reached", Again::Soon)
        };
        // The URL in the error may contain credentials.
        let cause = Some(error.without_url().into());
        Self { again, cause, ..Self::useless(name, what) }
    }

    /// The connection broke while the body was read.
    pub(super) fn broken(name: &str, error: reqwest::Error) -> Self {
        let what = if error.is_timeout() {
            "took too long to send it all"
        } else {
            "broke off in the middle"
        };
        let cause = Some(error.without_url().into());
        Self { remedy: LATER, again: Again::Soon, cause, ..Self::useless(name, what) }
    }

    /// The body cannot be decompressed.
    pub(super) fn damaged(name: &str, error: io::Error) -> Self {
        let cause = Some(error.into());
        Self { remedy: LATER, again: Again::Soon, cause, ..Self::useless(name, "sent broken gzip") }
    }

    /// The final error, after this number of attempts.
    pub(super) fn after(self, tries: u32) -> anyhow::Error {
        let times =
            if tries > 1 { format!("given up after {tries} tries: ") } else { String::new() };
        let what = format!("{times}{}; {}", self.what, self.remedy);
        match self.cause {
            Some(cause) => cause.context(what),
            None => anyhow::Error::msg(what),
        }
    }
}

fn after(response: &Response) -> Again {
    retry_after(response.headers()).map_or(Again::Soon, Again::After)
}

/// The value of `Retry-After`, which is a number of seconds or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(headers, &RETRY_AFTER)?;
    // The server's own `Date`, if present: the two clocks may differ.
    let now = date(headers, &DATE).unwrap_or_else(Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn read(headers: &[(HeaderName, &'static str)]) -> Option<Duration> {
        let headers = headers.iter().cloned();
        retry_after(&headers.map(|(name, text)| (name, HeaderValue::from_static(text))).collect())
    }

    #[test]
    fn a_pause_is_read_from_seconds_and_dates() {
        let now = (DATE, "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(read(&[(RETRY_AFTER, "120")]), Some(Duration::from_secs(120)));
        let later = (RETRY_AFTER, "Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(read(&[now.clone(), later]), Some(Duration::from_secs(30)));
        let earlier = (RETRY_AFTER, "Sun, 06 Nov 1994 08:49:07 GMT");
        assert_eq!(read(&[now.clone(), earlier]), Some(Duration::ZERO));
        for text in ["soon", "-1", "1.5", ""] {
            assert_eq!(read(&[now.clone(), (RETRY_AFTER, text)]), None, "{text}");
        }
        assert_eq!(read(&[now]), None);
    }
}
