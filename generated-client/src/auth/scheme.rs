//! Security schemes: what a document says about how calls are authenticated.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Authenticator, Complete, Credentials, Secret};
use crate::error::InvalidOptionsError;
use crate::operation::Operation;
use crate::request::{EncodedRequest, ParameterLocation};

/// A way to say who is calling, which the API's document describes: one of the constants in
/// [`security`](crate::security).
///
/// [`SeamBuilder::credential`](crate::SeamBuilder::credential) and [`SeamBuilder::basic`](crate::SeamBuilder::basic) take
/// one together with the secret.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// The name of its constant.
    constant: &'static str,
    place: ParameterLocation,
    /// That of the header, the query parameter, or the cookie.
    name: &'static str,
    form: Form,
}

/// What is sent for a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The secret itself.
    Plain,
    /// The secret after this word.
    After(&'static str),
    /// A user name and a password together, as HTTP's scheme `Basic` has them.
    Basic,
}

#[allow(dead_code, reason = "a document need not have each kind")]
impl Scheme {
    /// A token in the header `authorization`.
    pub(crate) const fn bearer(constant: &'static str) -> Self {
        Self::http(constant, "Bearer")
    }

    /// The same with another of HTTP's schemes than `Bearer`.
    pub(crate) const fn http(constant: &'static str, scheme: &'static str) -> Self {
        let (place, name) = (ParameterLocation::Header, AUTHORIZATION);
        Self { constant, place, name, form: Form::After(scheme) }
    }

    /// A user name and a password in the header `authorization`.
    pub(crate) const fn basic(constant: &'static str) -> Self {
        Self { constant, place: ParameterLocation::Header, name: AUTHORIZATION, form: Form::Basic }
    }

    /// A key in the header `name`.
    pub(crate) const fn header(constant: &'static str, name: &'static str) -> Self {
        Self { constant, place: ParameterLocation::Header, name, form: Form::Plain }
    }

    /// A key in the query parameter `name`.
    pub(crate) const fn query(constant: &'static str, name: &'static str) -> Self {
        Self { constant, place: ParameterLocation::Query, name, form: Form::Plain }
    }

    /// A key in the cookie `name`.
    pub(crate) const fn cookie(constant: &'static str, name: &'static str) -> Self {
        Self { constant, place: ParameterLocation::Cookie, name, form: Form::Plain }
    }

    /// The name of its constant.
    pub(super) fn constant(self) -> &'static str {
        self.constant
    }

    /// The call that gives the builder what it needs.
    pub(super) fn how_to_give(self) -> String {
        match self.form {
            Form::Basic => format!("`.basic({self:?}, name, password)`"),
            Form::Plain | Form::After(_) => format!("`.credential({self:?}, secret)`"),
        }
    }
}

const AUTHORIZATION: &str = "authorization";

/// Shows the path of its constant.
impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "security::{}", self.constant)
    }
}

/// What a user gives for a scheme.
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

/// Makes credentials of what was given, if it can be used.
pub(super) fn settle(
    given: Vec<(Scheme, CredentialValue)>,
) -> Result<Credentials, InvalidOptionsError> {
    let mut schemes = Vec::new();
    let mut secrets = Vec::new();
    for (scheme, proof) in given {
        let credential = Credential::new(scheme, proof)?;
        secrets.extend(credential.secrets.iter().cloned());
        schemes.push(credential);
    }
    Ok(Credentials::of_schemes(Some(Arc::new(Schemes(schemes))), &secrets))
}

/// What was given for each scheme.
struct Schemes(Vec<Credential>);

impl Authenticator for Schemes {
    fn names(&self) -> String {
        let names: Vec<_> = self.0.iter().map(|held| held.scheme.constant).collect();
        names.join(", ")
    }

    /// The first way to authenticate for which everything was given is the one.
    fn add_to(
        &self,
        operation: &Operation,
        wire: &mut EncodedRequest,
    ) -> Result<Complete, InvalidOptionsError> {
        let given = |scheme: &Scheme| self.0.iter().find(|held| held.scheme == *scheme);
        let mut ways = operation.security.iter().filter(|way| !way.is_empty());
        let complete = ways.find_map(|way| way.iter().map(given).collect::<Option<Vec<_>>>());
        for credential in complete.iter().flatten() {
            credential.add_to(wire)?;
        }
        Ok(if complete.is_some() { Complete::Yes } else { Complete::No })
    }
}

/// A scheme with what is sent for it.
#[derive(Clone, Debug)]
struct Credential {
    scheme: Scheme,
    sent: Secret,
    /// What must not be shown, in whichever form.
    secrets: Vec<Secret>,
}

impl Credential {
    /// Takes what was given for `scheme`, if that is what it needs and if it can be sent.
    fn new(scheme: Scheme, proof: CredentialValue) -> Result<Self, InvalidOptionsError> {
        let refused = |problem: &str| {
            InvalidOptionsError::new(format!("what is given for {scheme:?} {problem}"))
        };
        if proof.is_blank() {
            return Err(refused("is empty; give it a value"));
        }
        let (sent, secrets) = match (scheme.form, proof) {
            (Form::Plain, CredentialValue::Secret(secret)) => (secret.clone(), vec![secret]),
            (Form::After(word), CredentialValue::Secret(secret)) if begins_with(word, &secret) => {
                return Err(refused(&format!("begins with `{word}`; leave that out, it is added")));
            }
            (Form::After(word), CredentialValue::Secret(secret)) => {
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
        // What cannot be sent is told now, and not with the first call.
        credential.add_to(&mut EncodedRequest::default())?;
        Ok(credential)
    }

    /// Adds it to what is sent.
    fn add_to(&self, wire: &mut EncodedRequest) -> Result<(), InvalidOptionsError> {
        let Scheme { place, name, .. } = self.scheme;
        wire.add_secret(place, name, self.sent.reveal()).map_err(|problem| {
            InvalidOptionsError::new(format!(
                "what is given for {:?} cannot be sent: {problem}; copy it again without what does not belong to it",
                self.scheme
            ))
        })
    }
}

fn begins_with(word: &str, secret: &Secret) -> bool {
    let first = secret.reveal().split_once(' ').map(|(first, _)| first);
    first.is_some_and(|first| first.eq_ignore_ascii_case(word))
}

/// What is sent for a name and a password, and what of it is secret.
fn basic(name: &str, password: Secret) -> Result<(Secret, Vec<Secret>), &'static str> {
    if name.contains(':') {
        return Err("has a user name with a colon, where the password would begin");
    }
    let both = Secret::new(STANDARD.encode(format!("{name}:{}", password.reveal())));
    let sent = Secret::new(format!("Basic {}", both.reveal()));
    // Some APIs take a key for the name, and no password.
    let hidden = if password.reveal().is_empty() { Secret::new(name) } else { password };
    Ok((sent, vec![hidden, both]))
}
