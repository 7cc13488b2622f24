//! Credentials: their input in a builder, and how they authenticate requests.

mod credentials;
mod inputs;
mod schemes;
#[cfg(test)]
mod tests;

#[allow(unused_imports, reason = "only an API's own module authenticates in another way")]
pub(crate) use self::credentials::{Authenticator, Completeness, CredentialScope, Credentials};
pub(crate) use self::inputs::{ApiCredential, CredentialInputs};
