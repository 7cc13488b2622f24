//! The credentials that a builder was given, before they are checked.

use std::sync::Arc;

use super::credentials::Credentials;
use super::schemes::{self, CredentialValue};
use crate::error::InvalidOptionsError;
use crate::operation::Scheme;
use crate::redact::Secret;

/// A credential of a kind that the document does not describe as a scheme.
#[allow(dead_code, reason = "only some APIs have such credentials")]
pub(crate) trait ApiCredential: Send + Sync {
    /// The kind, such as `API key`. A builder holds one credential of each kind.
    fn kind(&self) -> &'static str;

    /// The kind with its article.
    fn with_article(&self) -> &'static str;

    /// The builder call that sets one, for messages.
    fn how_to_give(&self) -> &'static str;

    /// Checks the credential.
    fn resolve(self: Arc<Self>) -> Result<Credentials, InvalidOptionsError>;
}

type ResolveSchemes =
    fn(Vec<(Scheme, CredentialValue)>) -> Result<Credentials, InvalidOptionsError>;

/// The credentials that a builder was given.
#[derive(Default)]
pub(crate) struct CredentialInputs {
    credentials: Vec<Arc<dyn ApiCredential>>,
    schemes: Vec<(Scheme, CredentialValue)>,
    /// Set with the first scheme, so that programs without one do not contain the code.
    resolve_schemes: Option<ResolveSchemes>,
}

impl CredentialInputs {
    /// Adds a credential, or replaces the one of its kind.
    #[allow(dead_code, reason = "only some APIs have such credentials")]
    pub(crate) fn add(&mut self, credential: Arc<dyn ApiCredential>) {
        self.credentials.retain(|other| other.kind() != credential.kind());
        self.credentials.push(credential);
    }

    /// Adds a secret, or replaces the one of the scheme.
    pub(crate) fn secret(&mut self, scheme: Scheme, secret: impl Into<String>) {
        self.scheme(scheme, CredentialValue::Secret(Secret::new(secret)));
    }

    /// Adds a user name and a password, or replaces those of the scheme.
    pub(crate) fn login(
        &mut self,
        scheme: Scheme,
        name: impl Into<String>,
        password: impl Into<String>,
    ) {
        let (name, password) = (name.into(), Secret::new(password));
        self.scheme(scheme, CredentialValue::Login { name, password });
    }

    fn scheme(&mut self, scheme: Scheme, value: CredentialValue) {
        self.schemes.retain(|(other, _)| *other != scheme);
        self.schemes.push((scheme, value));
        self.resolve_schemes = Some(schemes::resolve);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.credentials.is_empty() && self.schemes.is_empty()
    }

    /// Checks the credentials. Credentials of several kinds are an error.
    pub(crate) fn resolve(self) -> Result<Credentials, InvalidOptionsError> {
        let mut credentials = self.credentials.into_iter();
        match (credentials.next(), credentials.next(), self.schemes.first()) {
            (None, ..) => match self.resolve_schemes {
                Some(resolve) => resolve(self.schemes),
                None => Ok(Credentials::none()),
            },
            (Some(credential), None, None) => credential.resolve(),
            (Some(one), Some(other), _) => Err(InvalidOptionsError::new(format!(
                "both {} and {} are given; keep one of {} and {}",
                one.with_article(),
                other.with_article(),
                one.how_to_give(),
                other.how_to_give(),
            ))),
            (Some(one), None, Some((scheme, _))) => Err(InvalidOptionsError::new(format!(
                "both the {} and something for {scheme:?} are given; keep one of {} and {}",
                one.kind(),
                one.how_to_give(),
                scheme.how_to_give(),
            ))),
        }
    }
}
