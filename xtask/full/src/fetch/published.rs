//! A document as its origin publishes it, before it is validated.

use std::fmt::Write as _;

use anyhow::anyhow;
use indicatif::HumanBytes;
use sha2::{Digest, Sha256};

use super::download::Validators;

/// A published document, and what `source.toml` records of it.
pub(super) struct Published {
    /// The origin, as `source.toml` records it.
    pub(super) origin: String,
    /// The name of the text in messages.
    pub(super) name: String,
    /// The SHA-256 of the published bytes, in hexadecimal.
    pub(super) sha256: String,
    /// The parsed or unparsed content.
    pub(super) content: Content,
    /// The HTTP validators of the response, for the next conditional request.
    pub(super) validators: Validators,
}

/// A document in its published form.
pub(super) enum Content {
    /// JSON or YAML text.
    Text(String),
    /// The value of a JavaScript object literal.
    Literal(serde_json::Value),
}

impl Published {
    pub(super) fn new(origin: String, name: String, bytes: &[u8], content: Content) -> Self {
        let validators = Validators::default();
        Self { origin, name, sha256: sha256(bytes), content, validators }
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// The error for a document that exceeds the limit.
pub(super) fn too_large(name: &str, limit: u64) -> anyhow::Error {
    anyhow!("{name} is larger than {}; is it the OpenAPI document?", HumanBytes(limit))
}
