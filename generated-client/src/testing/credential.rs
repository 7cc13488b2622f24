//! Made-up credentials.

use std::borrow::Cow;
use std::sync::Arc;

use reqwest::header::AUTHORIZATION;

use crate::auth::{ApiCredential, Authenticator, Completeness, CredentialScope, Credentials};
use crate::error::InvalidOptionsError;
use crate::operation::OperationInfo;
use crate::request::{EncodedRequest, add_secret};

const KIND: &str = "fake credential";
const SECRET: &str = "fake";

/// A credential that all operations accept.
pub(super) struct FakeCredential;

impl ApiCredential for FakeCredential {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn with_article(&self) -> &'static str {
        "a fake credential"
    }

    fn how_to_give(&self) -> &'static str {
        "`Fake::client`"
    }

    fn resolve(self: Arc<Self>) -> Result<Credentials, InvalidOptionsError> {
        Ok(Credentials::new(self, &[]))
    }
}

impl Authenticator for FakeCredential {
    fn kind(&self) -> Cow<'static, str> {
        KIND.into()
    }

    fn authenticate(
        &self,
        _: &OperationInfo,
        _: Option<&CredentialScope>,
        request: &mut EncodedRequest,
    ) -> Result<Completeness, InvalidOptionsError> {
        add_secret(&mut request.headers, AUTHORIZATION, SECRET)
            .map_err(InvalidOptionsError::new)?;
        Ok(Completeness::Complete)
    }
}
