//! Fuzzes the generator with overlays: they correct a document, or are refused with a reason and a place.

#![no_main]
#![allow(dead_code, reason = "the other target uses the rest")]

#[path = "../../../generator/tests/fuzzed/holds.rs"]
mod holds;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use seam_fuzz::{Unstructured, below, edit, files, pick, rest, splice, trying};
use seam_generator::Source;
use serde_json::{Value, json};

/// The overlays of the fixtures, as text.
static OVERLAYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let is_overlay = |name: &str| name.ends_with(".overlay.yaml");
    let folders = ["generator/tests/fixtures", "generator/tests/bad"];
    folders.iter().flat_map(|folder| files(folder, is_overlay)).map(|(_, text)| text).collect()
});

static DOCUMENT: LazyLock<Source> = LazyLock::new(|| Source {
    name: "mended.yaml".to_owned(),
    text: include_str!("../../../generator/tests/fixtures/mended.yaml").to_owned(),
});

/// Pieces of JSONPath.
const WORDS: &[&str] = &[
    "$",
    "@",
    ".",
    "..",
    "*",
    "[",
    "]",
    "?",
    "(",
    ")",
    "'",
    "\"",
    ",",
    ":",
    "==",
    "!=",
    "<",
    ">=",
    "&&",
    "||",
    "!",
    "[*]",
    "..*",
    "[0]",
    "[-1]",
    "[::0]",
    "[9007199254740992]",
    "[1:2:-1]",
    "[?@]",
    "[?@..*]",
    "[?@.type=='object']",
    "length(@)",
    "count(@..*)",
    "match(@.x, '(a*)*b')",
    "search(@, '(')",
    "value($..x)",
    "paths",
    "components",
    "schemas",
    "properties",
    "type",
    "1e400",
    "null",
    "true",
    "\\u0000",
    "$..[?@..[?@..*]]",
];

fuzz_target!(|data: &[u8]| {
    let mut recipe = Unstructured::new(data);
    let text = match below(&mut recipe, 8) {
        0 => rest(&mut recipe),
        1 => {
            let mut text = pick(&mut recipe, &OVERLAYS).clone().into_bytes();
            splice(&mut text, &mut recipe, WORDS);
            text
        }
        _ => overlay(&mut recipe).to_string().into_bytes(),
    };
    trying(&text);
    let text = String::from_utf8_lossy(&text).into_owned();
    holds::of_overlay(&DOCUMENT, &Source { name: "fuzzed".to_owned(), text });
});

/// An overlay with some actions, on targets selected by the recipe.
fn overlay(recipe: &mut Unstructured<'_>) -> Value {
    let mut actions = Vec::new();
    for _ in 0..=below(recipe, 3) {
        let mut target =
            pick(recipe, &["$", "$.paths", "$..*", "$.paths[*]", "$.info"]).as_bytes().to_vec();
        splice(&mut target, recipe, WORDS);
        let mut update = json!({"description": "x", "a": [{"b": null}], "type": "string"});
        edit(&mut update, recipe);
        let target = String::from_utf8_lossy(&target).into_owned();
        actions.push(match below(recipe, 3) {
            0 => json!({"target": target, "description": "why", "remove": true}),
            _ => json!({"target": target, "description": "why", "update": update}),
        });
    }
    let mut overlay =
        json!({"overlay": "1.0.0", "info": {"title": "x", "version": "1"}, "actions": actions});
    if below(recipe, 4) == 0 {
        edit(&mut overlay, recipe);
    }
    overlay
}
