//! Fuzzes the generator with documents: it does not panic, reports what is wrong and where, and does not depend on the order
//! of keys.

#![no_main]

#[path = "../../../generator/tests/fuzzed/holds.rs"]
mod holds;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use seam_fuzz::{Unstructured, below, edit, files, pick, rest, splice, trying};
use seam_generator::{Source, read};
use serde_json::Value;

use crate::holds::More;

/// The fixtures, which are small and cover all features, as text and as JSON.
static FIXTURES: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let is_document = |name: &str| !name.ends_with(".overlay.yaml");
    let texts = files("generator/tests/fixtures", is_document).into_iter();
    let read = |(name, text)| {
        let source = Source { name, text };
        let value = read(&source, None).expect("a fixture is a document");
        (source.text, value)
    };
    texts.map(read).collect()
});

/// Pieces of YAML.
const WORDS: &[&str] = &[
    "\n",
    "  ",
    ": ",
    "- ",
    "&a ",
    "*a",
    "<<: *a",
    "? ",
    "|\n",
    ">-\n",
    "!!str ",
    "!x ",
    "---\n",
    "...\n",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "%YAML 1.2\n",
    "\t",
    "~",
    ".nan",
    ".inf",
    "0x1F",
    "0o7",
    "1e400",
    "\u{feff}",
    "\u{0}",
    "\u{85}",
    "&a [*a,*a,*a]",
    "\r",
    "\\u0000",
    "\\ud800",
    "null: ",
    "200: ",
];

fuzz_target!(|data: &[u8]| {
    let mut recipe = Unstructured::new(data);
    let settings = below(&mut recipe, 4);
    let more = *pick(&mut recipe, &More::ALL);
    let text = match below(&mut recipe, 8) {
        0 => rest(&mut recipe),
        1 | 2 => {
            let mut text = pick(&mut recipe, &FIXTURES).0.clone().into_bytes();
            splice(&mut text, &mut recipe, WORDS);
            text
        }
        _ => {
            let mut document = pick(&mut recipe, &FIXTURES).1.clone();
            edit(&mut document, &mut recipe);
            document.to_string().into_bytes()
        }
    };
    let text = String::from_utf8_lossy(&text).into_owned();
    trying(text.as_bytes());
    let source = Source { name: "fuzzed".to_owned(), text };
    holds::of_document(&source, settings, more);
});
