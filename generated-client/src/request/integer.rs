//! What integers are made from.

/// An integer of any type, where the API takes one: `.limit(10)`, `.limit(page_size)` for a `usize`.
///
/// If the number does not fit into the type that the API takes, sending the request fails with
/// [`Error::InvalidOptions`](crate::Error::InvalidOptions), and nothing is sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an integer type",
    note = "for a number with a fraction, decide how to round it; parse a text with `.parse::<i64>()?`"
)]
pub trait IntoInteger: sealed::Sealed {
    /// Returns the number, or `None` if it is larger than an `i128`.
    fn into_integer(self) -> Option<i128>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl sealed::Sealed for $integer {}

        impl IntoInteger for $integer {
            #[inline]
            fn into_integer(self) -> Option<i128> {
                self.try_into().ok()
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

#[cfg(test)]
mod tests {
    use super::IntoInteger;

    #[test]
    fn integers_of_all_types_are_themselves_or_too_large() {
        assert_eq!(100.into_integer(), Some(100));
        assert_eq!(
            [5_u8.into_integer(), 10_usize.into_integer(), (-3_isize).into_integer()],
            [Some(5), Some(10), Some(-3)]
        );
        assert_eq!(u64::MAX.into_integer(), Some(u64::MAX.into()));
        assert_eq!(i128::MIN.into_integer(), Some(i128::MIN));
        assert_eq!(u128::MAX.into_integer(), None);
    }
}
