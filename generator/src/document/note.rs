//! Diagnostics about a document that can be used nonetheless.

use super::adapt::Remark;
use super::pointer::Pointer;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// A diagnostic about a document.
pub(crate) struct Note {
    /// The pointer into the source.
    at: Pointer,
    diagnostic: Diagnostic,
    /// What is generated instead, if that is less than the document describes.
    instead: Option<&'static str>,
}

impl Note {
    /// Makes a note of a remark about the part at `place` in a source.
    pub(super) fn new(remark: Remark, place: Place) -> Self {
        let Remark { at, code, message, instead, help } = remark;
        let diagnostic = Diagnostic::error(code, message).at(place).pointer(&at).help(help);
        Self { at, diagnostic, instead }
    }

    /// Returns a warning, or an error if something is lost and `strict` is set.
    pub(crate) fn diagnostic(&self, strict: bool) -> Diagnostic {
        let mut diagnostic = self.diagnostic.clone();
        match self.instead {
            Some(_) if strict => diagnostic.severity = Severity::Error,
            Some(instead) => {
                diagnostic.severity = Severity::Warning;
                diagnostic.message = format!("{}, {instead}", diagnostic.message);
            }
            None => diagnostic.severity = Severity::Warning,
        }
        diagnostic
    }

    /// The path that the note is about, if it is about a single path.
    pub(crate) fn path(&self) -> Option<String> {
        let mut steps = self.at.steps();
        if steps.next().is_some_and(|step| step == "paths") { steps.next() } else { None }
    }
}
