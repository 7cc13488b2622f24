//! Where the document is.

use std::fs;
use std::path::Path;

use seam_generator::Source;
use serde_json::Value;

/// The list of what cannot pass, from the folder of the package.
pub(crate) const IMPOSSIBLE: &str = "tests/conformance/impossible.yaml";

/// The document as it was published.
pub(crate) fn published() -> Value {
    seam_generator::read(&file("openapi.json"), None).expect("a document")
}

/// The document that the client was made from.
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
