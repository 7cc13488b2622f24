//! Detects the OpenAPI version of a document.

use serde_json::Value;

use super::locate::Locator;
use super::pointer::Pointer;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::options::Source;

/// A supported version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

/// The version that `root` declares, or an error if it is not supported.
pub(super) fn version_of(source: &Source, root: &Value) -> Result<Version, Diagnostics> {
    let at = |key: &str| Locator::new(source).locate(&Pointer::root().child(key));
    if let Some(version) = root.get("swagger") {
        let message = format!("this is Swagger {}, not OpenAPI 3.0 or later", plain(version));
        return Err(Diagnostic::error("unsupported-version", message)
            .at(at("swagger"))
            .help(
                "convert the document to OpenAPI 3.0 first, for example with `npx swagger2openapi`",
            )
            .into());
    }
    let Some(version) = root.get("openapi") else {
        return Err(Diagnostic::error(
            "not-openapi",
            "this is not an OpenAPI document: it has no `openapi` version",
        )
        .at(Locator::new(source).place_at(0))
        .help("an OpenAPI document is an object that begins with `openapi: 3.0.x` or `openapi: 3.1.x`")
        .into());
    };
    let written = plain(version);
    let is = |minor: &str| {
        let rest = written.strip_prefix(minor);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    };
    let known = [("3.0", Version::V3_0), ("3.1", Version::V3_1), ("3.2", Version::V3_2)];
    let found = known.into_iter().find(|(minor, _)| is(minor)).map(|(_, version)| version);
    found.ok_or_else(|| {
        let message = format!("this is OpenAPI {written}; 3.0, 3.1 and 3.2 can be read");
        Diagnostic::error("unsupported-version", message)
            .at(at("openapi"))
            .help("publish the document as OpenAPI 3.0 or 3.1, or convert it")
            .into()
    })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
