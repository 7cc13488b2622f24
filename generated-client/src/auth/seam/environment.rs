//! The variables of the environment that a client can be set up from. A blank one counts as not set.

use super::{Kind, Secret, Token, With};
use crate::error::InvalidOptionsError;

/// Gives the value of a variable.
pub(crate) type Environment<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The token that the environment holds, if there is one.
pub(in crate::auth) fn token_from(
    environment: &Environment<'_>,
) -> Result<Option<Token>, InvalidOptionsError> {
    let key = set(environment, "SEAM_API_KEY");
    let token = set(environment, "SEAM_PERSONAL_ACCESS_TOKEN");
    match (key, token) {
        (None, None) => Ok(None),
        (Some(key), None) => {
            Ok(Some(Token { kind: Kind::ApiKey, text: Secret::new(key), with: With::Nothing }))
        }
        (None, Some(token)) => {
            let id = set(environment, "SEAM_WORKSPACE_ID").ok_or_else(|| {
                InvalidOptionsError::new(
                    "SEAM_PERSONAL_ACCESS_TOKEN is set, and SEAM_WORKSPACE_ID is not; set it to the workspace to work \
                     in, or call `.personal_access_token_without_workspace(token)`",
                )
            })?;
            let (kind, text) = (Kind::PersonalAccessToken, Secret::new(token));
            Ok(Some(Token { kind, text, with: With::Workspace(id) }))
        }
        (Some(_), Some(_)) => Err(InvalidOptionsError::new(
            "both SEAM_API_KEY and SEAM_PERSONAL_ACCESS_TOKEN are set; unset one of them, or choose with \
             `.api_key(…)` or `.personal_access_token(…)`",
        )),
    }
}

/// The endpoint that the environment names, by the newer name of the variable or by the older one.
pub(crate) fn endpoint_from(environment: &Environment<'_>) -> Option<String> {
    set(environment, "SEAM_ENDPOINT").or_else(|| set(environment, "SEAM_API_URL"))
}

fn set(environment: &Environment<'_>, name: &str) -> Option<String> {
    environment(name).filter(|value| !value.trim().is_empty())
}
