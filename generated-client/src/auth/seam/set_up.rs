//! The ways to set up a client of Seam.

use super::{Kind, Secret, Token, With};
use crate::client::{Seam, SeamBuilder};
use crate::error::Error;

/// Credentials of Seam. Each kind is known by how it begins, and what is of another kind is refused with a message that
/// says where it belongs. One of them is given, and replaces what was given of that kind before.
impl SeamBuilder {
    /// Calls with an API key, which belongs to one workspace and begins with `seam_`.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.token(Kind::ApiKey, key, With::Nothing)
    }

    /// Calls with a personal access token, which begins with `seam_at`, for one of its workspaces.
    /// [`Seam::with_workspace`] calls for another.
    pub fn personal_access_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.token(Kind::PersonalAccessToken, token, With::Workspace(workspace_id.into()))
    }

    /// Calls with a personal access token for no workspace, as listing and creating workspaces is done.
    /// [`Seam::with_workspace`] calls for one.
    pub fn personal_access_token_without_workspace(self, token: impl Into<String>) -> Self {
        self.token(Kind::PersonalAccessToken, token, With::Nothing)
    }

    /// Calls with the token of a client session, which begins with `seam_cst`: for what one user may see and do.
    pub fn client_session_token(self, token: impl Into<String>) -> Self {
        self.token(Kind::ClientSessionToken, token, With::Nothing)
    }

    /// Calls with a client session that a publishable key, which begins with `seam_pk`, and a user are exchanged for.
    /// [`connect`](Self::connect) does that.
    ///
    /// Who knows the user identifier key can log in as that user: it has to be hard to guess.
    pub fn publishable_key(
        self,
        key: impl Into<String>,
        user_identifier_key: impl Into<String>,
    ) -> Self {
        self.token(Kind::PublishableKey, key, With::User(Secret::new(user_identifier_key)))
    }

    /// Calls with the token of someone who is logged in to Seam's console, a JSON Web Token that begins with `ey`, for one
    /// of their workspaces. [`Seam::with_workspace`] calls for another.
    pub fn console_session_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.token(Kind::ConsoleSessionToken, token, With::Workspace(workspace_id.into()))
    }

    fn token(mut self, kind: Kind, text: impl Into<String>, with: With) -> Self {
        self.credentials.token(Token { kind, text: Secret::new(text), with });
        self
    }
}

/// The short ways. All but [`from_env`](Seam::from_env) read nothing from the environment.
impl Seam {
    /// A client with everything from the environment, and otherwise as [`Seam::builder`] makes it.
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `SEAM_API_KEY` | an API key |
    /// | `SEAM_PERSONAL_ACCESS_TOKEN` | a personal access token, for the workspace in `SEAM_WORKSPACE_ID` |
    /// | `SEAM_ENDPOINT` | where the API is; the older name `SEAM_API_URL` is read where this is not set |
    ///
    /// A blank value counts as not set.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if there are no credentials or two of them, or if a value cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().or_env().build()
    }

    /// A client with an [API key](SeamBuilder::api_key).
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if it is none.
    pub fn from_api_key(key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().api_key(key).build()
    }

    /// A client with a [personal access token](SeamBuilder::personal_access_token) for a workspace.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if one of them cannot be used.
    pub fn from_personal_access_token(
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().personal_access_token(token, workspace_id).build()
    }

    /// A client with the token of a [client session](SeamBuilder::client_session_token).
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if it is none.
    pub fn from_client_session_token(token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().client_session_token(token).build()
    }

    /// A client with the client session that a [publishable key](SeamBuilder::publishable_key) and a user are exchanged
    /// for. That is a call.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if one of them cannot be used, or why the exchange failed.
    pub async fn from_publishable_key(
        key: impl Into<String>,
        user_identifier_key: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().publishable_key(key, user_identifier_key).connect().await
    }

    /// The same client for another workspace. It costs little, and shares the connections.
    ///
    /// Only personal access tokens and console session tokens work in several workspaces. With other credentials each call
    /// is an [`Error::InvalidOptions`], and is not sent.
    #[must_use]
    pub fn with_workspace(&self, workspace_id: impl Into<String>) -> Self {
        self.with_credentials(self.inner().credentials.with_workspace(workspace_id))
    }
}
