//! What the run should say about a document that can be used all the same.

use super::adapt::Remark;
use super::pointer::Pointer;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Something to say about a document.
pub(crate) struct Note {
    /// What it is about.
    at: Pointer,
    diagnostic: Diagnostic,
    /// What is generated instead, if that is less than what the document says.
    instead: Option<&'static str>,
}

impl Note {
    /// What a remark says about what stands at `place` in a source.
    pub(super) fn new(remark: Remark, place: Place) -> Self {
        let Remark { at, code, message, instead, help } = remark;
        let diagnostic = Diagnostic::error(code, message).at(place).pointer(&at).help(help);
        Self { at, diagnostic, instead }
    }

    /// A warning, or an error if something is lost and `strict` says that nothing may be.
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

    /// The path that it is about, if it is about one alone.
    pub(crate) fn path(&self) -> Option<String> {
        let mut steps = self.at.steps();
        if steps.next().is_some_and(|step| step == "paths") { steps.next() } else { None }
    }
}
