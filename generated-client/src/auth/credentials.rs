//! The credentials of a client, and how they authenticate requests.

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;

use reqwest::header::HeaderMap;

use crate::error::InvalidOptionsError;
use crate::operation::OperationInfo;
use crate::redact::{Redactor, Secret};
use crate::request::EncodedRequest;

/// Adds credentials to requests.
pub(crate) trait Authenticator: Any + Send + Sync {
    /// The kind of the credentials, for `Debug`.
    fn kind(&self) -> Cow<'static, str>;

    /// Returns why these credentials have to be exchanged for others before they can authenticate requests.
    fn exchange_needed(&self) -> Option<&'static str> {
        None
    }

    /// Adds what the operation needs.
    fn authenticate(
        &self,
        operation: &OperationInfo,
        scope: Option<&CredentialScope>,
        request: &mut EncodedRequest,
    ) -> Result<Completeness, InvalidOptionsError>;
}

/// Selects one of several accounts that the credentials give access to.
#[derive(Clone, Debug)]
pub(crate) struct CredentialScope {
    pub(crate) id: String,
    /// The error message if the credentials give access to a single account.
    pub(crate) unsupported: &'static str,
}

/// Whether there were credentials for all schemes of one alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completeness {
    Complete,
    Incomplete,
}

/// The source of the credentials.
#[derive(Clone)]
enum CredentialSource {
    /// There are none.
    Nothing,
    Authenticator(Arc<dyn Authenticator>),
}

/// The credentials of a client.
#[derive(Clone)]
pub(crate) struct Credentials {
    source: CredentialSource,
    /// Headers that are sent with every request, whatever the operation needs.
    headers: HeaderMap,
    redactor: Redactor,
    scope: Option<CredentialScope>,
}

impl Credentials {
    /// Credentials of a client that has none.
    pub(super) fn none() -> Self {
        let (source, redactor) = (CredentialSource::Nothing, Redactor::new([]));
        Self { source, headers: HeaderMap::new(), redactor, scope: None }
    }

    pub(crate) fn new<'a>(
        authenticator: Arc<dyn Authenticator>,
        secrets: impl IntoIterator<Item = &'a Secret>,
    ) -> Self {
        let (source, redactor) =
            (CredentialSource::Authenticator(authenticator), Redactor::new(secrets));
        Self { source, headers: HeaderMap::new(), redactor, scope: None }
    }

    /// Sends these headers with every request.
    #[allow(dead_code, reason = "only some APIs need it")]
    pub(crate) fn with_headers(self, headers: HeaderMap) -> Self {
        Self { headers, ..self }
    }

    /// The same credentials for another account. If they do not support that, requests fail.
    pub(crate) fn with_scope(&self, scope: CredentialScope) -> Self {
        Self { scope: Some(scope), ..self.clone() }
    }

    pub(crate) fn authenticator(&self) -> Option<&dyn Authenticator> {
        match &self.source {
            CredentialSource::Nothing => None,
            CredentialSource::Authenticator(authenticator) => Some(&**authenticator),
        }
    }

    /// The kind of the credentials, for `Debug`.
    pub(crate) fn kind(&self) -> Cow<'static, str> {
        self.authenticator().map_or(Cow::Borrowed("none"), Authenticator::kind)
    }

    /// Headers that are sent with every request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Adds what the operation needs besides the [`headers`](Self::headers).
    pub(crate) fn add_to(
        &self,
        operation: &OperationInfo,
        request: &mut EncodedRequest,
    ) -> Result<(), InvalidOptionsError> {
        let completeness = match (self.authenticator(), &self.scope) {
            (Some(source), scope) => source.authenticate(operation, scope.as_ref(), request)?,
            (None, Some(scope)) => return Err(InvalidOptionsError::new(scope.unsupported)),
            (None, None) => Completeness::Incomplete,
        };
        // An alternative without credentials counts only if there are no credentials for another one.
        let alternatives = operation.security.alternatives();
        let is_needed =
            !alternatives.is_empty() && alternatives.iter().all(|schemes| !schemes.is_empty());
        if is_needed && completeness == Completeness::Incomplete {
            return Err(missing(operation));
        }
        Ok(())
    }
}

/// Returns the error that names the credentials that the operation needs, and the builder calls that set them.
fn missing(operation: &OperationInfo) -> InvalidOptionsError {
    let mut ways = String::new();
    for schemes in operation.security.alternatives() {
        ways.push_str(if ways.is_empty() { "" } else { ", or " });
        for (position, scheme) in schemes.iter().enumerate() {
            ways.push_str(if position == 0 { "" } else { " together with " });
            ways.push_str(&scheme.how_to_give());
        }
    }
    InvalidOptionsError::new(format!(
        "{} needs credentials that the client does not have; give its builder {ways}",
        operation.path
    ))
}
