//! Credentials for security schemes.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::credentials::{Authenticator, Completeness, CredentialScope, Credentials};
use crate::error::InvalidOptionsError;
use crate::operation::{Form, OperationInfo, Scheme, Security};
use crate::redact::Secret;
use crate::request::EncodedRequest;

/// The value that a user sets for a scheme.
#[derive(Clone, Debug)]
pub(super) enum CredentialValue {
    Secret(Secret),
    Login { name: String, password: Secret },
}

impl CredentialValue {
    fn is_blank(&self) -> bool {
        match self {
            Self::Secret(secret) => secret.reveal().trim().is_empty(),
            Self::Login { name, password } => name.is_empty() && password.reveal().is_empty(),
        }
    }
}

/// Validates the values and turns them into credentials.
pub(super) fn resolve(
    values: Vec<(Scheme, CredentialValue)>,
) -> Result<Credentials, InvalidOptionsError> {
    let mut schemes = Vec::new();
    let mut secrets = Vec::new();
    for (scheme, value) in values {
        let credential = Credential::new(scheme, value)?;
        secrets.extend(credential.secrets.iter().cloned());
        schemes.push(credential);
    }
    Ok(Credentials::new(Arc::new(SchemeCredentials(schemes)), &secrets))
}

/// A credential for each scheme.
struct SchemeCredentials(Vec<Credential>);

impl Authenticator for SchemeCredentials {
    fn kind(&self) -> Cow<'static, str> {
        let names: Vec<_> = self.0.iter().map(|credential| credential.scheme.constant()).collect();
        names.join(", ").into()
    }

    /// Uses the first alternative of the operation for which all credentials are there, or all if none are described.
    fn authenticate(
        &self,
        operation: &OperationInfo,
        scope: Option<&CredentialScope>,
        request: &mut EncodedRequest,
    ) -> Result<Completeness, InvalidOptionsError> {
        if let Some(scope) = scope {
            return Err(InvalidOptionsError::new(scope.unsupported));
        }
        let known = |scheme: &Scheme| self.0.iter().find(|known| known.scheme == *scheme);
        let complete: Option<Vec<&Credential>> = match operation.security {
            Security::AsGiven => Some(self.0.iter().collect()),
            Security::Alternatives(alternatives) => {
                let mut alternatives = alternatives.iter().filter(|schemes| !schemes.is_empty());
                alternatives.find_map(|schemes| schemes.iter().map(known).collect())
            }
        };
        for credential in complete.iter().flatten() {
            credential.add_to(request)?;
        }
        Ok(if complete.is_some() { Completeness::Complete } else { Completeness::Incomplete })
    }
}

/// A scheme with the value that is sent for it.
#[derive(Clone, Debug)]
struct Credential {
    scheme: Scheme,
    sent: Secret,
    /// The texts to redact.
    secrets: Vec<Secret>,
}

impl Credential {
    /// Checks that the value is of the kind that `scheme` needs, and can be sent.
    fn new(scheme: Scheme, value: CredentialValue) -> Result<Self, InvalidOptionsError> {
        let refused = |problem: &str| {
            InvalidOptionsError::new(format!("what is given for {scheme:?} {problem}"))
        };
        if value.is_blank() {
            return Err(refused("is empty; give it a value"));
        }
        let (sent, secrets) = match (scheme.form(), value) {
            (Form::Plain, CredentialValue::Secret(secret)) => (secret.clone(), vec![secret]),
            (Form::Prefixed(word), CredentialValue::Secret(secret))
                if begins_with(word, &secret) =>
            {
                return Err(refused(&format!("begins with `{word}`; leave that out, it is added")));
            }
            (Form::Prefixed(word), CredentialValue::Secret(secret)) => {
                (Secret::new(format!("{word} {}", secret.reveal())), vec![secret])
            }
            (Form::Basic, CredentialValue::Login { name, password }) => {
                basic(&name, password).map_err(refused)?
            }
            (Form::Basic, CredentialValue::Secret(_)) | (_, CredentialValue::Login { .. }) => {
                return Err(refused(&format!("is of another kind; call {}", scheme.how_to_give())));
            }
        };
        let credential = Self { scheme, sent, secrets };
        // Fails here, and not with the first request, if the value cannot be sent.
        credential.add_to(&mut EncodedRequest::default())?;
        Ok(credential)
    }

    fn add_to(&self, request: &mut EncodedRequest) -> Result<(), InvalidOptionsError> {
        let (location, name) = (self.scheme.location(), self.scheme.name());
        request.add_secret(location, name, self.sent.reveal()).map_err(|problem| {
            InvalidOptionsError::new(format!(
                "what is given for {:?} cannot be sent: {problem}; copy it again without characters that do not belong \
                 to it",
                self.scheme
            ))
        })
    }
}

fn begins_with(word: &str, secret: &Secret) -> bool {
    let first = secret.reveal().split_once(' ').map(|(first, _)| first);
    first.is_some_and(|first| first.eq_ignore_ascii_case(word))
}

/// Returns what is sent for a name and a password, and the texts to redact.
fn basic(name: &str, password: Secret) -> Result<(Secret, Vec<Secret>), &'static str> {
    if name.contains(':') {
        return Err("has a user name with a colon, where the password would begin");
    }
    let both = Secret::new(STANDARD.encode(format!("{name}:{}", password.reveal())));
    let sent = Secret::new(format!("Basic {}", both.reveal()));
    // Some APIs expect a key as the user name, and no password. Then the user name is the secret.
    let hidden = if password.reveal().is_empty() { Secret::new(name) } else { password };
    Ok((sent, vec![hidden, both]))
}
