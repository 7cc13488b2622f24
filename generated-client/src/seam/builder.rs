//! Seam's credentials and environment variables in the builder of the client.

use std::sync::Arc;

use super::environment::{Environment, process};
use super::kind::Kind;
use super::session::log_in;
use super::token::{Token, With};
use crate::client::{Client as Seam, ClientBuilder as SeamBuilder};
use crate::error::Error;
use crate::redact::Secret;

/// Seam's credentials. A client uses exactly one of them. Each kind of token has a prefix of its own. A token that is passed
/// to the wrong method is rejected with a message that names the right one.
impl SeamBuilder {
    /// Authenticates with an API key, which belongs to one workspace and begins with `seam_`.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        self.token(Kind::ApiKey, key, With::Nothing)
    }

    /// Authenticates with a personal access token, which begins with `seam_at`, for one of its workspaces.
    /// [`Seam::with_workspace`] makes a client for another one.
    pub fn personal_access_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.token(Kind::PersonalAccessToken, token, With::Workspace(workspace_id.into()))
    }

    /// Authenticates with a personal access token without a workspace, to list and create workspaces.
    /// [`Seam::with_workspace`] makes a client for one.
    pub fn personal_access_token_without_workspace(self, token: impl Into<String>) -> Self {
        self.token(Kind::PersonalAccessToken, token, With::Nothing)
    }

    /// Authenticates with the token of a client session, which begins with `seam_cst`, with the permissions of one user.
    pub fn client_session_token(self, token: impl Into<String>) -> Self {
        self.token(Kind::ClientSessionToken, token, With::Nothing)
    }

    /// Authenticates with a client session. [`connect`](Self::connect) exchanges a publishable key, which begins with
    /// `seam_pk`, and a user identifier key for it.
    ///
    /// Anyone who knows the user identifier key can log in as that user, so it has to be hard to guess.
    pub fn publishable_key(
        self,
        key: impl Into<String>,
        user_identifier_key: impl Into<String>,
    ) -> Self {
        self.token(Kind::PublishableKey, key, With::User(Secret::new(user_identifier_key)))
    }

    /// Authenticates with the token of a user of Seam's console, a JSON Web Token that begins with `ey`, for one of their
    /// workspaces. [`Seam::with_workspace`] makes a client for another one.
    pub fn console_session_token(
        self,
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Self {
        self.token(Kind::ConsoleSessionToken, token, With::Workspace(workspace_id.into()))
    }

    /// Takes the credentials and the endpoint from the environment variables that [`Seam::from_env`] lists, unless they are
    /// set here.
    pub fn or_env(self) -> Self {
        self.defaults(Environment(process))
    }

    /// Creates the client, and exchanges a [publishable key](Self::publishable_key) for a client session. With other
    /// credentials nothing is sent.
    ///
    /// # Errors
    /// The errors of [`build`](Self::build), and those of the exchange.
    pub async fn connect(self) -> Result<Seam, Error> {
        log_in(self.set_up()?).await
    }

    fn token(mut self, kind: Kind, text: impl Into<String>, with: With) -> Self {
        self.credentials.add(Arc::new(Token { kind, text: Secret::new(text), with }));
        self
    }
}

/// Shortcuts. Only [`from_env`](Seam::from_env) reads the environment.
impl Seam {
    /// Creates a client from environment variables.
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `SEAM_API_KEY` | an API key |
    /// | `SEAM_PERSONAL_ACCESS_TOKEN` | a personal access token, for the workspace in `SEAM_WORKSPACE_ID` |
    /// | `SEAM_ENDPOINT` | the URL of the API; `SEAM_API_URL` is its older name |
    ///
    /// A blank value counts as not set.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if there are no credentials or two of them, or if a value cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().or_env().build()
    }

    /// Creates a client with an [API key](SeamBuilder::api_key).
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if it is not an API key.
    pub fn from_api_key(key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().api_key(key).build()
    }

    /// Creates a client with a [personal access token](SeamBuilder::personal_access_token) for a workspace.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if one of them cannot be used.
    pub fn from_personal_access_token(
        token: impl Into<String>,
        workspace_id: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().personal_access_token(token, workspace_id).build()
    }

    /// Creates a client with the token of a [client session](SeamBuilder::client_session_token).
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if it is not such a token.
    pub fn from_client_session_token(token: impl Into<String>) -> Result<Self, Error> {
        Self::builder().client_session_token(token).build()
    }

    /// Exchanges a [publishable key](SeamBuilder::publishable_key) and a user identifier key for a client session, and
    /// creates a client with it. This sends a request.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if one of them cannot be used, and those of the exchange.
    pub async fn from_publishable_key(
        key: impl Into<String>,
        user_identifier_key: impl Into<String>,
    ) -> Result<Self, Error> {
        Self::builder().publishable_key(key, user_identifier_key).connect().await
    }
}
