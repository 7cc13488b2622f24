//! What lowering reports: diagnostics, and what it left out of the document.
//!
//! A part of a document that has no equivalent in Rust is left out, or becomes any JSON value. The rest is generated,
//! and a warning says what was generated instead. With the option `strict`, each of these warnings is an error.

use super::skipped::Skipped;
use super::view::View;
use crate::api::Type;
use crate::api::{Omissions, Reason};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::Pointer;

/// Collects diagnostics and omissions.
pub(super) struct Report<'a, 's> {
    view: View<'a, 's>,
    pub(super) diagnostics: Diagnostics,
    pub(super) left_out: Omissions,
}

impl<'a, 's> Report<'a, 's> {
    pub(super) fn new(view: View<'a, 's>) -> Self {
        Self { view, diagnostics: Diagnostics::default(), left_out: Omissions::default() }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports why the part at `at` becomes any JSON value.
    pub(super) fn fall_back(&mut self, diagnostic: Diagnostic, at: &Pointer) -> Type {
        self.left_out.inside(at, Reason::NoRust(diagnostic.code));
        self.degrade(diagnostic, "so it is any JSON");
        Type::Any
    }

    /// Reports why the operation at `operation` is left out.
    pub(super) fn skip_operation(&mut self, operation: &Pointer, skipped: Skipped) {
        self.left_out.whole(operation, Reason::NoRust(skipped.diagnostic.code));
        let mut diagnostic = *skipped.diagnostic;
        if let Some(at) = skipped.at {
            let is_inside = at.as_str().starts_with(operation.as_str());
            let target = if is_inside { operation } else { &at };
            diagnostic = diagnostic.help(how_to_remove(&self.view.document.original(target)));
        }
        self.degrade(diagnostic, "so the operation is left out");
    }

    /// Reports why the part at `part`, which is optional for its operation, is left out.
    pub(super) fn skip_part(&mut self, part: &Pointer, skipped: Skipped) {
        self.left_out.whole(part, Reason::NoRust(skipped.diagnostic.code));
        let mut diagnostic = *skipped.diagnostic;
        if skipped.at.is_some() {
            diagnostic = diagnostic.help(how_to_remove(&self.view.document.original(part)));
        }
        self.degrade(diagnostic, "so it is left out");
    }

    /// Reports a limitation of the output, with help.
    pub(super) fn warn(
        &mut self,
        at: &Pointer,
        code: &'static str,
        message: impl Into<String>,
        help: &str,
    ) {
        let mut warning = self.view.error(at, code, message).help(help);
        warning.severity = Severity::Warning;
        self.push(warning);
    }

    /// Reports a warning that says what is generated instead. With the option `strict` it is an error.
    pub(super) fn degrade(&mut self, mut diagnostic: Diagnostic, instead: &str) {
        if !self.view.options.strict {
            diagnostic.severity = Severity::Warning;
            diagnostic.message = format!("{}, {instead}", diagnostic.message);
        }
        self.push(diagnostic);
    }
}

/// The overlay action that removes what cannot be generated.
fn how_to_remove(target: &Pointer) -> String {
    format!(
        "describe it in another way with an overlay, or leave it out there too:\n       \
         - target: {}\n         remove: true",
        target.to_path()
    )
}
