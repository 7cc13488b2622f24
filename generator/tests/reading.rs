//! Tests which texts are accepted, and how deeply they may be nested.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use seam_generator::{Diagnostics, Generated, Options, Source, generate};
use serde_json::{Map, Value, json};

fn source(text: impl Into<String>) -> Source {
    Source { name: "it".to_owned(), text: text.into() }
}

fn run(text: impl Into<String>) -> Result<Generated, Diagnostics> {
    let options = Options { package: "it".to_owned(), ..Options::default() };
    generate(&source(text), None, &options)
}

fn with_schemas(schemas: Map<String, Value>, first: &str) -> String {
    let schema = json!({"$ref": format!("#/components/schemas/{first}")});
    let content = json!({"application/json": {"schema": schema}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Deep", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {"/deep": {"get": {
            "operationId": "get",
            "responses": {"200": {"description": "OK", "content": content}},
        }}},
        "components": {"schemas": schemas},
    });
    document.to_string()
}

/// A document with schemas `L0` to `Ln`, each built from the previous one.
fn chain(length: usize, of: impl Fn(Value) -> Value) -> String {
    let mut schemas = Map::new();
    schemas.insert(
        "L0".to_owned(),
        json!({"type": "object", "properties": {"a": {"type": "string"}}}),
    );
    for index in 1..=length {
        let before = json!({"$ref": format!("#/components/schemas/L{}", index - 1)});
        schemas.insert(format!("L{index}"), of(before));
    }
    with_schemas(schemas, &format!("L{length}"))
}

fn codes(result: Result<Generated, Diagnostics>) -> Vec<&'static str> {
    let said = result.map_or_else(|error| error, |generated| generated.warnings);
    said.iter().map(|one| one.code).collect()
}

const SMALL: &str = "openapi: 3.0.3\ninfo: { title: Small, version: '1' }\nservers: [{ url: \
                     'https://example.com' }]\npaths: {}\n";

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let yaml = run(format!("\u{feff}{SMALL}")).expect("it is YAML");
    let json: Value = serde_yaml::from_str(SMALL).expect("it is YAML");
    let json = run(format!("\u{feff}{json}")).expect("it is JSON");
    assert!(yaml.warnings.is_empty() && json.warnings.is_empty());
}

#[test]
fn whole_numbers_of_more_than_64_bits_are_read_in_yaml_as_in_json() {
    let yaml = format!(
        "{SMALL}components:\n  schemas:\n    thing: {{ type: integer, maximum: 18446744073709552000, \
         minimum: -9223372036854776000 }} # 18446744073709552000\n"
    );
    let generated = run(yaml).expect("it is YAML");
    assert!(generated.warnings.is_empty(), "{}", generated.warnings);
    let read = |text: &str| seam_generator::read(&source(text), None).expect("it can be read");
    let number = "18446744073709552000";
    let yaml = read(&format!("{SMALL}x-it: [{number}, \"{number}\", 1]\n"));
    let mut json = yaml.clone();
    json["x-it"] = serde_json::from_str(&format!("[{number}, \"{number}\", 1]")).expect("JSON");
    assert_eq!(yaml, json);
}

#[test]
fn ten_thousand_references_in_a_row_lead_to_their_end() {
    let generated = run(chain(10_000, |before| before)).expect("it can be generated");
    assert!(generated.warnings.is_empty(), "{}", generated.warnings);
}

#[test]
fn thousands_of_schemas_in_a_row_are_generated() {
    let object = |before| json!({"type": "object", "properties": {"b": before}});
    let generated = run(chain(2_000, object)).expect("it can be generated");
    assert!(generated.warnings.is_empty(), "{}", generated.warnings);
}

#[test]
fn what_goes_too_deep_is_any_json() {
    let all_of = |before| json!({"allOf": [before, {"type": "object", "properties": {"b": {"type": "string"}}}]});
    assert_eq!(codes(run(chain(4_000, all_of))), ["too-deep"]);
    let array = |before| json!({"type": "array", "items": before});
    assert_eq!(codes(run(chain(2_000, array))), ["too-deep"]);
    let ladder = |before: Value| json!({"allOf": [before, {"allOf": [before]}]});
    assert_eq!(codes(run(chain(40, ladder))), ["too-deep"]);
}

#[test]
fn what_is_put_together_twice_is_put_together_once() {
    let twice = |before: Value| json!({"allOf": [before, before]});
    assert_eq!(codes(run(chain(60, twice))), [""; 0]);
}

#[test]
fn a_text_that_nests_too_deep_is_refused() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let json = format!("{{\"openapi\": \"3.0.3\", \"x-it\": {}}}", nested(2_000));
    assert_eq!(codes(run(json)), ["too-deep"]);
    assert_eq!(codes(run(format!("{SMALL}x-it: {}\n", nested(2_000)))), ["too-deep"]);
}

/// The schema `Thing` of a document in which an operation with this body and this response uses it.
fn thing_with(required: &Value, body: Option<&Value>, response: Option<&Value>) -> Value {
    let content = |schema: &Value| json!({"application/json": {"schema": schema}});
    let mut operation = json!({"responses": {"200": {"description": "OK"}}});
    if let Some(body) = body {
        operation["requestBody"] = json!({"content": content(body)});
    }
    if let Some(response) = response {
        operation["responses"]["200"]["content"] = content(response);
    }
    let thing =
        json!({"type": "object", "required": required, "properties": {"a": {"type": "string"}}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": {
            "Thing": thing,
            "Other": {"type": "object", "properties": {"thing": {"$ref": "#/components/schemas/Thing"}}},
        }},
    });
    let read = seam_generator::read(&source(document.to_string()), None).expect("a document");
    read["components"]["schemas"]["Thing"].clone()
}

#[test]
fn a_required_property_that_no_part_describes_has_any_value_where_it_is_only_sent() {
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    let sent = thing_with(&json!(["b", "a", "c"]), Some(&thing), None);
    assert_eq!(sent["required"], json!(["b", "a", "c"]));
    assert_eq!(sent["properties"], json!({"a": {"type": "string"}, "c": {}, "b": {}}));
}

#[test]
fn a_required_property_that_no_part_describes_is_not_expected_in_responses() {
    let thing = json!({"$ref": "#/components/schemas/Thing"});
    let list = json!({"type": "array", "items": {"$ref": "#/components/schemas/Other"}});
    for body in [None, Some(&thing)] {
        let received = thing_with(&json!(["b", "a", "c"]), body, Some(&list));
        assert_eq!(received["required"], json!(["a"]));
        assert_eq!(received["properties"], json!({"a": {"type": "string"}}));
    }
    let received = thing_with(&json!(["b"]), None, Some(&thing));
    assert_eq!(received["required"], Value::Null);
}
