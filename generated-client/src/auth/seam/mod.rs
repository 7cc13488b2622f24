//! What is Seam's: its kinds of tokens, the variables that hold them, and how one is exchanged for another.
//!
//! A client of another API has this too, and no use for it.

mod environment;
mod kind;
mod session;
mod set_up;
#[cfg(test)]
mod tests;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName};

pub(super) use self::environment::token_from;
pub(crate) use self::environment::{Environment, endpoint_from};
use self::kind::Kind;
pub(crate) use self::session::log_in;
use super::Secret;
use crate::error::InvalidOptionsError;
use crate::generated::security;
use crate::operation::Operation;
use crate::request::{self, EncodedRequest};

const PUBLISHABLE_KEY: HeaderName = HeaderName::from_static("seam-publishable-key");
const CLIENT_SESSION_TOKEN: HeaderName = HeaderName::from_static("client-session-token");
const WORKSPACE: HeaderName = HeaderName::from_static("seam-workspace");

/// Whether the API is Seam's: no other is likely to have a scheme of that name.
pub(super) fn is_described() -> bool {
    security::SCHEMES.iter().any(|scheme| Kind::PersonalAccessToken.is_meant_by(scheme, Some("")))
}

/// Why there is no client without credentials: Seam lets nobody call so. Of another API an operation says what it needs.
pub(super) fn missing() -> InvalidOptionsError {
    InvalidOptionsError::new(
        "there are no credentials; call `.api_key(…)` or `.personal_access_token(…)`, or set SEAM_API_KEY and build \
         with `Seam::from_env()`",
    )
}

/// A token, and what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    kind: Kind,
    text: Secret,
    with: With,
}

#[derive(Clone, Debug)]
enum With {
    Nothing,
    /// The workspace that it is used for.
    Workspace(String),
    /// The user who logs in with a publishable key.
    User(Secret),
    /// The publishable key that it was exchanged for.
    Exchanged(Secret),
}

impl Token {
    /// The token, if it is what it was given as.
    pub(super) fn checked(self) -> Result<Self, InvalidOptionsError> {
        let wanted = self.kind.facts();
        let text = self.text.reveal();
        check_text(wanted.name, text)?;
        let remedy = match Kind::of(text) {
            Some(kind) if kind == self.kind && text.len() > wanted.prefix.len() => {
                return self.with_checked();
            }
            Some(kind) if kind == self.kind => {
                format!("it ends after `{}`; copy the whole of it", wanted.prefix)
            }
            Some(other) => format!("it is {}", remedy_for(self.kind, other)),
            None => format!("{} begins with `{}`", wanted.one, wanted.prefix),
        };
        Err(InvalidOptionsError::new(format!("the {} cannot be used: {remedy}", wanted.name)))
    }

    fn with_checked(self) -> Result<Self, InvalidOptionsError> {
        match &self.with {
            With::Workspace(id) => check_text("workspace id", id)?,
            With::User(key) if key.reveal().trim().is_empty() => {
                return Err(InvalidOptionsError::new(
                    "the user identifier key is empty; give it a value",
                ));
            }
            With::User(key) if key.reveal().contains('@') => tracing::warn!(
                "the user identifier key looks like an email address; who guesses it can log in as that user, so use \
                 an identifier that nobody else knows"
            ),
            With::User(_) | With::Exchanged(_) | With::Nothing => {}
        }
        Ok(self)
    }

    /// What kind it is, for showing.
    pub(super) fn kind(&self) -> &'static str {
        self.kind.facts().name
    }

    /// The call that gives one to the builder.
    pub(super) fn how_to_give(&self) -> &'static str {
        self.kind.facts().method
    }

    /// Whether it is only good for being exchanged.
    pub(super) fn is_for_exchange(&self) -> bool {
        self.kind == Kind::PublishableKey
    }

    /// What must not be shown.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let other = match &self.with {
            With::User(secret) | With::Exchanged(secret) => Some(secret),
            With::Nothing | With::Workspace(_) => None,
        };
        std::iter::once(&self.text).chain(other)
    }

    /// What says who is calling.
    pub(super) fn headers(&self) -> Result<HeaderMap, InvalidOptionsError> {
        let text = self.text.reveal();
        let mut headers = HeaderMap::new();
        match self.kind {
            Kind::PublishableKey => add(&mut headers, PUBLISHABLE_KEY, text)?,
            Kind::ClientSessionToken => add(&mut headers, CLIENT_SESSION_TOKEN, text)?,
            Kind::ApiKey | Kind::PersonalAccessToken | Kind::ConsoleSessionToken => {}
        }
        if !self.is_for_exchange() {
            add(&mut headers, AUTHORIZATION, &format!("Bearer {text}"))?;
        }
        Ok(headers)
    }

    /// Adds for which workspace a call is, if that is not clear.
    pub(super) fn add_to(
        &self,
        workspace: Option<&str>,
        operation: &Operation,
        wire: &mut EncodedRequest,
    ) -> Result<(), InvalidOptionsError> {
        let workspace = self.workspace(workspace)?;
        if let Some(id) = workspace {
            add(&mut wire.headers, WORKSPACE, id)?;
        }
        if !self.is_listed(workspace, operation) {
            tracing::debug!(
                operation = operation.path,
                credentials = self.kind(),
                workspace,
                "the operation is not described as one that accepts these credentials"
            );
        }
        Ok(())
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

    /// Whether the operation is described as one that accepts this. What it accepts is for the server to say, but its
    /// refusal may not say why.
    fn is_listed(&self, workspace: Option<&str>, operation: &Operation) -> bool {
        let mut schemes = operation.security.iter().copied().flatten();
        operation.security.is_empty()
            || schemes.any(|scheme| self.kind.is_meant_by(scheme, workspace))
    }
}

/// Adds a header that is not to be shown.
fn add(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), InvalidOptionsError> {
    request::add_secret(headers, name.clone(), value).map_err(|problem| {
        InvalidOptionsError::new(format!("the header {name} cannot be sent: {problem}"))
    })
}

/// What a token is, and what to do with it instead.
fn remedy_for(wanted: Kind, found: Kind) -> String {
    let (wanted, found) = (wanted.facts(), found.facts());
    let instead = match (found.variables, wanted.variables) {
        (Some(right), Some(wrong)) => format!(", or set {right} instead of {wrong}"),
        _ => String::new(),
    };
    format!("{}; pass it to {}{instead}", found.one, found.method)
}

/// Why two tokens are refused.
pub(super) fn one_too_many(one: &Token, other: &Token) -> InvalidOptionsError {
    InvalidOptionsError::new(format!(
        "both {} and {} are given; keep one of {} and {}",
        one.kind.facts().one,
        other.kind.facts().one,
        one.how_to_give(),
        other.how_to_give(),
    ))
}

/// Why there is no other workspace for what is given by its scheme.
pub(super) fn no_workspace() -> InvalidOptionsError {
    InvalidOptionsError::new(
        "`.with_workspace(…)` needs credentials that work in several workspaces; give the builder \
         `.personal_access_token(token, workspace_id)`",
    )
}

/// Tokens go into headers, and have no white space: what has some was copied with too much around it.
fn check_text(what: &str, text: &str) -> Result<(), InvalidOptionsError> {
    let problem = if text.trim().is_empty() {
        "is empty; give it a value"
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        "has white space or characters that a header cannot hold; copy it again without them"
    } else {
        return Ok(());
    };
    Err(InvalidOptionsError::new(format!("the {what} {problem}")))
}
