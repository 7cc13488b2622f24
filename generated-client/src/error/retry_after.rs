//! The header `retry-after`.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// Returns how long the server asks to wait, which it says in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is too large for the type is longer than anybody waits.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let until = date(headers, &RETRY_AFTER)?;
    // The server's own clock if it sends it, as the two clocks may differ.
    let now = date(headers, &DATE).unwrap_or_else(now);
    Some(until.saturating_sub(now))
}

/// A date in any of HTTP's three formats, as the time since 1970.
fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Duration> {
    let date = httpdate::parse_http_date(headers.get(name)?.to_str().ok()?.trim()).ok()?;
    date.duration_since(SystemTime::UNIX_EPOCH).ok()
}

/// The time since 1970, which `SystemTime` does not know in a browser.
fn now() -> Duration {
    let now = Timestamp::now().duration_since(Timestamp::UNIX_EPOCH);
    Duration::try_from(now).unwrap_or_default()
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
    fn seconds_and_dates_are_read() {
        let date = (DATE, "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(read(&[(RETRY_AFTER, "120")]), Some(Duration::from_secs(120)));
        let later = (RETRY_AFTER, "Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(read(&[date.clone(), later]), Some(Duration::from_secs(30)));
        let earlier = (RETRY_AFTER, "Sun, 06 Nov 1994 08:49:07 GMT");
        assert_eq!(read(&[date, earlier.clone()]), Some(Duration::ZERO));
        assert_eq!(read(&[earlier]), Some(Duration::ZERO));
        for unreadable in ["soon", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Nov 1994 08:49:37 GMT"]
        {
            assert_eq!(read(&[(RETRY_AFTER, unreadable)]), None, "{unreadable}");
        }
        for unreadable in ["-1", "+1", "1.5", "", "1 2"] {
            assert_eq!(read(&[(RETRY_AFTER, unreadable)]), None, "{unreadable}");
        }
        assert_eq!(read(&[(RETRY_AFTER, "99999999999999999999999999")]), Some(Duration::MAX));
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn the_obsolete_formats_of_dates_are_read() {
        let date = (DATE, "Sun, 06 Nov 1994 08:49:37 GMT");
        for obsolete in ["Sunday, 06-Nov-94 08:50:07 GMT", "Sun Nov  6 08:50:07 1994"] {
            let wait = read(&[date.clone(), (RETRY_AFTER, obsolete)]);
            assert_eq!(wait, Some(Duration::from_secs(30)), "{obsolete}");
        }
    }
}
