//! Setting up a client.

use std::fmt;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::endpoint::{Endpoint, PlainHttp};
use super::{Inner, Seam};
use crate::auth::{CredentialInputs, Environment, Scheme, endpoint_from, log_in};
use crate::error::{Error, InvalidOptionsError};
use crate::execute::Transport;
use crate::json::Policy;
use crate::options::CallOptions;
use crate::platform;
use crate::poll::PollInterval;
use crate::retry::RetryPolicy;

/// Far above any answer that makes sense, and below what a machine has.
const BODY_LIMIT: usize = 64 << 20;

const SDK_NAME: HeaderName = HeaderName::from_static("seam-sdk-name");
const SDK_VERSION: HeaderName = HeaderName::from_static("seam-sdk-version");

/// Sets up a [`Seam`]; see [`Seam::builder`].
#[derive(Default)]
#[must_use = "`build` makes the client"]
pub struct SeamBuilder {
    pub(crate) credentials: CredentialInputs,
    endpoint: Option<String>,
    plain_http: PlainHttp,
    options: CallOptions,
    body_limit: Option<usize>,
    strict: bool,
    pace: PollInterval,
    transport: Option<Transport>,
    environment: bool,
}

impl SeamBuilder {
    /// Calls with this secret wherever an operation takes the scheme, which is one of the constants in
    /// [`security`](crate::security). It may be a token, a key, or whatever else the scheme is about.
    ///
    /// Several schemes may be given. Each operation is sent the first of its alternatives for which all is given, and one
    /// that needs something else is an [`Error::InvalidOptions`] and is not sent.
    pub fn credential(mut self, scheme: Scheme, secret: impl Into<String>) -> Self {
        self.credentials.secret(scheme, secret);
        self
    }

    /// The same for a scheme that takes a user name and a password, which may be empty.
    pub fn basic(
        mut self,
        scheme: Scheme,
        name: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        self.credentials.login(scheme, name, password);
        self
    }

    /// Calls this address instead of the API's own: `https://…`, or `http://…` on this machine. A path in it is kept in
    /// front of those of the operations, and a slash at its end makes no difference.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Lets an endpoint with `http://` be another machine, though everyone on the way there can read the credentials.
    pub fn allow_http(mut self) -> Self {
        self.plain_http = PlainHttp::Anywhere;
        self
    }

    /// How long each attempt of a call may take, from connecting to the end of the answer's body; 30 seconds unless set,
    /// and not zero. [`RetryPolicy::deadline`] limits all attempts together.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.timeout(timeout);
        self
    }

    /// When a call is sent again by itself; see [`RetryPolicy`] for what happens unless this is set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// How long to wait for what a call begins, where that is asked for with `wait`; 10 seconds unless set, and longer than
    /// the interval. A single wait can be given another limit.
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.pace.timeout = timeout;
        self
    }

    /// How long to pause before looking at it again; 1 second unless set, and not zero.
    pub fn wait_interval(mut self, interval: Duration) -> Self {
        self.pace.interval = interval;
        self
    }

    /// Sends POST also where the API offers a more telling method such as PATCH, for networks that only let POST through.
    pub fn post_only(mut self) -> Self {
        self.options = self.options.post_only();
        self
    }

    /// How many bytes the body of an answer may have; 64 MiB unless set. A longer one is not taken in, and the call ends
    /// with [`Error::Decode`] where what it was made for is in the body.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    /// Turns what would be repaired, and values that this version of the client does not know, into
    /// [`Error::Decode`]: for tests that shall notice when the API has moved on, not for production.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Calls through this HTTP client, with its proxy, its certificates, and its pool of connections.
    ///
    /// It must not follow redirects, which it does unless it is built with [`reqwest::redirect::Policy::none`]. To another
    /// host it takes along all but the header `authorization` and cookies: a token or a key in any other header, such as
    /// `client-session-token`, and what the call says. [`timeout`](Self::timeout) holds for it as well.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(Transport::Http(client));
        self
    }

    /// Calls nobody: the fake answers.
    #[cfg(feature = "testing")]
    pub fn fake(mut self, fake: &crate::testing::Fake) -> Self {
        self.transport = Some(Transport::Fake(fake.clone()));
        self
    }

    /// Takes from the environment what is not set here: the credentials and the endpoint, from the variables that
    /// [`Seam::from_env`] lists. What is set here wins.
    pub fn or_env(mut self) -> Self {
        self.environment = true;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] says which option cannot be used and what to do about it. It never repeats a secret.
    pub fn build(self) -> Result<Seam, Error> {
        let seam = self.set_up()?;
        if seam.inner().credentials.are_for_exchange() {
            return Err(Error::InvalidOptions(InvalidOptionsError::new(
                "a publishable key is exchanged for a client session, which is a call; make the client with \
                 `.connect().await` instead of `.build()`",
            )));
        }
        Ok(seam)
    }

    /// Makes the client, and exchanges a [publishable key](Self::publishable_key) for a client session. With other
    /// credentials nothing is sent.
    ///
    /// # Errors
    /// What [`build`](Self::build) says, and why the exchange failed.
    pub async fn connect(self) -> Result<Seam, Error> {
        log_in(self.set_up()?).await
    }

    fn set_up(self) -> Result<Seam, InvalidOptionsError> {
        let process = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        let environment: Option<&Environment<'_>> =
            if self.environment { Some(&process) } else { None };
        self.set_up_with(environment)
    }

    /// Makes the client with another environment than that of the process.
    pub(crate) fn set_up_with(
        self,
        environment: Option<&Environment<'_>>,
    ) -> Result<Seam, InvalidOptionsError> {
        let endpoint = self.endpoint.or_else(|| environment.and_then(endpoint_from));
        let endpoint = Endpoint::parse(
            endpoint.as_deref().or(crate::generated::SERVER).ok_or_else(|| {
                InvalidOptionsError::new("the API does not say where it is; call `.endpoint(…)`")
            })?,
            self.plain_http,
        )?;
        self.options.check()?;
        self.pace.check()?;
        Ok(Seam::new(Inner {
            credentials: self.credentials.settle(environment)?,
            transport: self.transport.map_or_else(network, Ok)?,
            endpoint,
            headers: headers(),
            options: self.options,
            body_limit: self.body_limit.unwrap_or(BODY_LIMIT),
            policy: if self.strict { Policy::Strict } else { Policy::Open },
            pace: self.pace,
        }))
    }
}

/// Shows no credentials, and no address, which might hold some until it is checked.
impl fmt::Debug for SeamBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeamBuilder")
            .field("options", &self.options)
            .field("strict", &self.strict)
            .finish_non_exhaustive()
    }
}

/// What carries requests unless the client is given something else.
fn network() -> Result<Transport, InvalidOptionsError> {
    platform::client().map(Transport::Http).map_err(|error| {
        InvalidOptionsError::new(format!(
            "the HTTP client cannot be set up ({error}); pass one of your own to `.http_client(…)`"
        ))
    })
}

/// The headers of every call.
fn headers() -> HeaderMap {
    // The official clients name themselves `seamapi/<language>`; this one is not of them, and says so.
    const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/rust");
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let mut headers = HeaderMap::new();
    headers.insert(SDK_NAME, HeaderValue::from_static(NAME));
    headers.insert(SDK_VERSION, HeaderValue::from_static(VERSION));
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers
}
