//! The parts that are specific to Seam: kinds of tokens, their environment variables, client sessions, and headers.
//!
//! Clients of other APIs do not have this folder. Generated code refers to [`PROFILE`], which `openapi/generate.toml` names.

mod builder;
mod environment;
mod kind;
mod session;
#[cfg(test)]
mod tests;
mod token;
mod workspace;

use crate::client::Profile;

/// Facts about Seam's API that its OpenAPI document lacks.
pub(crate) const PROFILE: Profile = Profile {
    request_id: "seam-request-id",
    // The official clients are named `seamapi/<language>`. This one is not official.
    headers: &[
        ("seam-sdk-name", concat!(env!("CARGO_PKG_NAME"), "/rust")),
        ("seam-sdk-version", env!("CARGO_PKG_VERSION")),
    ],
    credentials_needed: Some(
        "there are no credentials; call `.api_key(…)` or `.personal_access_token(…)`, or set SEAM_API_KEY and build \
         with `Seam::from_env()`",
    ),
};
