//! Options of a single call, which a client may have as defaults.

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::InvalidOptionsError;
use crate::retry::RetryPolicy;

const TIMEOUT: Duration = Duration::from_secs(30);

/// Headers that say how a message is laid out and where it goes, which is not for a call to say.
const OF_THE_CONNECTION: [&str; 8] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// How a call is sent, where that is not as the client sends all. [`Seam::with`](crate::Seam::with) takes them for all calls
/// of a client, and `options` of a request for one, where they win.
#[derive(Clone, Default)]
#[must_use = "options are given to a client or to a call"]
pub struct CallOptions {
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    headers: HeaderMap,
    workspace: Option<String>,
    verbs: Verbs,
    repetition: Repetition,
    problem: Option<InvalidOptionsError>,
}

/// Which verb a call is sent by. What is asked for is greater than what is so by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Verbs {
    #[default]
    Telling,
    PostOnly,
}

/// What is known about sending a call twice. Likewise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Repetition {
    #[default]
    ByOperation,
    Harmless,
}

impl CallOptions {
    /// No options: all is as the client has it.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long each attempt of the call may take, from connecting to the end of the answer's body; not zero.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        if timeout.is_zero() {
            self.problem("a time limit of zero lets no call succeed; give it a longer one");
        }
        self.timeout = Some(timeout);
        self
    }

    /// Sends a header along. Those that the client sends itself win over it, above all the credentials.
    ///
    /// A header that cannot be sent makes the call fail with [`Error::InvalidOptions`](crate::Error::InvalidOptions).
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = name.as_ref();
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value.as_ref())) {
            (Ok(known), Ok(_)) if OF_THE_CONNECTION.contains(&known.as_str()) => {
                self.problem(format!("the header `{known}` is not for a call to set; leave it out"));
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

    /// The workspace that the call is for, where the credentials leave a choice: those of
    /// [`Seam::with_workspace`](crate::Seam::with_workspace).
    pub fn workspace(mut self, id: impl Into<String>) -> Self {
        self.workspace = Some(id.into());
        self
    }

    /// When the call is sent again by itself.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        if let Err(problem) = policy.check() {
            self.problem = Some(problem);
        }
        self.retry = Some(policy);
        self
    }

    /// Sends POST also where the API offers a more telling method.
    pub fn post_only(mut self) -> Self {
        self.verbs = Verbs::PostOnly;
        self
    }

    /// Says that the call does no harm if it is carried out twice, so that it is retried like a DELETE. You know it, the
    /// API does not say so: setting a temperature, for example, and not opening a door.
    pub fn idempotent(mut self) -> Self {
        self.repetition = Repetition::Harmless;
        self
    }

    /// These options, and where they say nothing the others.
    pub(crate) fn over(self, others: &Self) -> Self {
        let mut headers = others.headers.clone();
        headers.extend(self.headers);
        Self {
            timeout: self.timeout.or(others.timeout),
            retry: self.retry.or_else(|| others.retry.clone()),
            headers,
            workspace: self.workspace.or_else(|| others.workspace.clone()),
            verbs: self.verbs.max(others.verbs),
            repetition: self.repetition.max(others.repetition),
            problem: self.problem.or_else(|| others.problem.clone()),
        }
    }

    /// What of it cannot be.
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

    pub(crate) fn workspace_id(&self) -> Option<&str> {
        self.workspace.as_deref()
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

/// Shows no values of headers, which may be secrets.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("workspace", &self.workspace)
            .field("verbs", &self.verbs)
            .field("repetition", &self.repetition)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_last_wins_and_the_rest_stays() {
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
    fn what_cannot_be_is_told() {
        for (options, expected) in [
            (CallOptions::new().header("x y", "1"), "not the name of a header"),
            (CallOptions::new().header("x", "1\r\nauthorization: 2"), "cannot hold"),
            (CallOptions::new().header("Content-Length", "1"), "not for a call to set"),
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
    fn a_value_of_a_header_does_not_show() {
        let shown = format!("{:?}", CallOptions::new().header("x-key", "hidden"));
        assert!(shown.contains("x-key") && !shown.contains("hidden"), "{shown}");
    }
}
