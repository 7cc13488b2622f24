//! The state that all requests of a client share.

use std::fmt;
use std::sync::Arc;

use reqwest::header::{HeaderMap, HeaderName};

use super::endpoint::Endpoint;
use crate::auth::Credentials;
use crate::json::Policy;
use crate::options::{CallOptions, PollInterval};
use crate::transport::Transport;

/// The state of a client, shared by its handles and by requests in progress.
#[derive(Clone)]
pub(crate) struct Context {
    /// The public name of the client, for `Debug`.
    pub(crate) name: &'static str,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) endpoint: Endpoint,
    pub(crate) credentials: Credentials,
    /// The headers of every request, without those of the credentials.
    pub(crate) headers: HeaderMap,
    /// The response header with the request ID.
    pub(crate) request_id: HeaderName,
    /// The default options of requests.
    pub(crate) options: CallOptions,
    pub(crate) body_limit: usize,
    pub(crate) policy: Policy,
    pub(crate) poll_interval: PollInterval,
}

impl Context {
    /// The same context with these options. Options that are not set keep their present values.
    pub(crate) fn with(&self, options: CallOptions) -> Self {
        let options = options.over(&self.options);
        Self { options, ..self.clone() }
    }
}

/// Shows the endpoint and the kind of the credentials, but no secrets.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(self.name)
            .field("endpoint", &self.endpoint.as_str())
            .field("credentials", &self.credentials.kind())
            .field("timeout", &self.options.time_limit())
            .finish_non_exhaustive()
    }
}
