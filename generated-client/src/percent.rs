//! Percent-encoding, as RFC 3986 describes it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same without the reserved characters that have no meaning inside a query, which `allowReserved` leaves as they are.
const STRUCTURAL: AsciiSet = RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Which characters of a value are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// All that are not letters, digits, `-`, `.`, `_` or `~`.
    Encoded,
    /// The same, but reserved characters that have no meaning inside a query stay (`allowReserved`).
    Allowed,
}

/// Encodes `text` so that it is read as one value wherever it stands in a URL.
pub(crate) fn encode(text: &str, reserved: Reserved) -> String {
    let encoded: &'static AsciiSet = match reserved {
        Reserved::Encoded => &RESERVED,
        Reserved::Allowed => &STRUCTURAL,
    };
    utf8_percent_encode(text, encoded).to_string()
}
