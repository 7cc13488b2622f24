//! OpenAPI 3.1 documents and equivalent 3.0 documents give the same client.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use std::collections::BTreeMap;

use seam_generator::{Generated, Options, Source, generate};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A schema in OpenAPI 3.0 (`old`) and 3.1 (`new`).
#[derive(Deserialize)]
struct Pair {
    name: String,
    old: Value,
    new: Value,
    #[serde(default)]
    others: Map<String, Value>,
    /// Whether only the 3.0 document has the other schemas.
    #[serde(default)]
    without_others: bool,
    #[serde(default)]
    warnings: Vec<String>,
}

fn document(version: &str, schema: &Value, others: &Map<String, Value>) -> Value {
    let mut schemas = others.clone();
    schemas.insert("thing".to_owned(), schema.clone());
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/thing"}}});
    json!({
        "openapi": version,
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {"/things": {"post": {
            "operationId": "add",
            "tags": ["things"],
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "OK", "content": content}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn run(document: &Value) -> Generated {
    try_run(document, false).unwrap_or_else(|error| panic!("{error}"))
}

fn try_run(document: &Value, strict: bool) -> Result<Generated, seam_generator::Diagnostics> {
    let text = serde_json::to_string_pretty(document).expect("it can be written");
    let source = Source { name: "it.json".to_owned(), text };
    let options = Options { package: "it".to_owned(), strict, ..Options::default() };
    generate(&source, None, &options)
}

fn files(generated: &Generated) -> BTreeMap<String, String> {
    generated.tree.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn codes(generated: &Generated) -> Vec<String> {
    generated.warnings.iter().map(|one| one.code.to_owned()).collect()
}

#[test]
fn each_construct_of_3_1_gives_what_it_is_in_3_0() {
    let text = include_str!("versions.yaml");
    let pairs: Vec<Pair> = serde_yaml::from_str(text).expect("it can be read");
    let mut differences = String::new();
    for pair in pairs {
        let old = run(&document("3.0.3", &pair.old, &pair.others));
        let others = if pair.without_others { Map::new() } else { pair.others.clone() };
        let new = run(&document("3.1.0", &pair.new, &others));
        let mut expected = codes(&old);
        expected.extend(pair.warnings.clone());
        expected.sort();
        let mut said = codes(&new);
        said.sort();
        if said != expected {
            differences.push_str(&format!("{}: {expected:?}\n{}\n", pair.name, new.warnings));
        }
        let (old, new) = (files(&old), files(&new));
        for (path, text) in &old {
            let now = new.get(path).cloned().unwrap_or_default();
            if *text != now {
                let diff = similar::TextDiff::from_lines(text, &now);
                let diff = diff.unified_diff().header("3.0", "3.1").to_string();
                differences.push_str(&format!("{}: {path}\n{diff}\n", pair.name));
            }
        }
        assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "{}", pair.name);
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn what_is_lost_is_an_error_if_nothing_may_be() {
    let schema = json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]});
    let document = document("3.1.0", &schema, &Map::new());
    let error = try_run(&document, true).expect_err("it cannot be said").to_string();
    assert!(error.contains("error[tuple]"), "{error}");
}

#[test]
fn a_message_names_the_pointer_and_the_line_of_the_source() {
    let schema = json!({
        "type": "object",
        "properties": {"a": {"oneOf": [
            {"type": "null"},
            {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/nothing"}}},
        ]}},
    });
    let document = document("3.1.0", &schema, &Map::new());
    let text = serde_json::to_string_pretty(&document).expect("it can be written");
    let line = text.lines().position(|line| line.contains("nothing")).expect("it is there") + 1;
    let warnings = run(&document).warnings.to_string();
    let pointer = "/components/schemas/thing/properties/a/oneOf/1/properties/b/$ref";
    assert!(warnings.contains(pointer), "{warnings}");
    assert!(warnings.contains(&format!("it.json:{line}:")), "{warnings}");
}

#[test]
fn an_overlay_is_about_the_document_as_it_is_written() {
    let schema = json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}}});
    let text = document("3.1.0", &schema, &Map::new()).to_string();
    let source = Source { name: "it.json".to_owned(), text };
    let overlay = "overlay: 1.0.0\ninfo: { title: It, version: '1' }\nactions:\n- target: \
                   $.components.schemas.thing.properties.a\n  description: It can be several\n  \
                   update: { type: [number] }\n";
    let overlay = Source { name: "overlay.yaml".to_owned(), text: overlay.to_owned() };
    let options = Options { package: "it".to_owned(), ..Options::default() };
    let generated = generate(&source, Some(&overlay), &options).expect("it can be generated");
    let models: String = generated.tree.iter().map(|(_, text)| text).collect();
    assert!(models.contains("Option<Scalar>"), "{models}");
}

#[test]
fn a_document_may_have_nothing_but_webhooks() {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Hooks", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "jsonSchemaDialect": "https://example.com/dialect",
        "webhooks": {"door.opened": {"post": {
            "requestBody": {"content": {"application/json": {"schema": {
                "type": "object", "properties": {"door": {"type": "string"}},
            }}}},
            "responses": {"200": {"description": "OK"}},
        }}},
    });
    let generated = run(&document);
    let models: String = generated.tree.iter().map(|(_, text)| text).collect();
    assert!(models.contains("pub struct DoorOpened"), "{models}");
    assert!(codes(&generated).contains(&"unknown-dialect".to_owned()), "{}", generated.warnings);
}

#[test]
fn path_items_can_stand_among_the_components() {
    let item = json!({"get": {
        "operationId": "list", "tags": ["things"],
        "responses": {"200": {"description": "OK"}},
    }});
    let with = |version: &str, paths: Value, components: Value| {
        json!({
            "openapi": version,
            "info": {"title": "Things", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": paths,
            "components": components,
        })
    };
    let old = run(&with("3.0.3", json!({"/things": item}), json!({})));
    let reference = json!({"/things": {"$ref": "#/components/pathItems/things"}});
    let new = run(&with("3.1.0", reference, json!({"pathItems": {"things": item}})));
    assert_eq!(files(&old), files(&new));
}

#[test]
fn a_document_of_3_2_is_read_and_what_is_new_in_it_is_named() {
    let schema = json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}}});
    let old = document("3.1.0", &schema, &Map::new());
    let mut new = document("3.2.0", &schema, &Map::new());
    assert_eq!(files(&run(&old)), files(&run(&new)));
    new["paths"]["/things"]["query"] = json!({"responses": {"200": {"description": "OK"}}});
    let generated = run(&new);
    assert_eq!(codes(&generated), ["unsupported-3.2"]);
    assert_eq!(files(&run(&old)), files(&generated));
}
