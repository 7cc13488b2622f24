//! Numbers of any precision.

use std::fmt;
use std::str::FromStr;

use super::{Json, Numeric, Slot, TextOutcome, View, serde_impls};

/// A number with all its digits, as the server wrote it: `0.10`, `12345678901234567890.5`.
///
/// Two are equal if they are written alike: `1.0` is not `1.00`. For arithmetic, parse [`as_str`](Self::as_str) with a crate
/// for decimals.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// Returns the text of the number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest number that a float holds.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A text that is not a number in JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number, as JSON writes it")]
pub struct ParseDecimalError(());

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // JSON allows white space around a number.
        let is_number = text.ends_with(|last: char| last.is_ascii_digit())
            && text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
            && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        if is_number { Ok(Self(text.to_owned())) } else { Err(ParseDecimalError(())) }
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}

from_integers!(i32, i64, i128, u32, u64);

/// The shortest text of the number. What is not finite is no number in JSON, and cannot be sent.
impl From<f64> for Decimal {
    fn from(value: f64) -> Self {
        Self(value.to_string())
    }
}

impl Numeric for Decimal {
    fn expected(&self) -> &'static str {
        "a number"
    }

    fn set(&mut self, value: i128) -> TextOutcome {
        *self = value.into();
        TextOutcome::Known
    }

    fn set_number(&mut self, value: f64) -> TextOutcome {
        *self = value.into();
        TextOutcome::Known
    }

    fn set_digits(&mut self, text: &str) -> TextOutcome {
        match text.parse() {
            Ok(decimal) => {
                *self = decimal;
                TextOutcome::Known
            }
            Err(_) => TextOutcome::Refused,
        }
    }
}

impl Json for Decimal {
    fn neutral() -> Self {
        Self::default()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Numeric(self)
    }

    fn view(&self) -> View<'_> {
        View::Digits(&self.0)
    }

    fn exact() -> bool {
        true
    }

    fn is_exact(&self) -> bool {
        true
    }
}

serde_impls!(Decimal);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Decimal;
    use crate::json::tests::open;

    #[test]
    fn a_decimal_keeps_all_digits() {
        for text in ["0.10", "-12345678901234567890.123456789", "1e400", "7"] {
            let (read, repairs) = open::<BTreeMap<String, Decimal>>(&format!(r#"{{"a":{text}}}"#));
            let read: Vec<&str> = read.values().map(Decimal::as_str).collect();
            assert_eq!((read, repairs), (vec![text], vec![]));
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&decimal).unwrap(), text);
        }
        assert_eq!(Decimal::from(0.5).as_str(), "0.5");
        assert_eq!("1.50".parse::<Decimal>().unwrap().to_f64(), 1.5);
        for text in ["", " 1", "1 ", "NaN", "0x1", "1.", "+1"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        assert!(serde_json::to_string(&Decimal::from(f64::NAN)).is_err());
    }
}
