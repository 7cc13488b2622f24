//! What integers are made from.

/// An integer of any type, where the API takes one: `.limit(10)`, `.limit(page_size)` for a `usize`.
///
/// The API's integers are `i64`. Of the types that hold more than an `i64` does, a number that is too large becomes
/// [`i64::MAX`], and one that is too small [`i64::MIN`]: no number is wrapped to another one, and no API accepts a count or an id
/// that large.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an integer type",
    note = "for a number with a fraction, decide how to round it; parse a text with `.parse::<i64>()?`"
)]
pub trait IntoInteger: sealed::Sealed {
    /// The number, or the nearest one that an `i64` holds.
    fn into_integer(self) -> i64;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! fitting {
    ($($integer:ty),*) => {$(
        impl sealed::Sealed for $integer {}

        impl IntoInteger for $integer {
            #[inline]
            fn into_integer(self) -> i64 {
                self.into()
            }
        }
    )*};
}

macro_rules! saturating {
    ($($integer:ty),*) => {$(
        impl sealed::Sealed for $integer {}

        impl IntoInteger for $integer {
            #[inline]
            fn into_integer(self) -> i64 {
                #[allow(unused_comparisons, reason = "some of the types have no sign")]
                let nearest = if self < 0 { i64::MIN } else { i64::MAX };
                self.try_into().unwrap_or(nearest)
            }
        }
    )*};
}

fitting!(i8, i16, i32, i64, u8, u16, u32);
saturating!(i128, isize, u64, u128, usize);

#[cfg(test)]
mod tests {
    use super::IntoInteger;

    #[test]
    fn integers_of_all_types_are_themselves_or_the_nearest_that_fits() {
        assert_eq!(100.into_integer(), 100);
        assert_eq!(
            [5_u8.into_integer(), 10_usize.into_integer(), (-3_isize).into_integer()],
            [5, 10, -3]
        );
        assert_eq!([u64::MAX.into_integer(), u128::MAX.into_integer()], [i64::MAX; 2]);
        assert_eq!([i128::MIN.into_integer(), i128::from(i64::MIN).into_integer()], [i64::MIN; 2]);
        assert_eq!(u64::try_from(i64::MAX).map(IntoInteger::into_integer), Ok(i64::MAX));
    }
}
