//! The reason why a part of the document is left out.

use crate::document::Pointer;

/// Why an operation, or a part that an operation can do without, is left out. The caller that can do without it reports it.
#[derive(Debug)]
pub(super) struct Skipped {
    /// What cannot be generated.
    pub(super) at: Pointer,
    /// The code of the diagnostic.
    pub(super) code: &'static str,
    pub(super) message: String,
    /// How to correct the document, if there is more to it than describing the part differently.
    pub(super) help: Option<String>,
}

impl Skipped {
    pub(super) fn new(at: &Pointer, code: &'static str, message: impl Into<String>) -> Self {
        Self { at: at.clone(), code, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}
