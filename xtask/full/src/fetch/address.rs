//! URLs that documents are downloaded from.

use std::net::IpAddr;

use anyhow::{Context, Result, ensure};
use reqwest::Url;

/// Parses a URL to download from: https, or http on this machine.
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

/// Removes credentials from a URL, so that it can be stored and shown.
pub(super) fn without_credentials(mut url: Url) -> Url {
    // This fails only for URLs that cannot have credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Whether the URL contains a user name or password.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether the connection is protected against tampering.
pub(super) fn is_https(url: &Url) -> bool {
    url.scheme() == "https"
}

/// Whether the URL is on this machine.
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
