//! Addresses that documents are taken from.

use std::net::IpAddr;

use anyhow::{Context, Result, ensure};
use reqwest::Url;

/// An address that can be downloaded from.
pub(super) fn address(text: &str) -> Result<Url> {
    let url: Url = text.parse().with_context(|| format!("`{text}` is no address"))?;
    ensure!(
        matches!(url.scheme(), "http" | "https"),
        "`{text}` does not begin with https:// or http://; for a file use --file PATH"
    );
    ensure!(
        is_https(&url) || is_loopback(&url),
        "`{}` is plain http, which anybody on the way can change; use https://",
        without_credentials(url)
    );
    Ok(url)
}

/// The address as it may be written down and shown.
pub(super) fn without_credentials(mut url: Url) -> Url {
    // This fails only for addresses that have no place for credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Whether the address says who is asking.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether nobody on the way can change what is sent.
pub(super) fn is_https(url: &Url) -> bool {
    url.scheme() == "https"
}

/// Whether the address is one of this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine() {
        for text in
            ["https://example.com/x", "http://127.0.0.1:1/x", "http://[::1]/x", "http://localhost/"]
        {
            assert!(address(text).is_ok(), "{text}");
        }
        for text in ["http://example.com/x", "http://127.0.0.1.example.com/", "http://10.0.0.1/"] {
            let message = address(text).unwrap_err().to_string();
            assert!(message.contains("use https://"), "{message}");
        }
        let message = address("http://me:hidden@example.com/").unwrap_err().to_string();
        assert!(!message.contains("hidden"), "{message}");
    }
}
