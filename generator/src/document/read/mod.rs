//! Parses a source text to a JSON value.

mod json;
mod yaml;

use serde_json::Value;

use super::format::{BYTE_ORDER_MARK, Format};
use super::locate::Locator;
use super::pointer::Pointer;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::options::Source;

/// Parses a text as JSON or YAML.
pub(crate) fn read(source: &Source) -> Result<Value, Diagnostics> {
    let text = source.text.as_str();
    let start = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    if start.is_empty() {
        return Err(Diagnostic::error("empty-document", "the document is empty")
            .at(Locator::new(source).place_at(0))
            .help("give the path of an OpenAPI document in JSON or YAML")
            .into());
    }
    if start.starts_with('<') {
        return Err(Diagnostic::error(
            "not-openapi",
            "this is a page of HTML or XML, not an OpenAPI document",
        )
        .at(Locator::new(source).place_at(text.len() - start.len()))
        .help("the address probably led to a login or error page; check it in a browser")
        .into());
    }
    match Format::of(text) {
        Format::Json => json::read(source),
        Format::Yaml => yaml::read(source),
    }
}

/// Removes the position from the end of a parser's message, since the diagnostic has it separately.
fn reason(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

/// The error for a text with deeper nesting than the parsers support.
fn too_deep(place: Place) -> Diagnostic {
    let message = "this nests more than 128 levels deep";
    let help = "describe what is inside as component schemas, and refer to them";
    Diagnostic::error("too-deep", message).at(place).help(help)
}

/// The error for a duplicate key.
fn duplicate_key(at: &Pointer, [first, second]: [Place; 2]) -> Diagnostic {
    let key = at.steps().last().unwrap_or_default();
    let message = format!("the key `{key}` is in this object already, at {first}");
    Diagnostic::error("duplicate-key", message)
        .at(second)
        .pointer(at)
        .help("remove or rename one of the two")
}
