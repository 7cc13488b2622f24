//! Headers of requests.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Parses the name of a header.
pub(super) fn name_of(header: &str) -> Result<HeaderName, Cow<'static, str>> {
    header.parse().map_err(|_| "it is not the name of a header".into())
}

/// Adds a header that `Debug` does not show.
pub(crate) fn add_secret(
    headers: &mut HeaderMap,
    name: HeaderName,
    secret: &str,
) -> Result<(), Cow<'static, str>> {
    let mut value = header(secret.to_owned())?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// Makes a header value of a text without copying it.
pub(super) fn header(text: impl Into<Cow<'static, str>>) -> Result<HeaderValue, Cow<'static, str>> {
    let bytes = match text.into() {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => text.into(),
    };
    HeaderValue::from_maybe_shared(bytes)
        .map_err(|_| "a header cannot hold line breaks and other control characters".into())
}

/// Whether a cookie can hold the byte as it is.
pub(super) fn fits_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}
