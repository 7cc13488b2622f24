//! Errors of references that cannot be resolved.

use super::super::grammar::Node;

/// Why a reference cannot be resolved, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Unresolved {
    pub(in super::super) code: &'static str,
    pub(in super::super) message: String,
    pub(in super::super) help: String,
}

impl Unresolved {
    /// The target does not exist.
    pub(super) fn missing(reference: &str, node: Node) -> Self {
        let section = node.section().unwrap_or_default();
        let name = reference.strip_prefix(&format!("#/components/{section}/"));
        let name = name.filter(|name| !name.contains('/'));
        let message = match (node, name) {
            (Node::Schema, Some(name)) => format!("there is no component schema `{name}`"),
            (_, Some(name)) => {
                format!("there is nothing called `{name}` under `components/{section}`")
            }
            (_, None) => format!("there is nothing at `{reference}`"),
        };
        let what = node.description().unwrap_or("object");
        let help = format!("correct the reference, or add the {what} with an overlay");
        Self { code: "missing-ref", message, help }
    }

    /// The target exists, but not in a usable form.
    pub(in super::super) fn unknown(reference: &str) -> Self {
        let message = format!("cannot follow `{reference}`");
        let help = "correct the reference, or what it leads to, with an overlay".to_owned();
        Self { code: "missing-ref", message, help }
    }

    /// The target is of another kind.
    pub(super) fn wrong_kind(reference: &str, node: Node) -> Self {
        let what = node.description().unwrap_or("object");
        let message = format!("`{reference}` does not lead to a {what}");
        let help = "correct the reference with an overlay".to_owned();
        Self { code: "unsupported-ref", message, help }
    }

    /// The reference leads back to itself.
    pub(super) fn circular(reference: &str) -> Self {
        let message = format!("`{reference}` leads back to itself");
        let help = "correct the references with an overlay".to_owned();
        Self { code: "unsupported-ref", message, help }
    }

    /// The target is in another file that was not given.
    pub(super) fn elsewhere(reference: &str, file: &str) -> Self {
        let is_remote = file.contains("://");
        let reason = if is_remote { "another address" } else { "a file that is not there" };
        let message = format!("cannot follow `{reference}`, which leads to {reason}: `{file}`");
        let help = "bundle the document into one file first, for example with \
                    `npx @redocly/cli bundle DOCUMENT --output bundled.yaml`, and generate from that";
        Self { code: "unsupported-ref", message, help: help.to_owned() }
    }
}
