//! The header `retry-after`.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How long to wait: the header says it in seconds, or by a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(headers, &RETRY_AFTER)?;
    // The server's own clock, if it tells it, as the two clocks need not agree.
    let now = date(headers, &DATE).unwrap_or_else(Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<Timestamp> {
    let text = headers.get(name)?.to_str().ok()?;
    // `Sun, 06 Nov 1994 08:49:37 GMT`, the one form in which HTTP lets dates be written. What reads the dates
    // of mail would be eight kilobytes of every program.
    let mut words = text.split_ascii_whitespace().skip(1);
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let time = words.next().filter(|_| words.next() == Some("GMT"))?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    format!("{year}-{month:02}-{day:0>2}T{time}Z").parse().ok()
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
            assert_eq!(read(&[(RETRY_AFTER, unreadable)]), None);
        }
        assert_eq!(read(&[(RETRY_AFTER, "-1")]), None);
        assert_eq!(read(&[]), None);
    }
}
