//! Credentials: who is calling, how a call says so, and how that stays out of texts.
//!
//! Any document's [security schemes](Scheme) are served here; what is Seam's alone is in `seam`.

mod scheme;
mod seam;
mod secret;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde_json::Value;

pub use self::scheme::Scheme;
use self::scheme::{Credential, Proof};
pub(crate) use self::seam::{Environment, endpoint_from, log_in};
use self::secret::{Secret, Secrets};
use crate::error::InvalidOptionsError;
use crate::operation::Operation;
use crate::request::Wire;

/// What a builder was given, which nobody has looked at yet.
#[derive(Default)]
pub(crate) struct Given {
    tokens: Vec<seam::Token>,
    schemes: Vec<(Scheme, Proof)>,
}

impl Given {
    /// Adds a token of Seam, or replaces the one of its kind.
    pub(crate) fn token(&mut self, token: seam::Token) {
        self.tokens.retain(|other| other.kind() != token.kind());
        self.tokens.push(token);
    }

    /// Adds a secret, or replaces the one that was given for the scheme before.
    pub(crate) fn secret(&mut self, scheme: Scheme, secret: impl Into<String>) {
        self.proof(scheme, Proof::Secret(Secret::new(secret)));
    }

    /// The same for a user name and a password.
    pub(crate) fn login(
        &mut self,
        scheme: Scheme,
        name: impl Into<String>,
        password: impl Into<String>,
    ) {
        let (name, password) = (name.into(), Secret::new(password));
        self.proof(scheme, Proof::Login { name, password });
    }

    fn proof(&mut self, scheme: Scheme, proof: Proof) {
        self.schemes.retain(|(other, _)| *other != scheme);
        self.schemes.push((scheme, proof));
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
        let mut schemes = Vec::new();
        for (scheme, proof) in self.schemes {
            schemes.push(Credential::new(scheme, proof)?);
        }
        let mut tokens = self.tokens.into_iter();
        match (tokens.next(), tokens.next(), schemes.first()) {
            (None, ..) => Ok(Credentials::of_schemes(schemes)),
            (Some(token), None, None) => Credentials::of_token(token.checked()?),
            (Some(one), Some(other), _) => Err(seam::one_too_many(&one, &other)),
            (Some(token), None, Some(other)) => Err(InvalidOptionsError::new(format!(
                "both the {} and something for {:?} are given; keep one of {} and {}",
                token.kind(),
                other.scheme,
                token.how_to_give(),
                other.scheme.how_to_give(),
            ))),
        }
    }
}

/// Who is calling.
#[derive(Clone)]
pub(crate) struct Credentials {
    held: Held,
    /// What every call says of them, whatever the operation takes.
    headers: HeaderMap,
    secrets: Secrets,
    /// The workspace that a client was derived for.
    workspace: Option<String>,
}

#[derive(Clone)]
enum Held {
    /// A token of Seam, which says what it is.
    Token(seam::Token),
    /// What was given for schemes; nothing, perhaps.
    Schemes(Vec<Credential>),
}

impl Credentials {
    fn of_token(token: seam::Token) -> Result<Self, InvalidOptionsError> {
        let (headers, secrets) = (token.headers()?, Secrets::new(token.secrets()));
        Ok(Self { held: Held::Token(token), headers, secrets, workspace: None })
    }

    fn of_schemes(schemes: Vec<Credential>) -> Self {
        let secrets = Secrets::new(schemes.iter().flat_map(|credential| &credential.secrets));
        let headers = HeaderMap::new();
        Self { held: Held::Schemes(schemes), headers, secrets, workspace: None }
    }

    /// The token of Seam that is held.
    pub(crate) fn token(&self) -> Option<&seam::Token> {
        match &self.held {
            Held::Token(token) => Some(token),
            Held::Schemes(_) => None,
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
            Held::Token(token) => token.kind().into(),
            Held::Schemes(schemes) if schemes.is_empty() => "none".into(),
            Held::Schemes(schemes) => {
                let names: Vec<_> = schemes.iter().map(|held| held.scheme.constant()).collect();
                names.join(", ").into()
            }
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
        wire: &mut Wire,
    ) -> Result<(), InvalidOptionsError> {
        match (&self.held, &self.workspace) {
            (Held::Token(token), workspace) => token.add_to(workspace.as_deref(), operation, wire),
            (Held::Schemes(_), Some(_)) => Err(seam::no_workspace()),
            (Held::Schemes(schemes), None) => {
                for credential in chosen(schemes, operation)? {
                    credential.add_to(wire)?;
                }
                Ok(())
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

/// The first way to authenticate for which everything was given. That nothing is needed counts only if there is none.
fn chosen<'a>(
    held: &'a [Credential],
    operation: &Operation,
) -> Result<Vec<&'a Credential>, InvalidOptionsError> {
    let given = |scheme: &Scheme| held.iter().find(|credential| credential.scheme == *scheme);
    let ways = operation.security;
    let complete = ways.iter().filter(|way| !way.is_empty());
    let complete = complete.filter_map(|way| way.iter().map(given).collect::<Option<Vec<_>>>());
    match complete.into_iter().next() {
        Some(credentials) => Ok(credentials),
        None if ways.iter().all(|way| !way.is_empty()) && !ways.is_empty() => {
            Err(not_given(operation))
        }
        None => Ok(Vec::new()),
    }
}

/// Says what the operation takes, and how to give it.
fn not_given(operation: &Operation) -> InvalidOptionsError {
    let way = |way: &&[Scheme]| {
        let schemes: Vec<String> = way.iter().map(|scheme| scheme.how_to_give()).collect();
        schemes.join(" together with ")
    };
    let ways: Vec<String> = operation.security.iter().map(way).collect();
    InvalidOptionsError::new(format!(
        "{} needs credentials that the client does not have; give its builder {}",
        operation.path,
        ways.join(", or ")
    ))
}
