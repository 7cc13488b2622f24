//! Date-times, with the text that stands for them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::{Timestamp, ZonedDateTime};

use super::{Json, Slot, Text, TextOutcome, View, serde_impls};

/// The length of the longest text that needs no allocation. `2025-01-02T03:04:05.123456789Z` has it.
const SHORT: usize = 30;

/// A date and time, as the text that the server sent or that the caller gave.
///
/// The text is kept unchanged: `2025-01-02T03:04:05.000Z` is sent back with its three zeros. [`timestamp`](Self::timestamp)
/// returns the instant that it stands for. A text without an offset from UTC stands for no instant, and neither does a text
/// that is not a date-time. Such texts are kept as well, but the strict mode refuses them in responses.
///
/// Requests take `impl Into<DateTime>`, which is a [`Timestamp`], a [`ZonedDateTime`] or a text:
///
/// ```
/// # use seam_client::DateTime;
/// use seam_client::jiff::{Timestamp, ToSpan};
///
/// let start = Timestamp::UNIX_EPOCH;
/// let end = DateTime::from(start + 2.hours());
/// assert_eq!(end.as_str(), "1970-01-01T02:00:00Z");
/// assert_eq!(end.timestamp(), Some(start + 2.hours()));
/// assert!(end > start);
/// ```
///
/// Two values are equal if they stand for the same instant, or if neither stands for one and they have the same text. Values
/// are ordered by instant. Those without an instant come last, ordered by text.
#[derive(Clone)]
pub struct DateTime(Repr);

/// A text, without an allocation if it is short.
#[derive(Clone)]
enum Repr {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<str>),
}

impl Repr {
    fn new(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(text.into()),
        }
    }
}

/// What decides how two values compare.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum SortKey<'a> {
    Instant(Timestamp),
    Text(&'a str),
}

impl DateTime {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Short { length, bytes } => {
                let text = bytes.get(..usize::from(*length)).unwrap_or_default();
                std::str::from_utf8(text).unwrap_or_default()
            }
            Repr::Long(text) => text,
        }
    }

    /// Returns the instant, or `None` if the text has no offset from UTC or is not a date-time.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.as_str().parse().ok()
    }

    fn sort_key(&self) -> SortKey<'_> {
        let text = self.as_str();
        text.parse().map_or(SortKey::Text(text), SortKey::Instant)
    }
}

/// An empty text.
impl Default for DateTime {
    fn default() -> Self {
        Self(Repr::new(""))
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DateTime").field(&self.as_str()).finish()
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || self.sort_key() == other.sort_key()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sort_key().hash(state);
    }
}

/// Compares the instant. A text that stands for none is not equal to any.
impl PartialEq<Timestamp> for DateTime {
    fn eq(&self, other: &Timestamp) -> bool {
        self.timestamp().is_some_and(|timestamp| timestamp == *other)
    }
}

/// Compares the instant. A text that stands for none is neither before nor after any.
impl PartialOrd<Timestamp> for DateTime {
    fn partial_cmp(&self, other: &Timestamp) -> Option<Ordering> {
        self.timestamp()?.partial_cmp(other)
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(Repr::new(&timestamp.to_string()))
    }
}

impl From<&Timestamp> for DateTime {
    fn from(timestamp: &Timestamp) -> Self {
        (*timestamp).into()
    }
}

/// The instant in UTC, without the time zone.
impl From<ZonedDateTime> for DateTime {
    fn from(zoned: ZonedDateTime) -> Self {
        zoned.timestamp().into()
    }
}

