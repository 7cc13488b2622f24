//! Setting up a client.

use std::fmt;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

use super::endpoint::{Endpoint, PlainHttp};
use super::{Inner, Seam};
use crate::auth::{Credentials, Secret};
use crate::error::{Error, InvalidOptionsError};
use crate::json::Policy;
use crate::options::CallOptions;
use crate::retry::RetryPolicy;
use crate::sending::Transport;

/// Far above any answer that makes sense, and below what a machine has.
const BODY_LIMIT: usize = 64 << 20;

/// A connection is made long before this, or not at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

const SDK_NAME: HeaderName = HeaderName::from_static("seam-sdk-name");
const SDK_VERSION: HeaderName = HeaderName::from_static("seam-sdk-version");

/// Sets up a [`Seam`]; see [`Seam::builder`].
#[derive(Default)]
#[must_use = "`build` makes the client"]
pub struct SeamBuilder {
    api_key: Option<Secret>,
    personal_access_token: Option<(Secret, String)>,
    endpoint: Option<String>,
    plain_http: PlainHttp,
    options: CallOptions,
    body_limit: Option<usize>,
    strict: bool,
    transport: Option<Transport>,
    environment: bool,
}

impl SeamBuilder {
    /// Calls with an API key, which belongs to one workspace and begins with `seam_`.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(Secret::new(key));
        self
    }

    /// Calls with a personal access token, which begins with `seam_at`, for one of its workspaces.
    pub fn personal_access_token(
        mut self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.personal_access_token = Some((Secret::new(token), workspace_id.into()));
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
    /// It should not follow redirects ([`reqwest::redirect::Policy::none`]), as it might carry `seam-workspace` to another
    /// host. [`timeout`](Self::timeout) holds for it as well.
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
        let environment = self.environment;
        Ok(self.build_with(&|name| {
            let value = environment.then(|| std::env::var_os(name)).flatten()?;
            Some(value.to_string_lossy().into_owned())
        })?)
    }

    /// Makes the client with another environment than that of the process.
    pub(super) fn build_with(
        self,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Seam, InvalidOptionsError> {
        let set = |name: &str| environment(name).filter(|value| !value.trim().is_empty());
        let endpoint =
            self.endpoint.or_else(|| set("SEAM_ENDPOINT")).or_else(|| set("SEAM_API_URL"));
        let endpoint = Endpoint::parse(
            endpoint.as_deref().or(crate::generated::SERVER).ok_or_else(|| {
                InvalidOptionsError::new("the API does not say where it is; call `.endpoint(…)`")
            })?,
            self.plain_http,
        )?;
        self.options.check()?;
        let credentials = match (self.api_key, self.personal_access_token) {
            (None, None) => credentials_from(&set)?,
            (Some(key), None) => Credentials::api_key(key)?,
            (None, Some((token, workspace))) => {
                Credentials::personal_access_token(token, workspace)?
            }
            (Some(_), Some(_)) => {
                return Err(InvalidOptionsError::new(
                    "both an API key and a personal access token are given; keep one of `.api_key(…)` and \
                     `.personal_access_token(…)`",
                ));
            }
        };
        Ok(Seam::new(Inner {
            transport: self.transport.map_or_else(network, Ok)?,
            endpoint,
            headers: headers(&credentials)?,
            credentials,
            options: self.options,
            body_limit: self.body_limit.unwrap_or(BODY_LIMIT),
            policy: if self.strict { Policy::Strict } else { Policy::Open },
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

fn credentials_from(
    set: &dyn Fn(&str) -> Option<String>,
) -> Result<Credentials, InvalidOptionsError> {
    let message = match (set("SEAM_API_KEY"), set("SEAM_PERSONAL_ACCESS_TOKEN")) {
        (Some(key), None) => return Credentials::api_key(Secret::new(key)),
        (None, Some(token)) => match set("SEAM_WORKSPACE_ID") {
            Some(id) => return Credentials::personal_access_token(Secret::new(token), id),
            None => {
                "SEAM_PERSONAL_ACCESS_TOKEN is set, and SEAM_WORKSPACE_ID is not; set it to the workspace to work in"
            }
        },
        (Some(_), Some(_)) => {
            "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set; unset one of them, or choose with \
             `.api_key(…)` or `.personal_access_token(…)`"
        }
        (None, None) => {
            "there are no credentials; call `.api_key(…)` or `.personal_access_token(…)`, or set SEAM_API_KEY and \
             build with `Seam::from_env()`"
        }
    };
    Err(InvalidOptionsError::new(message))
}

/// A client that follows no redirects: they could carry the credentials to another host.
fn network() -> Result<Transport, InvalidOptionsError> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT);
    client.build().map(Transport::Http).map_err(|error| {
        InvalidOptionsError::new(format!(
            "the HTTP client cannot be set up ({error}); pass one of your own to `.http_client(…)`"
        ))
    })
}

/// The headers of every call.
fn headers(credentials: &Credentials) -> Result<HeaderMap, InvalidOptionsError> {
    // The official clients name themselves `seamapi/<language>`; this one is not of them, and says so.
    const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/rust");
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let mut headers = HeaderMap::new();
    headers.insert(SDK_NAME, HeaderValue::from_static(NAME));
    headers.insert(SDK_VERSION, HeaderValue::from_static(VERSION));
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    credentials.add_headers(&mut headers)?;
    Ok(headers)
}
