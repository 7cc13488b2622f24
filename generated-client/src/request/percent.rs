//! Percent-encoding, as RFC 3986 has it.

use std::fmt::Write as _;

/// What is written as it is wherever it stands.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What `allowReserved` leaves alone: the reserved characters that mean nothing to the reader of a query.
fn is_harmless(byte: u8) -> bool {
    matches!(
        byte,
        b':' | b'/' | b'?' | b'@' | b'!' | b'$' | b'\'' | b'(' | b')' | b'*' | b',' | b';' | b'='
    )
}

/// Writes `text` so that nothing in it is taken for more than text.
pub(crate) fn encode(text: &str, reserved: bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) || (reserved && is_harmless(byte)) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
