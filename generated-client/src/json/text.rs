//! Strings that mean something: ids, enums, date-times.

use std::borrow::Cow;

/// How a text was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextOutcome {
    /// Understood.
    Known,
    /// Buffered, though this version does not know it.
    Unknown,
    /// Buffered likewise, where only one text is known.
    Other,
    /// Buffered as well, though it is not a text of this kind; the strict mode refuses it.
    Unlike,
    /// Not a text of this kind; nothing was changed.
    Refused,
}

/// A value that JSON shows as a string.
pub(crate) trait Text {
    /// What it is, for messages: `a date-time`.
    fn expected(&self) -> &'static str;

    /// Takes the value that `text` stands for.
    fn set(&mut self, text: &str) -> TextOutcome;

    /// The text that stands for the value.
    fn text(&self) -> Cow<'_, str>;
}

/// Gives an enum of known texts and one arm for all others what it needs, by a table of these texts.
///
/// Its neutral value is the arm for unknown texts, with none; for an enum of one value it is that value.
macro_rules! open_enum {
    ($name:ident { $only:ident = $text:literal $(,)? }) => {
        $crate::json::open_enum!($name { $only = $text } $name::$only, Other);
    };
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::json::open_enum!(
            $name { $($variant = $text),* } $name::Unrecognized(String::new()), Unknown
        );
    };
    ($name:ident { $($variant:ident = $text:literal),* } $neutral:expr, $outcome:ident) => {
        impl $name {
            /// The text as the API writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unrecognized(text) => text,
                }
            }

            #[inline]
            fn known(text: &str) -> Option<Self> {
                let known = match text {
                    $($text => Self::$variant,)*
                    _ => return None,
                };
                Some(known)
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Unrecognized(text.to_owned()))
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::known(&text).unwrap_or(Self::Unrecognized(text))
            }
        }

        impl From<&String> for $name {
            #[inline]
            fn from(text: &String) -> Self {
                text.as_str().into()
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::json::Text for $name {
            #[inline]
            fn expected(&self) -> &'static str {
                "a string"
            }

            #[inline]
            fn set(&mut self, text: &str) -> $crate::json::TextOutcome {
                match Self::known(text) {
                    Some(known) => {
                        *self = known;
                        $crate::json::TextOutcome::Known
                    }
                    None => {
                        *self = Self::Unrecognized(text.to_owned());
                        $crate::json::TextOutcome::$outcome
                    }
                }
            }

            #[inline]
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                self.as_str().into()
            }
        }

        impl $crate::json::Json for $name {
            #[inline]
            fn neutral() -> Self {
                $neutral
            }

            #[inline]
            fn slot(&mut self) -> $crate::json::Slot<'_> {
                $crate::json::Slot::Text(self)
            }

            #[inline]
            fn view(&self) -> $crate::json::View<'_> {
                $crate::json::View::String($crate::json::Text::text(self))
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use open_enum;

/// Gives an id, a struct around its text, what people expect of one.
macro_rules! id {
    ($name:ident) => {
        impl $name {
            /// The id as text.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as text, without a copy.
            #[must_use]
            #[inline]
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&String> for $name {
            #[inline]
            fn from(id: &String) -> Self {
                Self(id.clone())
            }
        }

        impl From<&$name> for $name {
            #[inline]
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<$name> for String {
            #[inline]
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(id: &str) -> Result<Self, Self::Err> {
                Ok(id.into())
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl $crate::json::Json for $name {
            #[inline]
            fn neutral() -> Self {
                Self(String::new())
            }

            #[inline]
            fn slot(&mut self) -> $crate::json::Slot<'_> {
                $crate::json::Slot::String(&mut self.0)
            }

            #[inline]
            fn view(&self) -> $crate::json::View<'_> {
                $crate::json::View::String(::std::borrow::Cow::Borrowed(&self.0))
            }
        }
        $crate::json::serde_impls!($name);
    };
}
pub(crate) use id;
