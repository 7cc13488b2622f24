//! A document whose texts consist of fragments that could open a code block, or hide the end of one.

use serde_json::{Value, json};

/// Markup that has a meaning at the beginning of a line, and characters that the compiler would reject.
const FRAGMENTS: [&str; 64] = [
    "```",
    "```",
    "```",
    "````",
    "~~~",
    "~~~",
    "~~~~",
    "```rust",
    "~~~rust",
    "``` rust",
    "```json",
    "```text",
    "```edition2024",
    "```{.rust}",
    "```should_panic",
    "```no_run",
    "~~~ `a",
    "> ",
    ">",
    "> ",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "10. ",
    "1234567890. ",
    "* * *",
    "---",
    "===",
    "    ",
    "        ",
    "\t",
    " ",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r",
    "\r\n",
    "`",
    "``",
    "<!--",
    "-->",
    "<pre>",
    "<div>\n",
    "<?",
    "<![CDATA[",
    "[^a]: ",
    "[a]: ",
    "[a](https://x.y/z)",
    "[a\n](https://x)",
    "| a | b |\n|---|---|\n",
    "| ",
    "# ",
    "- [ ] ",
    "\u{202e}",
    "\u{1f}",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "\\",
    "https://x.y ",
    "many words that make a line so long that it is broken somewhere ",
];
/// Code that fails to compile, to detect that a description is compiled.
const CODE: &str = "compile_error!()";

/// A linear congruential generator with the same numbers in every run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    /// A text of random fragments.
    pub(crate) fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(12) {
            text.push_str(FRAGMENTS[self.below(FRAGMENTS.len())]);
            if self.below(3) == 0 {
                text.push_str(CODE);
            }
        }
        text
    }
}

/// A document with `operations` operations, as many schemas, and a security scheme, all with descriptions from `text`.
pub(crate) fn document(operations: usize, text: &mut dyn FnMut() -> String) -> Value {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for index in 0..operations {
        let schema = format!("thing_{index}");
        paths.insert(format!("/things/get_{index}"), operation(&schema, text));
        schemas.insert(schema, object(text));
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": text(), "version": text() },
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "bearerFormat": text(), "description": text() },
            },
        },
    })
}

/// A blank title is an error.
fn not_blank(text: String) -> String {
    if text.trim().is_empty() { "title".to_owned() } else { text }
}

fn operation(schema: &str, text: &mut dyn FnMut() -> String) -> Value {
    let parameter = |name: &str, text: &mut dyn FnMut() -> String| {
        let required = name == "one";
        json!({
            "name": name, "in": "query", "required": required, "description": text(),
            "schema": { "type": "string" },
        })
    };
    json!({ "get": {
        "summary": text(),
        "description": text(),
        "x-title": not_blank(text()),
        "x-deprecated": text(),
        "parameters": [parameter("one", text), parameter("two", text)],
        "responses": {
            "200": { "description": text(), "content": { "application/json": {
                "schema": { "$ref": format!("#/components/schemas/{schema}") },
            } } },
            "400": { "description": text(), "content": { "application/json": {
                "schema": { "type": "object", "description": text(), "properties": { "why": { "type": "string" } } },
            } } },
        },
    } })
}

fn object(text: &mut dyn FnMut() -> String) -> Value {
    let key = text();
    json!({
        "title": text(),
        "description": text(),
        "type": "object",
        "properties": {
            "described": { "type": "string", "description": text() },
            "entitled": { "type": "string", "title": text() },
            "chosen": { "type": "string", "enum": [text(), text()], "x-deprecated": text() },
            "a": { "type": "object", "description": text(), "properties": { key: { "type": "integer" } } },
            "either": { "description": text(), "oneOf": [
                { "type": "string", "description": text() },
                { "type": "array", "items": { "type": "integer" }, "title": text() },
            ] },
        },
    })
}
