//! Environment variables. A blank variable counts as not set.

use std::sync::Arc;

use super::kind::Kind;
use super::token::{Token, With};
use crate::auth::ApiCredential;
use crate::client::Defaults;
use crate::error::InvalidOptionsError;
use crate::redact::Secret;

/// Reads credentials and the endpoint from environment variables. The function returns the value of a variable.
pub(super) struct Environment<F>(pub(super) F);

/// Returns a variable of the process.
pub(super) fn process(name: &str) -> Option<String> {
    Some(std::env::var_os(name)?.to_string_lossy().into_owned())
}

impl<F: Fn(&str) -> Option<String>> Environment<F> {
    fn get(&self, name: &str) -> Option<String> {
        self.0(name).filter(|value| !value.trim().is_empty())
    }

    fn token(&self) -> Result<Option<Token>, InvalidOptionsError> {
        let key = self.get("SEAM_API_KEY");
        let token = self.get("SEAM_PERSONAL_ACCESS_TOKEN");
        match (key, token) {
            (None, None) => Ok(None),
            (Some(key), None) => {
                let (kind, with) = (Kind::ApiKey, With::Nothing);
                Ok(Some(Token { kind, text: Secret::new(key), with }))
            }
            (None, Some(token)) => {
                let id = self.get("SEAM_WORKSPACE_ID").ok_or_else(|| {
                    InvalidOptionsError::new(
                        "SEAM_PERSONAL_ACCESS_TOKEN is set, and SEAM_WORKSPACE_ID is not; set it to the workspace to \
                         work in, or call `.personal_access_token_without_workspace(token)`",
                    )
                })?;
                let (kind, with) = (Kind::PersonalAccessToken, With::Workspace(id));
                Ok(Some(Token { kind, text: Secret::new(token), with }))
            }
            (Some(_), Some(_)) => Err(InvalidOptionsError::new(
                "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set; unset one of them, or choose with \
                 `.api_key(…)` or `.personal_access_token(…)`",
            )),
        }
    }
}

impl<F: Fn(&str) -> Option<String>> Defaults for Environment<F> {
    /// The newer name of the variable wins over the older one.
    fn endpoint(&self) -> Option<String> {
        self.get("SEAM_ENDPOINT").or_else(|| self.get("SEAM_API_URL"))
    }

    fn credential(&self) -> Result<Option<Arc<dyn ApiCredential>>, InvalidOptionsError> {
        Ok(self.token()?.map(|token| Arc::new(token) as Arc<dyn ApiCredential>))
    }
}
