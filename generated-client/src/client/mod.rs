//! The client handle.

mod api;
mod builder;
mod defaults;

use std::fmt;
use std::sync::Arc;

pub(crate) use self::api::{ApiInfo, Profile};
pub use self::builder::ClientBuilder;
#[allow(unused_imports, reason = "only an API's own module has defaults")]
pub(crate) use self::defaults::Defaults;
use crate::execute::Context;
use crate::operation::Operation;
use crate::options::CallOptions;
use crate::raw::RawRequest;
use crate::response::PendingRequest;

/// The client, from which every request starts.
///
/// A clone is cheap and shares the connections, so create one client and clone it.
#[derive(Clone)]
pub struct Client {
    context: Arc<Context>,
}

impl Client {
    pub(crate) fn new(context: Context) -> Self {
        Self { context: Arc::new(context) }
    }

    /// Returns a client with other options for all its requests. Where they say nothing, the present ones stay. It shares
    /// the connections.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self::new(self.context.with(options))
    }

    /// Creates a request to a path that the document does not describe, such as that of a new operation. The path begins
    /// with a slash, and has `{name}` for each [path parameter](RawRequest::path_parameter).
    pub fn request(&self, path: &'static str) -> RawRequest {
        RawRequest::new(&self.context, path)
    }

    pub(crate) fn context(&self) -> &Arc<Context> {
        &self.context
    }

    /// Starts a request.
    #[allow(dead_code, reason = "a document may have no operations")]
    pub(crate) fn call(&self, operation: &'static Operation) -> PendingRequest {
        PendingRequest::new(&self.context, operation)
    }
}

/// Shows the endpoint and the kind of the credentials, but no secrets.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.context.fmt(f)
    }
}
