//! What is done about a part of a document that has no Rust: it is left out or read as any JSON, and that is said. The
//! rest is generated all the same, unless the user wants it otherwise.

use super::Lower;
use crate::api::Type;
use crate::count::Reason;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Pointer;

impl Lower<'_, '_> {
    /// Says what is wrong; what stands at `at` is any JSON.
    pub(super) fn fall_back(&mut self, diagnostic: Diagnostic, at: &Pointer) -> Type {
        self.left_out.inside(at, Reason::NoRust(diagnostic.code));
        self.degrade(diagnostic, "so it is any JSON");
        Type::Any
    }

    /// Says why the operation is left out.
    pub(super) fn leave_out(&mut self, at: &Pointer, code: &'static str, message: &str) {
        let target = self.document.original(&operation_around(at));
        let diagnostic = self.error(at, code, message).help(how_to_remove(&target));
        self.leave_out_because(diagnostic);
    }

    /// Leaves out the operation because of what `diagnostic` says.
    pub(super) fn leave_out_because(&mut self, diagnostic: Diagnostic) {
        self.obstacle = diagnostic.code;
        self.degrade(diagnostic, "so the operation is left out");
    }

    /// Says why a part that an operation can do without is left out.
    pub(super) fn leave_out_part(&mut self, at: &Pointer, code: &'static str, message: &str) {
        self.left_out.whole(at, Reason::NoRust(code));
        let target = self.document.original(at);
        let diagnostic = self.error(at, code, message).help(how_to_remove(&target));
        self.degrade(diagnostic, "so it is left out");
    }

    /// The same diagnostic as something that a user should know.
    pub(super) fn warning(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.severity = Severity::Warning;
        self.diagnostics.push(diagnostic);
    }

    /// A warning that says what is generated instead; for those who want all or nothing, an error.
    pub(super) fn degrade(&mut self, mut diagnostic: Diagnostic, instead: &str) {
        if !self.options.strict {
            diagnostic.severity = Severity::Warning;
            diagnostic.message = format!("{}, {instead}", diagnostic.message);
        }
        self.diagnostics.push(diagnostic);
    }
}

/// The operation that something stands in; itself if it stands in none.
fn operation_around(at: &Pointer) -> Pointer {
    let operation: Vec<String> = at.steps().take(3).collect();
    let is_inside = operation.first().is_some_and(|step| step == "paths") && operation.len() == 3;
    if is_inside {
        operation.iter().fold(Pointer::root(), |pointer, step| pointer.child(step))
    } else {
        at.clone()
    }
}

/// The action of an overlay that leaves out what has no Rust.
fn how_to_remove(target: &Pointer) -> String {
    format!(
        "describe it in another way with an overlay, or leave it out there too:\n       \
         - target: {}\n         remove: true",
        target.to_path()
    )
}
