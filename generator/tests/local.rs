//! A local change of the document is a local change of the output: only the related files change.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use std::collections::{BTreeMap, BTreeSet};

use seam_generator::{Options, Source, generate};
use serde_json::{Value, json};

/// A document with two namespaces and two equal schemas.
fn document() -> Value {
    let object = json!({
        "type": "object",
        "required": ["errors"],
        "properties": {
            "kind": { "type": "string", "enum": ["a", "b"] },
            "errors": { "type": "array", "items": {
                "type": "object",
                "properties": { "message": { "type": "string" } },
            } },
            "warnings": { "type": "array", "items": {
                "type": "object",
                "properties": { "message": { "type": "string" } },
            } },
        },
    });
    let operation = |schema: &str| {
        json!({ "post": {
            "x-response-key": schema,
            "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": {
                "type": "object",
                "properties": { schema: { "$ref": format!("#/components/schemas/{schema}") } },
            } } } } },
        } })
    };
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Local", "version": "1" },
        "paths": { "/cats/get": operation("cat"), "/dogs/get": operation("dog") },
        "components": { "schemas": { "cat": object, "dog": object } },
    })
}

fn files(document: &Value, overlay: Option<&Source>) -> BTreeMap<String, String> {
    let source = Source { name: "local.json".to_owned(), text: document.to_string() };
    let options = Options { package: "local".to_owned(), strict: true, ..Options::default() };
    let generated = generate(&source, overlay, &options).expect("the document is in order");
    generated.tree.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// The files that change if `value` is added at `pointer`.
fn changed(pointer: &str, value: Value) -> BTreeSet<String> {
    let mut document = document();
    let before = files(&document, None);
    put(&mut document, pointer, value);
    differing(&before, &files(&document, None))
}

/// Inserts `value` at `pointer`, which is an entry of an object or the end of an array.
fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("it is below something");
    match document.pointer_mut(parent).expect("its parent is there") {
        Value::Array(elements) => elements.push(value),
        parent => parent[key.replace("~1", "/")] = value,
    }
}

fn differing(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let names = before.keys().chain(after.keys());
    names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const CAT: &str = "/components/schemas/cat/properties";

#[test]
fn a_new_optional_property_changes_the_file_of_its_schema() {
    let property = json!({ "type": "string" });
    assert_eq!(changed(&format!("{CAT}/name"), property), set(&["models/cat.rs"]));
}

#[test]
fn a_new_value_of_an_enum_changes_the_file_of_its_schema() {
    assert_eq!(changed(&format!("{CAT}/kind/enum/-"), json!("c")), set(&["models/cat.rs"]));
}

#[test]
fn a_new_inline_object_changes_the_file_of_its_schema() {
    let object = json!({ "type": "object", "properties": { "deep": { "type": "object", "properties": {
        "x": { "type": "boolean" },
    } } } });
    assert_eq!(changed(&format!("{CAT}/inner"), object), set(&["models/cat.rs"]));
}

#[test]
fn an_inline_object_that_parts_from_its_equal_changes_the_file_of_its_schema() {
    let property = json!({ "type": "integer" });
    let pointer = format!("{CAT}/errors/items/properties/code");
    assert_eq!(changed(&pointer, property), set(&["models/cat.rs"]));
}

#[test]
fn a_new_operation_changes_its_namespace_and_has_a_file_of_its_own() {
    let operation = json!({ "post": {
        "tags": ["cats"],
        "operationId": "feed",
        "responses": { "200": { "description": "OK" } },
    } });
    let changed = changed("/paths/~1cats~1feed", operation);
    assert!(changed.iter().all(|name| name.starts_with("api")), "{changed:?}");
    assert!(!changed.iter().any(|name| name.contains("dogs")), "{changed:?}");
}

#[test]
fn a_new_id_changes_the_list_of_ids_and_the_file_of_its_schema() {
    let id = json!({ "type": "string", "format": "uuid" });
    assert_eq!(changed(&format!("{CAT}/cat_id"), id), set(&["ids.rs", "models/cat.rs"]));
}

/// The same holds for the real document, with all its equal inline types and shared IDs.
#[test]
fn a_local_change_of_the_real_document_is_a_local_change_too() {
    let read = |name| std::fs::read_to_string(format!("../openapi/{name}")).expect("it is there");
    let overlay = Source { name: "overlay.yaml".to_owned(), text: read("overlay.yaml") };
    let document: Value = serde_json::from_str(&read("openapi.json")).expect("it is JSON");
    let before = files(&document, Some(&overlay));
    let credential = "/components/schemas/acs_credential/properties";
    let text = json!({ "type": "string" });
    let operation = json!({ "post": {
        "x-response-key": null,
        "x-fern-sdk-group-name": ["acs", "credentials"],
        "x-fern-sdk-method-name": "frobnicate",
        "responses": { "200": { "description": "OK" } },
    } });
    let changes = [
        (format!("{credential}/nickname"), text.clone(), set(&["models/acs_credential.rs"])),
        (
            format!("{credential}/access_method/enum/-"),
            json!("telepathy"),
            set(&["models/acs_credential.rs"]),
        ),
        (
            format!("{credential}/inner"),
            json!({ "type": "object", "properties": { "deep": text } }),
            set(&["models/acs_credential.rs"]),
        ),
        (
            "/paths/~1acs~1credentials~1frobnicate".to_owned(),
            operation,
            set(&["api/acs/credentials.rs", "api/acs/credentials/frobnicate.rs"]),
        ),
    ];
    for (pointer, value, expected) in changes {
        let mut document = document.clone();
        put(&mut document, &pointer, value);
        assert_eq!(differing(&before, &files(&document, Some(&overlay))), expected, "{pointer}");
    }
}