/// The instant in UTC, without the time zone.
impl From<&ZonedDateTime> for DateTime {
    fn from(zoned: &ZonedDateTime) -> Self {
        zoned.timestamp().into()
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(Repr::new(text))
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for DateTime {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&Self> for DateTime {
    fn from(date_time: &Self) -> Self {
        date_time.clone()
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// A text that stands for no instant: it has no offset from UTC, or is not a date-time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date-time with an offset from UTC")]
pub struct DateTimeError(());

impl TryFrom<DateTime> for Timestamp {
    type Error = DateTimeError;

    fn try_from(date_time: DateTime) -> Result<Self, Self::Error> {
        (&date_time).try_into()
    }
}

impl TryFrom<&DateTime> for Timestamp {
    type Error = DateTimeError;

    fn try_from(date_time: &DateTime) -> Result<Self, Self::Error> {
        date_time.timestamp().ok_or(DateTimeError(()))
    }
}

impl Text for DateTime {
    fn expected(&self) -> &'static str {
        "a date-time"
    }

    fn set(&mut self, text: &str) -> TextOutcome {
        *self = text.into();
        if text.parse::<Timestamp>().is_ok() { TextOutcome::Known } else { TextOutcome::Unlike }
    }

    fn text(&self) -> Cow<'_, str> {
        self.as_str().into()
    }
}

impl Json for DateTime {
    fn neutral() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }

    fn view(&self) -> View<'_> {
        View::String(self.text())
    }
}

serde_impls!(DateTime);

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashSet};

    use jiff::tz::{TimeZone, offset};
    use jiff::{Timestamp, ZonedDateTime};

    use super::{DateTime, SHORT};
    use crate::json::tests::{open, strict};

    /// Texts of all lengths, with and without an instant.
    const TEXTS: [&str; 9] = [
        "2025-01-02T03:04:05Z",
        "2025-01-02T03:04:05.000Z",
        "2025-01-02T03:04:05.123456789Z",
        "2025-01-02T03:04:05.123456789+01:00",
        "2025-01-02t03:04:05z",
        "2025-01-02T03:04:05",
        "2025-01-02",
        "soon, in a text that is longer than any date-time",
        "",
    ];

    #[test]
    fn the_text_is_kept_whether_or_not_it_is_a_date_time() {
        for text in TEXTS {
            assert_eq!(DateTime::from(text).as_str(), text);
            assert_eq!(DateTime::from(text.to_owned()).to_string(), text);
            let json = serde_json::to_string(&BTreeMap::from([("a", text)])).unwrap();
            let (read, repairs) = open::<BTreeMap<String, DateTime>>(&json);
            assert_eq!((serde_json::to_string(&read).unwrap(), repairs), (json, vec![]));
        }
    }

    #[test]
    fn only_the_strict_mode_refuses_a_text_without_an_instant() {
        for text in TEXTS {
            let json = serde_json::to_string(&BTreeMap::from([("a", text)])).unwrap();
            let read = strict::<BTreeMap<String, DateTime>>(&json);
            assert_eq!(
                read.is_ok(),
                DateTime::from(text).timestamp().is_some(),
                "{text}: {read:?}"
            );
        }
    }

    #[test]
    fn what_has_an_offset_converts_to_an_instant() {
        let instant: Timestamp = "2025-01-02T03:04:05Z".parse().unwrap();
        for text in ["2025-01-02T03:04:05.000Z", "2025-01-02T04:04:05+01:00"] {
            let date_time = DateTime::from(text);
            assert_eq!(date_time.timestamp(), Some(instant));
            assert_eq!(Timestamp::try_from(&date_time), Ok(instant));
            assert_eq!(Timestamp::try_from(date_time), Ok(instant));
        }
        for text in ["2025-01-02T03:04:05", "2025-01-02", "soon", ""] {
            assert!(Timestamp::try_from(DateTime::from(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn instants_are_written_in_utc() {
        let instant: Timestamp = "2025-01-02T03:04:05.5Z".parse().unwrap();
        let zoned: ZonedDateTime = instant.to_zoned_datetime(TimeZone::fixed(offset(2)));
        for date_time in [
            DateTime::from(instant),
            DateTime::from(&instant),
            DateTime::from(&zoned),
            DateTime::from(zoned.clone()),
        ] {
            assert_eq!(date_time.as_str(), "2025-01-02T03:04:05.5Z");
        }
    }

    #[test]
    fn values_compare_by_instant_and_otherwise_by_text() {
        let early =
            ["2025-01-02T03:04:05Z", "2025-01-02T03:04:05.000Z", "2025-01-02T04:04:05+01:00"];
        let sorted =
            ["2025-01-02T05:00:00+02:00", early[0], "2025-01-02T03:04:06Z", "", "2024-01-01"];
        let sorted = sorted.map(DateTime::from);
        assert!(sorted.is_sorted_by(|one, other| one < other));
        let early = early.map(DateTime::from);
        assert_eq!(BTreeSet::from(early.clone()).len(), 1);
        assert_eq!(HashSet::from(early.clone()).len(), 1);
        assert_ne!(DateTime::from("2025-01-02T03:04:05"), early[0]);
        let instant = Timestamp::try_from(&early[0]).unwrap();
        assert!(early[1] == instant && early[1] < Timestamp::MAX);
        assert!(DateTime::from("soon") != instant);
        assert_eq!(DateTime::from("soon").partial_cmp(&instant), None);
    }

    #[test]
    fn the_usual_texts_need_no_allocation() {
        assert_eq!(TEXTS[2].len(), SHORT);
        assert_eq!(size_of::<DateTime>(), 32);
        assert_eq!(size_of::<Option<DateTime>>(), size_of::<DateTime>());
    }

    #[test]
    fn the_debug_output_shows_the_text() {
        assert_eq!(format!("{:?}", DateTime::from("soon")), r#"DateTime("soon")"#);
    }
}
