//! Where a builder finds what it was not given.

use std::sync::Arc;

use crate::auth::ApiCredential;
use crate::error::InvalidOptionsError;

/// Supplies what a builder was not given: from environment variables, for example.
#[allow(dead_code, reason = "only some APIs have such a source")]
pub(crate) trait Defaults {
    /// Returns the URL of the API.
    fn endpoint(&self) -> Option<String>;

    /// Returns the credentials.
    fn credential(&self) -> Result<Option<Arc<dyn ApiCredential>>, InvalidOptionsError>;
}
