//! The address of the API.

use reqwest::Url;

use crate::error::InvalidOptionsError;
use crate::transport::is_loopback;

/// The base URL, to which the paths of operations are appended.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    base: Url,
    /// The path of the base URL, without a trailing slash.
    prefix: String,
}

/// Which hosts may be called with `http://`, which anyone on the network can read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PlainHttp {
    /// This machine.
    #[default]
    Loopback,
    Anywhere,
}

impl Endpoint {
    /// Parses a URL, whose path becomes a prefix of all paths.
    pub(crate) fn parse(text: &str, plain_http: PlainHttp) -> Result<Self, InvalidOptionsError> {
        // The message does not repeat the URL, which may hold a password.
        let invalid = |problem: &str| {
            InvalidOptionsError::new(format!(
                "the endpoint {problem}; it has to look like `https://connect.example.com/prefix`"
            ))
        };
        let base =
            Url::parse(text.trim()).map_err(|error| invalid(&format!("is no URL ({error})")))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(invalid("has to begin with `https://` or `http://`"));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(invalid(
                "holds a user name or a password; leave them out, and give the credentials to the builder",
            ));
        }
        if base.scheme() == "http" && plain_http == PlainHttp::Loopback && !is_loopback(&base) {
            return Err(invalid(
                "begins with `http://`, and everyone on the way there could read the credentials; use `https://`, or \
                 call `.allow_http()` if the network can be trusted",
            ));
        }
        if base.query().is_some() {
            return Err(invalid("holds a query; leave out the `?` and what follows it"));
        }
        if base.fragment().is_some() {
            return Err(invalid("holds a fragment; leave out the `#` and what follows it"));
        }
        let prefix = base.path().trim_end_matches('/').to_owned();
        Ok(Self { base, prefix })
    }

    /// Returns the URL of an operation, whose path begins with a slash.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        if self.prefix.is_empty() {
            url.set_path(path);
        } else {
            url.set_path(&(self.prefix.clone() + path));
        }
        url
    }

    pub(crate) fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_endpoint_is_a_prefix_of_all_paths() {
        for (endpoint, expected) in [
            ("https://a.example", "https://a.example/b/c"),
            ("https://a.example/", "https://a.example/b/c"),
            ("http://127.0.0.1:4020/api/v1", "http://127.0.0.1:4020/api/v1/b/c"),
            (" http://[::1]:4020/api/v1// ", "http://[::1]:4020/api/v1/b/c"),
        ] {
            let endpoint = Endpoint::parse(endpoint, PlainHttp::Loopback).unwrap();
            assert_eq!(endpoint.join("/b/c").as_str(), expected);
        }
    }

    #[test]
    fn an_invalid_endpoint_is_rejected_with_the_reason() {
        for (endpoint, expected) in [
            ("connect.example.com", "is no URL"),
            ("localhost:4020", "`https://` or `http://`"),
            ("ftp://a.example", "`https://` or `http://`"),
            ("https://user:hidden@a.example", "leave them out"),
            ("http://a.example", "`.allow_http()`"),
            ("http://localhost.example", "`.allow_http()`"),
            ("http://127.0.0.1.example", "`.allow_http()`"),
            ("http://[::2]", "`.allow_http()`"),
            ("https://a.example/?key=hidden", "the `?`"),
            ("https://a.example/#hidden", "the `#`"),
        ] {
            let refused = Endpoint::parse(endpoint, PlainHttp::Loopback);
            let message = refused.unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
            assert!(!message.contains("hidden"), "{message}");
        }
    }

    #[test]
    fn plain_http_stays_on_this_machine_unless_it_is_allowed() {
        // Addresses are accepted in every notation that browsers accept.
        for host in [
            "localhost",
            "LOCALHOST:1",
            "127.0.0.1:1",
            "127.9.9.9",
            "127.0.0.1.",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "017700000001",
            "%6cocalhost",
            "127\u{3002}0\u{3002}0\u{3002}1",
            "[::1]",
            "[0:0:0:0:0:0:0:1]:1",
        ] {
            let endpoint = format!("http://{host}/v1");
            assert!(Endpoint::parse(&endpoint, PlainHttp::Loopback).is_ok(), "{endpoint}");
        }
        for host in [
            "a.example",
            "a.localhost",
            "localhost.example",
            "localhost.",
            "localhosts",
            "127.0.0.1.example",
            "127-0-0-1.example",
            "0.0.0.0",
            "0",
            "128.0.0.1",
            "3232235777",
            "10.0.0.1",
            "169.254.169.254",
            "[::]",
            "[::2]",
            "[::ffff:127.0.0.1]",
            "[fe80::1]",
            "a.example\\@localhost",
            "a.example#@localhost",
            "a.example?@127.0.0.1",
            "127.0.0.1@a.example",
            "localhost:80@a.example",
            "localhost:80:80",
            "localhost\0.example",
        ] {
            let endpoint = format!("http://{host}/v1");
            let refused = Endpoint::parse(&endpoint, PlainHttp::Loopback);
            assert!(refused.is_err(), "{endpoint}: {refused:?}");
        }
        assert!(Endpoint::parse("http://a.example", PlainHttp::Anywhere).is_ok());
    }
}
