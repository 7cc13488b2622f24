//! Numbers: integers of each width, and those that the parser cannot hold.
//!
//! The parser gives a number as `i64`, `u64` or `f64`. Where a value can be larger, it is asked for the text of the number.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

use super::decode::decode_digits;
use super::entries::{DecodeOutcome, KeySeed};
use super::read::Seed;
use super::{Json, Slot, View};

/// An integer of another type than `i64`.
pub(crate) trait Whole {
    /// What it is, for messages.
    fn expected(&self) -> &'static str;

    /// Takes the value if it fits.
    fn set(&mut self, value: i128) -> bool;
}

macro_rules! integers {
    ($($type:ty: $expected:literal $(, $exact:ident)?;)*) => {$(
        impl Whole for $type {
            fn expected(&self) -> &'static str {
                $expected
            }

            fn set(&mut self, value: i128) -> bool {
                value.try_into().map(|value| *self = value).is_ok()
            }
        }

        impl Json for $type {
            #[inline]
            fn neutral() -> Self {
                0
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Whole(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                View::Whole((*self).into())
            }
            $(
                #[inline]
                fn $exact() -> bool {
                    true
                }

                #[inline]
                fn is_exact(&self) -> bool {
                    true
                }
            )?
        }
    )*};
}

integers! {
    i8: "an 8-bit integer";
    i16: "a 16-bit integer";
    i32: "a 32-bit integer";
    i128: "an integer", exact;
    u8: "an unsigned 8-bit integer";
    u16: "an unsigned 16-bit integer";
    u32: "an unsigned 32-bit integer";
    u64: "an unsigned 64-bit integer";
}

/// The integer that the text of a number means, however it is written: `12`, `12.0`, `1.2e1`.
pub(super) fn integer_of(text: &str) -> Option<i128> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    let exponent: i64 = exponent.parse().ok()?;
    let digits = format!("{whole}{fraction}");
    let zeros = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    match usize::try_from(zeros) {
        // No type holds more digits.
        Ok(zeros) if zeros < 40 => format!("{digits}{}", "0".repeat(zeros)).parse().ok(),
        Ok(_) => digits.parse().ok().filter(|integer| *integer == 0),
        Err(_) => {
            let dropped = usize::try_from(zeros.unsigned_abs()).ok()?;
            let kept = digits.len().checked_sub(dropped)?;
            let (kept, dropped) = digits.split_at(kept);
            dropped.bytes().all(|digit| digit == b'0').then(|| kept.parse().ok())?
        }
    }
}

/// The name by which serde_json is asked for the text of a value. Other formats do not know it, and give the value.
const RAW: &str = "$serde_json::private::RawValue";

/// Reads a value whose number is taken by its text.
pub(super) fn deserialize_exactly<'de, D: Deserializer<'de>>(
    seed: Seed<'_>,
    deserializer: D,
) -> Result<DecodeOutcome, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, Exactly(seed))
}

struct Exactly<'a>(Seed<'a>);

impl<'de> Visitor<'de> for Exactly<'_> {
    type Value = DecodeOutcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<DecodeOutcome, D::Error> {
        deserializer.deserialize_any(self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<DecodeOutcome, A::Error> {
        let key = access.next_key_seed(KeySeed)?;
        if key.as_deref() != Some(RAW) {
            return Err(A::Error::custom("a number cannot be read from this format"));
        }
        let text = access.next_value_seed(KeySeed)?;
        let Seed { place, report } = self.0;
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Ok(decode_digits(place, &text, report));
        }
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let outcome = deserializer.deserialize_any(Seed { place, report });
        outcome.map_err(A::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::integer_of;
    use crate::json::tests::open;

    #[test]
    fn the_text_of_a_number_is_an_integer_however_it_is_written() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-7", Some(-7)),
            ("12.00", Some(12)),
            ("1.2e1", Some(12)),
            ("1.20e+1", Some(12)),
            ("1200E-2", Some(12)),
            ("0e999", Some(0)),
            ("-0.0", Some(0)),
            ("1e38", Some(10_i128.pow(38))),
            ("1e39", None),
            ("1.5", None),
            ("5e-1", None),
            ("1e-400", None),
        ] {
            assert_eq!(integer_of(text), expected, "{text}");
        }
    }

    #[test]
    fn integers_of_each_width_take_what_fits_and_refuse_what_does_not() {
        assert_eq!(open::<u64>("18446744073709551615"), (u64::MAX, vec![]));
        assert_eq!(open::<i128>("-18446744073709551617"), (-18_446_744_073_709_551_617, vec![]));
        assert_eq!(open::<Option<i128>>("null"), (None, vec![]));
        let (list, repairs) = open::<Vec<i32>>("[1,2147483648,3]");
        assert_eq!(list, [1, 3]);
        let [repair] = &repairs[..] else { panic!("{repairs:?}") };
        let said = "[1]: expected a 32-bit integer, found an integer out of its range";
        assert_eq!(repair.to_string(), said);
    }
}
