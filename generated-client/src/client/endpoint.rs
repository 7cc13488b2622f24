//! Where the API is served.

use reqwest::Url;

use crate::error::InvalidOptionsError;

/// The address that the paths of operations are added to.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Without a slash at the end of its path.
    base: Url,
}

impl Endpoint {
    /// Takes an address, with or without a path in front of the API's own.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidOptionsError> {
        // What was given is not repeated in the message: it may hold a password.
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
        if base.query().is_some() {
            return Err(invalid("holds a query; leave out the `?` and what follows it"));
        }
        if base.fragment().is_some() {
            return Err(invalid("holds a fragment; leave out the `#` and what follows it"));
        }
        Ok(Self { base })
    }

    /// The address of an operation, whose path begins with a slash.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url
    }

    pub(crate) fn as_str(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_kept() {
        for (endpoint, expected) in [
            ("https://a.example", "https://a.example/b/c"),
            ("https://a.example/", "https://a.example/b/c"),
            ("http://127.0.0.1:4020/seam/v1", "http://127.0.0.1:4020/seam/v1/b/c"),
            (" http://[::1]:4020/seam/v1// ", "http://[::1]:4020/seam/v1/b/c"),
        ] {
            assert_eq!(Endpoint::parse(endpoint).unwrap().join("/b/c").as_str(), expected);
        }
    }

    #[test]
    fn what_is_no_endpoint_is_told_why() {
        for (endpoint, expected) in [
            ("connect.example.com", "is no URL"),
            ("localhost:4020", "`https://` or `http://`"),
            ("ftp://a.example", "`https://` or `http://`"),
            ("https://user:hidden@a.example", "leave them out"),
            ("https://a.example/?key=hidden", "the `?`"),
            ("https://a.example/#hidden", "the `#`"),
        ] {
            let message = Endpoint::parse(endpoint).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
            assert!(!message.contains("hidden"), "{message}");
        }
    }
}
