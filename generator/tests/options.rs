//! Tests the effect of the options.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use seam_generator::{Options, Source, SourceTree, generate};
use serde_json::{Value, json};

/// A document with undocumented parts: an operation and a property.
fn document() -> Value {
    let thing = json!({ "type": "object", "properties": {
        "shown": { "type": "string" },
        "hidden": { "type": "string", "x-undocumented": "not for you" },
    } });
    let job = json!({
        "x-polling": {
            "operation": "/jobs/{id}", "id": "id", "status": "state", "success": "done", "failure": "failed",
        },
        "type": "object",
        "properties": { "id": { "type": "string" }, "state": { "type": "string" } },
    });
    let answers = json!({ "200": { "description": "OK", "content": {
        "application/json": { "schema": { "$ref": "#/components/schemas/thing" } },
    } } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Options", "version": "1" },
        "paths": {
            "/things/get": { "post": { "tags": ["things"], "operationId": "get", "responses": answers } },
            "/things/hide": { "post": {
                "tags": ["things"], "operationId": "hide", "responses": answers, "x-undocumented": "not for you",
            } },
            "/things/begin": { "post": { "tags": ["things"], "operationId": "begin", "responses": { "200": {
                "description": "OK", "content": { "application/json": { "schema": {
                    "$ref": "#/components/schemas/job",
                } } },
            } } } },
            "/jobs/{id}": { "get": {
                "tags": ["jobs"], "operationId": "get",
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": { "200": { "description": "OK", "content": { "application/json": { "schema": {
                    "$ref": "#/components/schemas/job",
                } } } } },
            } },
            "/others/get": { "post": { "tags": ["others"], "operationId": "get", "responses": { "204": {
                "description": "nothing",
            } } } },
        },
        "components": { "schemas": { "thing": thing, "job": job, "unused": { "type": "object", "properties": {
            "x": { "type": "string" },
        } } } },
    })
}

fn tree(options: Options) -> SourceTree {
    let source = Source { name: "options.json".to_owned(), text: document().to_string() };
    let options = Options { package: "options".to_owned(), strict: true, ..options };
    generate(&source, None, &options).expect("the document is in order").tree
}

fn has_hidden_property(tree: &SourceTree) -> bool {
    tree.get("models/thing.rs").is_some_and(|text| text.contains("pub hidden:"))
}

#[test]
fn what_is_undocumented_is_left_out() {
    let tree = tree(Options::default());
    assert!(tree.get("api/things/get.rs").is_some());
    assert!(tree.get("api/things/hide.rs").is_none());
    assert!(!has_hidden_property(&tree));
}

#[test]
fn what_is_undocumented_comes_if_it_is_asked_for() {
    let tree = tree(Options { undocumented: true, ..Options::default() });
    assert!(tree.get("api/things/hide.rs").is_some());
    assert!(has_hidden_property(&tree));
}

#[test]
fn only_what_is_asked_for_and_what_it_reaches_is_there() {
    let tree = tree(Options { only: vec!["/things/get".to_owned()], ..Options::default() });
    assert!(tree.get("api/things/get.rs").is_some());
    assert!(tree.get("models/thing.rs").is_some());
    assert!(tree.get("api/others.rs").is_none());
    assert!(tree.get("models/unused.rs").is_none());
}

#[test]
fn what_may_not_be_over_reaches_the_operation_by_which_to_look_again() {
    let tree = tree(Options { only: vec!["/things/begin".to_owned()], ..Options::default() });
    assert!(tree.get("api/things/begin.rs").is_some_and(|text| text.contains("pub fn wait(self)")));
    assert!(tree.get("api/jobs/get.rs").is_some_and(|text| text.contains("static POLLING")));
    assert!(tree.get("api/things/get.rs").is_none());
}

#[test]
fn without_a_limit_schemas_that_no_operation_uses_are_there_too() {
    assert!(tree(Options::default()).get("models/unused.rs").is_some());
}

#[test]
fn a_test_of_all_types_that_are_read_gets_a_table_of_them() {
    let plain = tree(Options::default());
    assert!(plain.get("round_trips.rs").is_none());
    let tree = tree(Options { round_trips: Some("../check.rs".to_owned()), ..Options::default() });
    let table = tree.get("round_trips.rs").expect("there is a table");
    for line in [
        "#[path = \"../check.rs\"]\npub(super) mod test;",
        "(\"thing\", round_trip::<models::Thing>)",
        "(\"unused\", round_trip::<models::Unused>)",
        "(&api::things::get::OPERATION, round_trip::<models::Thing>)",
    ] {
        assert!(table.contains(line), "{line} in\n{table}");
    }
    assert!(!table.contains("api::others"), "it answers nothing\n{table}");
    let root = tree.get("mod.rs").expect("there is a root");
    assert!(root.contains("#[cfg(test)]\n#[cfg(feature = \"api\")]\nmod round_trips;"), "{root}");
}

#[test]
fn a_path_that_is_not_there_is_told_with_the_one_that_was_meant() {
    let source = Source { name: "options.json".to_owned(), text: document().to_string() };
    let options = Options { only: vec!["/thing/get".to_owned()], ..Options::default() };
    let diagnostics = generate(&source, None, &options).expect_err("there is no such path");
    assert!(diagnostics.to_string().contains("did you mean `/things/get`?"), "{diagnostics}");
}

#[test]
fn calls_for_a_test_of_the_whole_api_come_if_they_are_asked_for() {
    let plain = tree(Options::default());
    assert!(plain.iter().all(|(path, _)| !path.starts_with("conformance/")));
    let tree = tree(Options { conformance: true, ..Options::default() });
    let root = tree.get("conformance/mod.rs").expect("there is what the test begins with");
    assert!(root.contains("use ::options as client;"), "{root}");
    let things = tree.get("conformance/api/things.rs").expect("there are calls");
    assert!(things.contains("pointer: \"/paths/~1things~1get/post\""), "{things}");
    assert!(!things.contains("hide"), "what has no method has no calls: {things}");
    let module = tree.get("mod.rs").expect("there is a root");
    assert!(!module.contains("conformance"), "the library does not compile them: {module}");
    for (path, text) in plain.iter() {
        assert_eq!(tree.get(path), Some(text), "{path}");
    }
}
