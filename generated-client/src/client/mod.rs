//! The client: who calls, where, and how.

mod builder;
mod endpoint;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderMap;

pub use self::builder::SeamBuilder;
use self::endpoint::Endpoint;
use crate::auth::Credentials;
use crate::execute::Transport;
use crate::json::Policy;
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::poll::PollInterval;
use crate::response::PendingRequest;

/// The client, from which every call begins.
///
/// It holds the connections that calls share, so make one and clone it: a clone is cheap, and is the same client.
#[derive(Clone)]
pub struct Seam {
    inner: Arc<Inner>,
}

/// What the clones of a client share.
#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) transport: Transport,
    pub(crate) endpoint: Endpoint,
    pub(crate) credentials: Credentials,
    /// Those of every call, but for the credentials.
    pub(crate) headers: HeaderMap,
    /// Those of every call that has no others.
    pub(crate) options: CallOptions,
    pub(crate) body_limit: usize,
    pub(crate) policy: Policy,
    pub(crate) pace: PollInterval,
}

impl Seam {
    /// A client to be set up step by step. It reads nothing from the environment unless
    /// [`or_env`](SeamBuilder::or_env) asks for it.
    pub fn builder() -> SeamBuilder {
        SeamBuilder::default()
    }

    /// The same client with other options for all its calls; where they say nothing, those that it has hold. It shares the
    /// connections of this one.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let options = options.over(&self.inner.options);
        Self::new(Inner { options, ..Inner::clone(&self.inner) })
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// The same client with other credentials.
    pub(crate) fn with_credentials(&self, credentials: Credentials) -> Self {
        Self::new(Inner { credentials, ..Inner::clone(&self.inner) })
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// Begins a call.
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn call(&self, operation: &'static Operation) -> PendingRequest {
        PendingRequest::new(self.clone(), operation)
    }
}

/// Shows where it calls and with what kind of credentials, and never the credentials.
impl fmt::Debug for Seam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seam")
            .field("endpoint", &self.inner.endpoint.as_str())
            .field("credentials", &self.inner.credentials.kind())
            .field("timeout", &self.inner.options.time_limit())
            .finish_non_exhaustive()
    }
}
