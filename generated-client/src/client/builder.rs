//! Setting up a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::Client;
use super::api::{ApiInfo, Profile};
use super::defaults::Defaults;
use crate::auth::CredentialInputs;
use crate::error::{Error, InvalidOptionsError};
use crate::execute::{Context, Endpoint, PlainHttp};
use crate::json::Policy;
use crate::operation::Scheme;
use crate::options::{CallOptions, PollInterval};
use crate::retry::RetryPolicy;
use crate::transport::{HttpTransport, Transport};

/// Far above the size of any sensible response, and below the memory of a machine.
const BODY_LIMIT: usize = 64 << 20;

/// Sets up a [`Client`].
#[must_use = "`build` makes the client"]
pub struct ClientBuilder {
    api: &'static ApiInfo,
    pub(crate) credentials: CredentialInputs,
    endpoint: Option<String>,
    plain_http: PlainHttp,
    options: CallOptions,
    body_limit: Option<usize>,
    policy: Policy,
    poll_interval: PollInterval,
    transport: Option<Arc<dyn Transport>>,
    defaults: Option<Box<dyn Defaults + Send + Sync>>,
}

impl ClientBuilder {
    pub(crate) fn new(api: &'static ApiInfo) -> Self {
        Self {
            api,
            credentials: CredentialInputs::default(),
            endpoint: None,
            plain_http: PlainHttp::default(),
            options: CallOptions::default(),
            body_limit: None,
            policy: Policy::Open,
            poll_interval: PollInterval::default(),
            transport: None,
            defaults: None,
        }
    }

    /// Authenticates with this secret, a token or a key, wherever an operation takes the scheme. The schemes are the constants
    /// in [`security`](crate::generated::security).
    ///
    /// Several schemes may be given. An operation is sent the first of its alternatives for which all credentials are there.
    /// Without any, its request is an [`Error::InvalidOptions`] and is not sent.
    pub fn credential(mut self, scheme: Scheme, secret: impl Into<String>) -> Self {
        self.credentials.secret(scheme, secret);
        self
    }

    /// Authenticates with a user name and a password, which may be empty, wherever an operation takes the scheme.
    pub fn basic(
        mut self,
        scheme: Scheme,
        name: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        self.credentials.login(scheme, name, password);
        self
    }

    /// Sets the URL of the API: `https://…`, or `http://…` on this machine. Its path is a prefix of the paths of all
    /// operations, and a trailing slash makes no difference. The default is the server that the document names.
    ///
    /// This machine (`localhost`, `127.0.0.0/8`, `::1`) is reached without the proxy that the system or the environment
    /// names, and any other endpoint through it.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Allows an endpoint with `http://` on another machine, although anyone on the network can read the credentials. If the
    /// system or the environment names a proxy (`HTTP_PROXY`, `ALL_PROXY`), it gets the credentials in clear text as well.
    pub fn allow_http(mut self) -> Self {
        self.plain_http = PlainHttp::Anywhere;
        self
    }

    /// Limits each attempt of a request, from connecting to the end of the response body and of decoding it; 30 seconds by
    /// default, and not zero. [`RetryPolicy::deadline`] limits all attempts together.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.timeout(timeout);
        self
    }

    /// Sets when a request is sent again automatically; see [`RetryPolicy`] for the default.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options = self.options.retry(policy);
        self
    }

    /// Limits how long `wait` polls what a request starts; 10 seconds by default, and longer than the interval. A single wait
    /// can have another limit.
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.poll_interval.timeout = timeout;
        self
    }

    /// Sets the pause before each poll; 1 second by default, and not zero.
    pub fn wait_interval(mut self, interval: Duration) -> Self {
        self.poll_interval.interval = interval;
        self
    }

    /// Sends POST even if the API offers a more specific method such as PATCH, for networks that block other methods.
    pub fn post_only(mut self) -> Self {
        self.options = self.options.post_only();
        self
    }

    /// Limits the length of a response body in bytes; 64 MiB by default. A longer one is not received, and the request fails
    /// with [`Error::Decode`] if its result is in the body.
    ///
    /// Decoding takes at most 16 times the size of the body, or 128 MiB if that is more. A body of tiny values that would take
    /// more is an [`Error::Decode`] as well.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = Some(bytes);
        self
    }

    /// Turns repairs, and values that this version of the client does not know, into [`Error::Decode`]. Use it in tests that
    /// have to notice changes of the API, and not in production.
    pub fn strict(mut self) -> Self {
        self.policy = Policy::Strict;
        self
    }

    /// Sends requests with this HTTP client, which has its own proxy, certificates and connections.
    ///
    /// Build it with [`reqwest::redirect::Policy::none`]. Otherwise it follows redirects to other hosts with the body and
    /// with all headers but `authorization` and cookies, which includes keys in other headers. [`timeout`](Self::timeout)
    /// applies to it as well.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(Arc::new(HttpTransport::from(client)));
        self
    }

    /// Sends requests with this [transport](crate::transport), which may wrap another one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes what the builder is not given from `defaults`.
    #[allow(dead_code, reason = "only some APIs have such a source")]
    pub(crate) fn defaults(mut self, defaults: impl Defaults + Send + Sync + 'static) -> Self {
        self.defaults = Some(Box::new(defaults));
        self
    }

    /// Creates the client. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] says which option cannot be used and what to do about it, without repeating a secret.
    pub fn build(self) -> Result<Client, Error> {
        let client = self.set_up()?;
        let authenticator = client.context().credentials.authenticator();
        match authenticator.and_then(|authenticator| authenticator.exchange_needed()) {
            Some(message) => Err(InvalidOptionsError::new(message).into()),
            None => Ok(client),
        }
    }

    /// Creates the client, also of credentials that have to be exchanged before the first request.
    pub(crate) fn set_up(mut self) -> Result<Client, InvalidOptionsError> {
        let Profile { request_id, headers, credentials_needed } = *self.api.profile;
        if self.credentials.is_empty() {
            let credential = self.defaults.as_ref().map(|defaults| defaults.credential());
            match (credential.transpose()?.flatten(), credentials_needed) {
                (Some(credential), _) => self.credentials.add(credential),
                (None, Some(message)) => return Err(InvalidOptionsError::new(message)),
                (None, None) => {}
            }
        }
        let default = || self.defaults.as_ref().and_then(|defaults| defaults.endpoint());
        let endpoint = self.endpoint.or_else(default);
        let endpoint = endpoint.as_deref().or(self.api.server).ok_or_else(|| {
            InvalidOptionsError::new(
                "the API's document does not name a server; call `.endpoint(…)`",
            )
        })?;
        let endpoint = Endpoint::parse(endpoint, self.plain_http)?;
        self.options.check()?;
        self.poll_interval.check()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new()?),
        };
        Ok(Client::new(Context {
            name: self.api.client,
            credentials: self.credentials.resolve()?,
            transport,
            endpoint,
            headers: self::headers(headers),
            request_id: HeaderName::from_static(request_id),
            options: self.options,
            body_limit: self.body_limit.unwrap_or(BODY_LIMIT),
            policy: self.policy,
            poll_interval: self.poll_interval,
        }))
    }
}

/// Shows neither the credentials nor the endpoint, which may hold some until it is checked.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("client", &self.api.client)
            .field("options", &self.options)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// The headers of every request.
fn headers(others: &[(&'static str, &'static str)]) -> HeaderMap {
    const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let mut headers = HeaderMap::new();
    for (name, value) in others {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers
}
