//! The reason why a part of the document is left out.

use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::document::Pointer;

/// Why an operation, or a part that an operation can do without, is left out. The caller that can do without it reports it.
#[derive(Debug)]
pub(super) struct Skipped {
    pub(super) diagnostic: Box<Diagnostic>,
    /// What cannot be generated, if the document can do without it.
    pub(super) at: Option<Pointer>,
}

impl From<Diagnostic> for Skipped {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic: Box::new(diagnostic), at: None }
    }
}

impl View<'_, '_> {
    /// A part that is not supported. The diagnostic will say how to remove it.
    pub(super) fn unsupported(&self, at: &Pointer, code: &'static str, message: &str) -> Skipped {
        Skipped { diagnostic: Box::new(self.error(at, code, message)), at: Some(at.clone()) }
    }
}
