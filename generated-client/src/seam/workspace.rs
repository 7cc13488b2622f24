//! Clients and requests of one of several workspaces.

use crate::auth::CredentialScope;
use crate::client::Client as Seam;
use crate::execute::Context;
use crate::options::CallOptions;

/// Choosing the workspace.
impl Seam {
    /// Returns a client for another workspace. It is cheap and shares the connections.
    ///
    /// Only personal access tokens and console session tokens work in several workspaces. With other credentials each request
    /// is an [`Error::InvalidOptions`](crate::error::Error::InvalidOptions) and is not sent.
    #[must_use]
    pub fn with_workspace(&self, workspace_id: impl Into<String>) -> Self {
        let context = Context::clone(self.context());
        let credentials = context.credentials.with_scope(workspace(workspace_id.into()));
        Self::new(Context { credentials, ..context })
    }
}

/// Choosing the workspace.
impl CallOptions {
    /// Sets the workspace of the request, if the credentials are those of [`Seam::with_workspace`].
    pub fn workspace(self, id: impl Into<String>) -> Self {
        self.with_scope(workspace(id.into()))
    }
}

fn workspace(id: String) -> CredentialScope {
    CredentialScope {
        id,
        unsupported: "`.with_workspace(…)` needs credentials that work in several workspaces; give the builder \
                      `.personal_access_token(token, workspace_id)`",
    }
}
