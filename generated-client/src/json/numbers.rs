//! Numbers: integers of each width, and those that the parser cannot hold.
//!
//! The parser gives a number as `i64`, `u64` or `f64`. Where a value can be larger, it is asked for the text of the number.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

use super::decode_scalars::decode_digits;
use super::entries::{DecodeOutcome, KeySeed};
use super::read::Seed;
use super::{Json, Slot, TextOutcome, View};

/// A number of another type than `i64` and `f64`.
pub(crate) trait Numeric {
    /// What it is, for messages.
    fn expected(&self) -> &'static str;

    /// Takes an integer.
    fn set(&mut self, value: i128) -> TextOutcome;

    /// Takes a number that is no integer, or too large for one.
    fn set_number(&mut self, _: f64) -> TextOutcome {
        TextOutcome::Refused
    }

    /// Takes the number of this text.
    fn set_digits(&mut self, text: &str) -> TextOutcome {
        match (integer_of(text), text.parse()) {
            (Some(integer), _) => self.set(integer),
            (None, Ok(number)) => self.set_number(number),
            (None, Err(_)) => TextOutcome::Refused,
        }
    }
}

macro_rules! integers {
    ($($type:ty: $expected:literal;)*) => {$(
        impl Numeric for $type {
            fn expected(&self) -> &'static str {
                $expected
            }

            fn set(&mut self, value: i128) -> TextOutcome {
                match value.try_into() {
                    Ok(value) => {
                        *self = value;
                        TextOutcome::Known
                    }
                    Err(_) => TextOutcome::Refused,
                }
            }
        }
    )*};
}

integers! {
    i8: "an 8-bit integer";
    i16: "a 16-bit integer";
    i32: "a 32-bit integer";
    i64: "a 64-bit integer";
    i128: "an integer";
    u8: "an unsigned 8-bit integer";
    u16: "an unsigned 16-bit integer";
    u32: "an unsigned 32-bit integer";
    u64: "an unsigned 64-bit integer";
}

/// For the numbers of an enum.
impl Numeric for f64 {
    fn expected(&self) -> &'static str {
        "a number"
    }

    fn set(&mut self, value: i128) -> TextOutcome {
        self.set_number(value as Self)
    }

    fn set_number(&mut self, value: f64) -> TextOutcome {
        *self = value;
        TextOutcome::Known
    }
}

/// Makes values of numbers.
macro_rules! values {
    ($($type:ty $(, $exact:ident)?;)*) => {$(
        impl Json for $type {
            #[inline]
            fn neutral() -> Self {
                0
            }

            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Numeric(self)
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

values! {
    i8; i16; i32; i128, exact; u8; u16; u32; u64;
}

/// Gives an enum of known numbers and one arm for all others what it needs, by a table of these numbers. Its neutral value
/// is the arm for unknown numbers, with zero; for an enum of one value it is that value.
macro_rules! open_integers {
    ($name:ident: $number:ty { $($rows:tt)* }) => {
        $crate::json::open_numbers!(@ $name: $number, Whole, { $($rows)* });
    };
}
pub(crate) use open_integers;

/// The same for numbers that are no integers.
macro_rules! open_numbers {
    ($name:ident: $number:ty { $($rows:tt)* }) => {
        $crate::json::open_numbers!(@ $name: $number, Number, { $($rows)* });
    };
    (@ $name:ident: $number:ty, $view:ident, { $only:ident = $value:literal $(,)? }) => {
        $crate::json::open_numbers!(
            @ $name: $number, $view, { $only = $value } $name::$only, Other
        );
    };
    (@ $name:ident: $number:ty, $view:ident, { $($variant:ident = $value:literal),* $(,)? }) => {
        $crate::json::open_numbers!(
            @ $name: $number, $view, { $($variant = $value),* }
            $name::Unrecognized(Default::default()), Unknown
        );
    };
    (
        @ $name:ident: $number:ty, $view:ident, { $($variant:ident = $value:literal),* }
        $neutral:expr, $outcome:ident
    ) => {
        impl $name {
            /// The number as the API writes it.
            #[must_use]
            #[inline]
            pub fn number(&self) -> $number {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(number) => *number,
                }
            }
        }

        impl From<$number> for $name {
            #[inline]
            fn from(number: $number) -> Self {
                match number {
                    $($value => Self::$variant,)*
                    _ => Self::Unrecognized(number),
                }
            }
        }

        impl From<$name> for $number {
            #[inline]
            fn from(value: $name) -> Self {
                value.number()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.number().fmt(f)
            }
        }

        impl $crate::json::Numeric for $name {
            #[inline]
            fn expected(&self) -> &'static str {
                $crate::json::Numeric::expected(&self.number())
            }

            #[inline]
            fn set(&mut self, value: i128) -> $crate::json::TextOutcome {
                let mut number = self.number();
                let outcome = $crate::json::Numeric::set(&mut number, value);
                self.take(number, outcome)
            }

            #[inline]
            fn set_number(&mut self, value: f64) -> $crate::json::TextOutcome {
                let mut number = self.number();
                let outcome = $crate::json::Numeric::set_number(&mut number, value);
                self.take(number, outcome)
            }
        }

        impl $name {
            fn take(
                &mut self,
                number: $number,
                outcome: $crate::json::TextOutcome,
            ) -> $crate::json::TextOutcome {
                if outcome == $crate::json::TextOutcome::Refused {
                    return outcome;
                }
                *self = number.into();
                match self {
                    Self::Unrecognized(_) => $crate::json::TextOutcome::$outcome,
                    _ => $crate::json::TextOutcome::Known,
                }
            }
        }

        impl $crate::json::Json for $name {
            #[inline]
            fn neutral() -> Self {
                $neutral
            }

            #[inline]
            fn slot(&mut self) -> $crate::json::Slot<'_> {
                $crate::json::Slot::Numeric(self)
            }

            #[inline]
            fn view(&self) -> $crate::json::View<'_> {
                $crate::json::View::$view(self.number().into())
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use open_numbers;

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

/// Whether a value of this text, which is JSON, is a number.
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
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
        if is_number(&text) {
            return Ok(decode_digits(place, &text, report));
        }
        let mut deserializer = serde_json::Deserializer::from_str(&text);
        let outcome = deserializer.deserialize_any(Seed { place, report });
        outcome.map_err(A::Error::custom)
    }
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macros are for public types")]
mod tests {
    use super::integer_of;
    use crate::json::tests::open;
    use crate::json::{Policy, read};

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

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Level {
        Off,
        Unknown,
        Unrecognized(i32),
    }

    open_integers!(Level: i32 {
        Off = 0,
        Unknown = -1,
    });

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Factor {
        Half,
        Unrecognized(f64),
    }

    open_numbers!(Factor: f64 {
        Half = 0.5,
    });

    #[test]
    fn enums_of_numbers_keep_what_is_unknown() {
        let levels = [Level::Off, Level::Unknown, Level::Unrecognized(7)];
        let (found, repairs) = open::<Vec<Level>>("[0,-1,7,1.5,2147483648]");
        assert_eq!((&found[..], repairs.len()), (&levels[..], 2));
        assert_eq!(serde_json::to_string(&levels[2]).unwrap(), "7");
        assert_eq!((Level::from(-1), i32::from(Level::Unknown)), (Level::Unknown, -1));
        let factors = open::<Vec<Factor>>("[0.5,1,2.5]");
        let expected = vec![Factor::Half, Factor::Unrecognized(1.0), Factor::Unrecognized(2.5)];
        assert_eq!(factors, (expected, vec![]));
        assert!(read::<Level>(b"7", Policy::Strict).is_err());
    }
}
