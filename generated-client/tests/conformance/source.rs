//! Locates the document.

use std::fs;
use std::path::Path;

use seam_generator::Source;
use serde_json::Value;

use crate::together::Coverage;

/// The list of impossible calls, relative to the root of the package.
pub(crate) const IMPOSSIBLE: &str = "tests/conformance/impossible.yaml";

/// Every documented parameter and property of this document has to be sent by some call.
pub(crate) const COVERAGE: Coverage = Coverage::Required;

/// The published document.
pub(crate) fn published() -> Value {
    seam_generator::read(&file("openapi.json"), None).expect("a document")
}

/// The document with the overlay, from which the client was generated.
pub(crate) fn corrected() -> Value {
    let overlay = file("overlay.yaml");
    seam_generator::read(&file("openapi.json"), Some(&overlay)).expect("a document")
}

fn file(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source { name: name.to_owned(), text }
}
