//! Credentials: who is calling, how a call says so, and how that stays out of texts.
//!
//! Any document's [security schemes](Scheme) are served here; what is Seam's alone is in `seam`.

mod scheme;
mod seam;
mod secret;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde_json::Value;

use self::scheme::CredentialValue;
pub use self::scheme::Scheme;
pub(crate) use self::seam::{Environment, endpoint_from, log_in};
use self::secret::{Secret, Secrets};
use crate::error::InvalidOptionsError;
use crate::operation::Operation;
use crate::request::EncodedRequest;

type Settle = fn(Vec<(Scheme, CredentialValue)>) -> Result<Credentials, InvalidOptionsError>;

/// What a builder was given, which nobody has looked at yet.
#[derive(Default)]
pub(crate) struct CredentialInputs {
    tokens: Vec<seam::Token>,
    schemes: Vec<(Scheme, CredentialValue)>,
    /// What makes credentials of the schemes. It comes along with the first one: a program that has a token alone need not
    /// hold the code for it.
    settle: Option<Settle>,
}

impl CredentialInputs {
    /// Adds a token of Seam, or replaces the one of its kind.
    pub(crate) fn token(&mut self, token: seam::Token) {
        self.tokens.retain(|other| other.kind() != token.kind());
        self.tokens.push(token);
    }

    /// Adds a secret, or replaces the one that was given for the scheme before.
    pub(crate) fn secret(&mut self, scheme: Scheme, secret: impl Into<String>) {
        self.proof(scheme, CredentialValue::Secret(Secret::new(secret)));
    }

    /// The same for a user name and a password.
    pub(crate) fn login(
        &mut self,
        scheme: Scheme,
        name: impl Into<String>,
        password: impl Into<String>,
    ) {
        let (name, password) = (name.into(), Secret::new(password));
        self.proof(scheme, CredentialValue::Login { name, password });
    }

    fn proof(&mut self, scheme: Scheme, proof: CredentialValue) {
        self.schemes.retain(|(other, _)| *other != scheme);
        self.schemes.push((scheme, proof));
        self.settle = Some(scheme::settle);
    }

    /// Takes what was given, or else what the environment has, if that can be used.
    pub(crate) fn settle(
        mut self,
        environment: Option<&Environment<'_>>,
    ) -> Result<Credentials, InvalidOptionsError> {
        if self.tokens.is_empty() && self.schemes.is_empty() {
            match environment.map(seam::token_from).transpose()?.flatten() {
                Some(token) => self.tokens.push(token),
                None if seam::is_described() => return Err(seam::missing()),
                None => {}
            }
        }
        let mut tokens = self.tokens.into_iter();
        match (tokens.next(), tokens.next(), self.schemes.first()) {
            (None, ..) => match self.settle {
                Some(settle) => settle(self.schemes),
                None => Ok(Credentials::of_schemes(None, [])),
            },
            (Some(token), None, None) => Credentials::of_token(token.checked()?),
            (Some(one), Some(other), _) => Err(seam::one_too_many(&one, &other)),
            (Some(token), None, Some((other, _))) => Err(InvalidOptionsError::new(format!(
                "both the {} and something for {other:?} are given; keep one of {} and {}",
                token.kind(),
                token.how_to_give(),
                other.how_to_give(),
            ))),
        }
    }
}

/// Who is calling.
#[derive(Clone)]
pub(crate) struct Credentials {
    held: CredentialSource,
    /// What every call says of them, whatever the operation takes.
    headers: HeaderMap,
    secrets: Secrets,
    /// The workspace that a client was derived for.
    workspace: Option<String>,
}

#[derive(Clone)]
enum CredentialSource {
    /// A token of Seam, which says what it is.
    Token(seam::Token),
    /// What was given for schemes; nothing, perhaps.
    Schemes(Option<Arc<dyn Authenticator>>),
}

/// What was given for schemes.
trait Authenticator: Send + Sync {
    /// The names of their constants.
    fn names(&self) -> String;

