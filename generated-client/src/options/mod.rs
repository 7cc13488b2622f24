//! Options of single requests, which a client may have as defaults.

mod poll_interval;

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

pub(crate) use self::poll_interval::PollInterval;
use crate::auth::CredentialScope;
use crate::error::InvalidOptionsError;
use crate::retry::RetryPolicy;

const TIMEOUT: Duration = Duration::from_secs(30);

/// Headers of the connection and the framing of messages, which the transport sets.
const CONNECTION_HEADERS: [&str; 8] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Options of a request that differ from the client's.
///
/// [`Client::with`](crate::client::Client::with) sets them for all requests of a client. The method `options` of a request
/// sets them for that request, and takes precedence.
#[derive(Clone, Default)]
#[must_use = "options have no effect before they are given to a client or a request"]
pub struct CallOptions {
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    headers: HeaderMap,
    scope: Option<CredentialScope>,
    verbs: Verbs,
    repetition: Repetition,
    problem: Option<InvalidOptionsError>,
}

/// Which method a request is sent with. The default is the smallest, so the greater of two options wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Verbs {
    #[default]
    Preferred,
    PostOnly,
}

/// Whether a request may be sent twice. The greater of two options wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Repetition {
    #[default]
    ByOperation,
    Harmless,
}

impl CallOptions {
    /// Creates options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Limits each attempt, from connecting to the end of the response body and of decoding it. It must not be zero.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        if timeout.is_zero() {
            self.problem("a time limit of zero lets no request succeed; give it a longer one");
        }
        self.timeout = Some(timeout);
        self
    }

    /// Adds a header. The client's own headers win over it, in particular the credentials.
    ///
    /// With an invalid header the request fails with [`Error::InvalidOptions`](crate::error::Error::InvalidOptions).
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = name.as_ref();
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value.as_ref())) {
            (Ok(known), Ok(_)) if CONNECTION_HEADERS.contains(&known.as_str()) => {
                self.problem(format!("the header `{known}` is set by the transport; leave it out"));
            }
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            (Ok(name), Err(_)) => self.problem(format!(
                "the value of the header `{name}` has characters that a header cannot hold; encode them"
            )),
            (Err(_), _) => {
                self.problem(format!("`{name}` is not the name of a header; it has to be a word"));
            }
        }
        self
    }

    /// Sets when the request is retried automatically.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        if let Err(problem) = policy.check() {
            self.problem = Some(problem);
        }
        self.retry = Some(policy);
        self
    }

    /// Sends POST even if the API offers a more specific method.
    pub fn post_only(mut self) -> Self {
        self.verbs = Verbs::PostOnly;
        self
    }

    /// Declares that the request may be carried out twice, so it is retried like a DELETE.
    ///
    /// The API's document does not mark all idempotent operations. Use this to set a temperature, but not to open a door.
    pub fn idempotent(mut self) -> Self {
        self.repetition = Repetition::Harmless;
        self
    }

    /// Merges the options. Those of `self` win.
    pub(crate) fn over(self, others: &Self) -> Self {
        let mut headers = others.headers.clone();
        headers.extend(self.headers);
        Self {
            timeout: self.timeout.or(others.timeout),
            retry: self.retry.or_else(|| others.retry.clone()),
            headers,
            scope: self.scope.or_else(|| others.scope.clone()),
            verbs: self.verbs.max(others.verbs),
            repetition: self.repetition.max(others.repetition),
            problem: self.problem.or_else(|| others.problem.clone()),
        }
    }

    /// Validates the options.
    pub(crate) fn check(&self) -> Result<(), InvalidOptionsError> {
        self.problem.clone().map_or(Ok(()), Err)
    }

    pub(crate) fn time_limit(&self) -> Duration {
        self.timeout.unwrap_or(TIMEOUT)
    }

    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        self.retry.clone().unwrap_or_default()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Selects the account that the credentials are used for.
    #[allow(dead_code, reason = "only some APIs have such credentials")]
    pub(crate) fn with_scope(self, scope: CredentialScope) -> Self {
        Self { scope: Some(scope), ..self }
    }

    pub(crate) fn scope(&self) -> Option<&CredentialScope> {
        self.scope.as_ref()
    }

    pub(crate) fn is_post_only(&self) -> bool {
        self.verbs == Verbs::PostOnly
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.repetition == Repetition::Harmless
    }

    fn problem(&mut self, problem: impl Into<String>) {
        self.problem = Some(InvalidOptionsError::new(problem));
    }
}

/// Leaves out the values of headers, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("scope", &self.scope.as_ref().map(|scope| &scope.id))
            .field("verbs", &self.verbs)
            .field("repetition", &self.repetition)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_of_a_request_win_over_those_of_the_client() {
        let of_client = CallOptions::new().timeout(Duration::from_secs(1)).header("x-a", "1");
        let of_client = of_client.header("x-b", "1").retry(RetryPolicy::none()).post_only();
        let of_call = CallOptions::new().timeout(Duration::from_secs(2)).header("x-b", "2");
        let options = of_call.idempotent().over(&of_client);
        assert_eq!(options.time_limit(), Duration::from_secs(2));
        assert_eq!(options.retry_policy(), RetryPolicy::none());
        assert_eq!(
            (&options.headers()["x-a"], &options.headers()["x-b"]),
            (&"1".parse().unwrap(), &"2".parse().unwrap())
        );
        assert!(options.is_post_only() && options.is_idempotent());
    }

    #[test]
    fn invalid_options_are_rejected_with_the_reason() {
        for (options, expected) in [
            (CallOptions::new().header("x y", "1"), "not the name of a header"),
            (CallOptions::new().header("x", "1\r\nauthorization: 2"), "cannot hold"),
            (CallOptions::new().header("Content-Length", "1"), "is set by the transport"),
            (CallOptions::new().timeout(Duration::ZERO), "a time limit of zero"),
            (
                CallOptions::new().retry(RetryPolicy::new().deadline(Duration::ZERO)),
                "a deadline of zero",
            ),
        ] {
            let message = options.over(&CallOptions::new()).check().unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
        assert!(CallOptions::new().header("x", "1").check().is_ok());
    }

    #[test]
    fn debug_shows_no_value_of_a_header() {
        let shown = format!("{:?}", CallOptions::new().header("x-key", "hidden"));
        assert!(shown.contains("x-key") && !shown.contains("hidden"), "{shown}");
    }
}
