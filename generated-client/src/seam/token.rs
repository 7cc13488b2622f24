//! Seam's tokens as credentials.

use std::borrow::Cow;
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName};

use super::kind::Kind;
use crate::auth::{ApiCredential, Authenticator, Completeness, CredentialScope, Credentials};
use crate::error::InvalidOptionsError;
use crate::operation::OperationInfo;
use crate::redact::Secret;
use crate::request::{self, EncodedRequest};

const PUBLISHABLE_KEY: HeaderName = HeaderName::from_static("seam-publishable-key");
const CLIENT_SESSION_TOKEN: HeaderName = HeaderName::from_static("client-session-token");
const WORKSPACE: HeaderName = HeaderName::from_static("seam-workspace");

/// A token, with the additional value that its kind needs.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(super) kind: Kind,
    pub(super) text: Secret,
    pub(super) with: With,
}

#[derive(Clone, Debug)]
pub(super) enum With {
    Nothing,
    /// The workspace.
    Workspace(String),
    /// The user who logs in with a publishable key.
    User(Secret),
    /// The publishable key that the token was exchanged for.
    Exchanged(Secret),
}

impl Token {
    /// Checks that the token is of the kind that it was given as.
    fn check(&self) -> Result<(), InvalidOptionsError> {
        let wanted = self.kind.facts();
        let text = self.text.reveal();
        check_text(wanted.name, text)?;
        let remedy = match Kind::of(text) {
            Some(kind) if kind == self.kind && text.len() > wanted.prefix.len() => {
                return self.check_with();
            }
            Some(kind) if kind == self.kind => {
                format!("it ends after `{}`; copy the whole of it", wanted.prefix)
            }
            Some(other) => format!("it is {}", remedy_for(self.kind, other)),
            None => format!("{} begins with `{}`", wanted.one, wanted.prefix),
        };
        Err(InvalidOptionsError::new(format!("the {} cannot be used: {remedy}", wanted.name)))
    }

    fn check_with(&self) -> Result<(), InvalidOptionsError> {
        match &self.with {
            With::Workspace(id) => check_text("workspace id", id)?,
            With::User(key) if key.reveal().trim().is_empty() => {
                return Err(InvalidOptionsError::new(
                    "the user identifier key is empty; give it a value",
                ));
            }
            With::User(key) if key.reveal().contains('@') => tracing::warn!(
                "the user identifier key looks like an email address; anyone who guesses it can log in as that user, so \
                 use an identifier that is hard to guess"
            ),
            With::User(_) | With::Exchanged(_) | With::Nothing => {}
        }
        Ok(())
    }

    /// The texts to redact.
    fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let other = match &self.with {
            With::User(secret) | With::Exchanged(secret) => Some(secret),
            With::Nothing | With::Workspace(_) => None,
        };
        std::iter::once(&self.text).chain(other)
    }

    /// The headers of every request.
    fn headers(&self) -> Result<HeaderMap, InvalidOptionsError> {
        let text = self.text.reveal();
        let mut headers = HeaderMap::new();
        match self.kind {
            Kind::PublishableKey => add(&mut headers, PUBLISHABLE_KEY, text)?,
            Kind::ClientSessionToken => add(&mut headers, CLIENT_SESSION_TOKEN, text)?,
            Kind::ApiKey | Kind::PersonalAccessToken | Kind::ConsoleSessionToken => {}
        }
        if self.kind != Kind::PublishableKey {
            add(&mut headers, AUTHORIZATION, &format!("Bearer {text}"))?;
        }
        Ok(headers)
    }

    fn workspace<'a>(
        &'a self,
        other: Option<&'a str>,
    ) -> Result<Option<&'a str>, InvalidOptionsError> {
        match (other, &self.with) {
            (Some(id), _) if self.kind.chooses_workspace() => {
                check_text("workspace id", id)?;
                Ok(Some(id))
            }
            (Some(_), _) => Err(InvalidOptionsError::new(format!(
                "`.with_workspace(…)` cannot be used with {}, which belongs to one workspace; use a personal access \
                 token",
                self.kind.facts().one
            ))),
            (None, With::Workspace(id)) => Ok(Some(id)),
            (None, _) => Ok(None),
        }
    }

    /// Whether the document says that the operation accepts this token. The server decides, but its refusal may not say why.
    pub(super) fn is_listed(&self, workspace: Option<&str>, operation: &OperationInfo) -> bool {
        let alternatives = operation.security.alternatives();
        let mut schemes = alternatives.iter().copied().flatten();
        alternatives.is_empty() || schemes.any(|scheme| self.kind.is_meant_by(scheme, workspace))
    }
}

impl ApiCredential for Token {
    fn kind(&self) -> &'static str {
        self.kind.facts().name
    }

    fn with_article(&self) -> &'static str {
        self.kind.facts().one
    }

    fn how_to_give(&self) -> &'static str {
        self.kind.facts().method
    }

    fn resolve(self: Arc<Self>) -> Result<Credentials, InvalidOptionsError> {
        self.check()?;
        let headers = self.headers()?;
        Ok(Credentials::new(self.clone(), self.secrets()).with_headers(headers))
    }
}

impl Authenticator for Token {
    fn kind(&self) -> Cow<'static, str> {
        self.kind.facts().name.into()
    }

    fn exchange_needed(&self) -> Option<&'static str> {
        (self.kind == Kind::PublishableKey).then_some(
            "a publishable key is exchanged for a client session, which sends a request; make the client with \
             `.connect().await` instead of `.build()`",
        )
    }

    /// Adds the workspace, if the token works in several.
    fn authenticate(
        &self,
        operation: &OperationInfo,
        scope: Option<&CredentialScope>,
        request: &mut EncodedRequest,
    ) -> Result<Completeness, InvalidOptionsError> {
        let workspace = self.workspace(scope.map(|scope| scope.id.as_str()))?;
        if let Some(id) = workspace {
            add(&mut request.headers, WORKSPACE, id)?;
        }
        if !self.is_listed(workspace, operation) {
            tracing::debug!(
                operation = operation.path,
                credentials = self.kind.facts().name,
                workspace,
                "the operation is not described as one that accepts these credentials"
            );
        }
        Ok(Completeness::Complete)
    }
}

/// Adds a header that `Debug` does not show.
fn add(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), InvalidOptionsError> {
    request::add_secret(headers, name.clone(), value).map_err(|problem| {
        InvalidOptionsError::new(format!("the header {name} cannot be sent: {problem}"))
    })
}

/// Returns the advice for a token of the wrong kind: its kind, and the builder call that accepts it.
fn remedy_for(wanted: Kind, found: Kind) -> String {
    let (wanted, found) = (wanted.facts(), found.facts());
    let instead = match (found.variables, wanted.variables) {
        (Some(right), Some(wrong)) => format!(", or set {right} instead of {wrong}"),
        _ => String::new(),
    };
    format!("{}; pass it to {}{instead}", found.one, found.method)
}

/// Tokens have no white space. A token that has some was copied with too much around it.
pub(super) fn check_text(what: &str, text: &str) -> Result<(), InvalidOptionsError> {
    let problem = if text.trim().is_empty() {
        "is empty; give it a value"
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        "has white space or characters that a header cannot hold; copy it again without them"
    } else {
        return Ok(());
    };
    Err(InvalidOptionsError::new(format!("the {what} {problem}")))
}