    /// Adds what the operation takes. Says whether that is all it needs.
    fn add_to(
        &self,
        operation: &Operation,
        wire: &mut EncodedRequest,
    ) -> Result<Complete, InvalidOptionsError>;
}

/// Whether there was something for all schemes of one way to authenticate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Complete {
    Yes,
    No,
}

impl Credentials {
    fn of_token(token: seam::Token) -> Result<Self, InvalidOptionsError> {
        let (headers, secrets) = (token.headers()?, Secrets::new(token.secrets()));
        Ok(Self { held: CredentialSource::Token(token), headers, secrets, workspace: None })
    }

    fn of_schemes<'a>(
        schemes: Option<Arc<dyn Authenticator>>,
        secrets: impl IntoIterator<Item = &'a Secret>,
    ) -> Self {
        let secrets = Secrets::new(secrets);
        let headers = HeaderMap::new();
        Self { held: CredentialSource::Schemes(schemes), headers, secrets, workspace: None }
    }

    /// The token of Seam that is held.
    pub(crate) fn token(&self) -> Option<&seam::Token> {
        match &self.held {
            CredentialSource::Token(token) => Some(token),
            CredentialSource::Schemes(_) => None,
        }
    }

    /// Whether they are only good for [being exchanged](log_in).
    pub(crate) fn are_for_exchange(&self) -> bool {
        self.token().is_some_and(seam::Token::is_for_exchange)
    }

    /// The same for another workspace. Whether there is a choice is said when a call is sent.
    pub(crate) fn with_workspace(&self, id: impl Into<String>) -> Self {
        Self { workspace: Some(id.into()), ..self.clone() }
    }

    /// What kind they are, for showing.
    pub(crate) fn kind(&self) -> Cow<'static, str> {
        match &self.held {
            CredentialSource::Token(token) => token.kind().into(),
            CredentialSource::Schemes(None) => "none".into(),
            CredentialSource::Schemes(Some(schemes)) => schemes.names().into(),
        }
    }

    /// What every call says of them.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Adds what this call says of them besides.
    pub(crate) fn add_to(
        &self,
        operation: &Operation,
        wire: &mut EncodedRequest,
    ) -> Result<(), InvalidOptionsError> {
        match (&self.held, &self.workspace) {
            (CredentialSource::Token(token), workspace) => {
                token.add_to(workspace.as_deref(), operation, wire)
            }
            (CredentialSource::Schemes(_), Some(_)) => Err(seam::no_workspace()),
            (CredentialSource::Schemes(schemes), None) => {
                let complete = match schemes {
                    Some(schemes) => schemes.add_to(operation, wire)?,
                    None => Complete::No,
                };
                // That nothing is needed counts only if there is no other way.
                let ways = operation.security;
                let needed = !ways.is_empty() && ways.iter().all(|way| !way.is_empty());
                if needed && complete == Complete::No { Err(not_given(operation)) } else { Ok(()) }
            }
        }
    }

    /// The text without the secrets, wherever a server may have repeated them.
    pub(crate) fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.secrets.scrub(text)
    }

    /// The same for texts inside JSON.
    pub(crate) fn scrub_json(&self, json: &mut Value) {
        self.secrets.scrub_json(json);
    }

    /// The same for a body, which need not be text.
    pub(crate) fn scrub_body(&self, body: Bytes) -> Bytes {
        self.secrets.scrub_body(body)
    }
}

/// Says what the operation takes, and how to give it.
fn not_given(operation: &Operation) -> InvalidOptionsError {
    let mut ways = String::new();
    for way in operation.security {
        ways.push_str(if ways.is_empty() { "" } else { ", or " });
        for (position, scheme) in way.iter().enumerate() {
            ways.push_str(if position == 0 { "" } else { " together with " });
            ways.push_str(&scheme.how_to_give());
        }
    }
    InvalidOptionsError::new(format!(
        "{} needs credentials that the client does not have; give its builder {ways}",
        operation.path
    ))
}
