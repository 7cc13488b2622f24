//! The types of integers, and of dates and times without an offset.

/// A type of integers, by sign and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Width {
    I8,
    I16,
    I32,
    I64,
    /// For integers of any size: JSON sets no limit.
    I128,
    U8,
    U16,
    U32,
    U64,
}

impl Width {
    /// The name of the Rust type.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::I128 => "i128",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    /// What its values are, as the runtime says it.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::I8 => "an 8-bit integer",
            Self::I16 => "a 16-bit integer",
            Self::I32 => "a 32-bit integer",
            Self::I64 => "a 64-bit integer",
            Self::I128 => "an integer",
            Self::U8 => "an unsigned 8-bit integer",
            Self::U16 => "an unsigned 16-bit integer",
            Self::U32 => "an unsigned 32-bit integer",
            Self::U64 => "an unsigned 64-bit integer",
        }
    }

    /// The least and the largest value.
    pub(crate) fn bounds(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::I128 => (i128::MIN, i128::MAX),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
        }
    }

    /// Whether it holds all values of another one.
    pub(crate) fn holds(self, other: Self) -> bool {
        let ((least, largest), (others_least, others_largest)) = (self.bounds(), other.bounds());
        least <= others_least && others_largest <= largest
    }

    /// Whether `impl Into` of it takes literals, which are `i32` where nothing else says what they are.
    pub(crate) fn is_made_from_literals(self) -> bool {
        self.holds(Self::I32)
    }
}

/// What of a date and a time a value has, without an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Civil {
    Date,
    Time,
    DateTime,
}

impl Civil {
    /// The name of the type in `jiff::civil`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Time => "Time",
            Self::DateTime => "DateTime",
        }
    }

    /// What its values are, as the runtime says it.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::Time => "a time without an offset",
            Self::DateTime => "a date-time without an offset",
        }
    }

    /// The type for a format. A `time` has an offset, so it is none of these.
    pub(crate) fn of_format(format: &str) -> Option<Self> {
        match format {
            "date" => Some(Self::Date),
            "time-local" | "local-time" | "partial-time" => Some(Self::Time),
            "date-time-local" | "local-date-time" => Some(Self::DateTime),
            _ => None,
        }
    }
}
