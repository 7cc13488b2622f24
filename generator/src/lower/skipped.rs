//! The reason why a part of the document is left out.

use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::document::Pointer;

/// Why an operation, or an optional part of one, is left out. The caller for which the part is optional reports it.
#[derive(Debug)]
pub(super) struct Skipped {
    pub(super) diagnostic: Box<Diagnostic>,
    /// The part that is not supported, if it can be removed from the document.
    pub(super) at: Option<Pointer>,
}

impl From<Diagnostic> for Skipped {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic: Box::new(diagnostic), at: None }
    }
}

impl View<'_, '_> {
    /// An unsupported part. The diagnostic shows how to remove it.
    pub(super) fn unsupported(&self, at: &Pointer, code: &'static str, message: &str) -> Skipped {
        Skipped { diagnostic: Box::new(self.error(at, code, message)), at: Some(at.clone()) }
    }
}
