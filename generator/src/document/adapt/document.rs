//! OpenAPI 3.1 and 3.2 features outside of schemas.

use serde_json::{Map, Value};

use super::super::grammar::Node;
use super::super::pointer::Pointer;
use super::super::version::Version;
use super::Adapter;

/// The JSON Schema dialects whose meaning this module implements.
const DIALECTS: [&str; 2] =
    ["https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3."];

/// Advice for features that are new in OpenAPI 3.2.
const NOT_YET: &str = "describe it as in OpenAPI 3.1 with an overlay, or leave it out there";

impl Adapter {
    /// Adds what OpenAPI 3.0 requires in an object, and remarks on features that it does not have.
    pub(super) fn complete(&mut self, node: Node, object: &mut Map<String, Value>, at: &Pointer) {
        match node {
            Node::Document => self.complete_document(object, at),
            Node::Operation if !object.contains_key("$ref") => {
                object.entry("responses").or_insert_with(|| Value::Object(Map::new()));
            }
            Node::Response if !object.contains_key("$ref") => {
                object.entry("description").or_insert_with(|| "".into());
            }
            _ => {}
        }
        if self.version >= Version::V3_2 {
            self.new_in_3_2(node, object, at);
        }
    }

    fn complete_document(&mut self, object: &mut Map<String, Value>, at: &Pointer) {
        object.entry("paths").or_insert_with(|| Value::Object(Map::new()));
        if let Some(dialect) = object.get("jsonSchemaDialect").and_then(Value::as_str)
            && !DIALECTS.iter().any(|known| dialect.starts_with(known))
        {
            let message = format!("schemas are read as JSON Schema 2020-12, not as `{dialect}`");
            let help = "check that the schemas mean the same in JSON Schema 2020-12";
            let at = at.child("jsonSchemaDialect");
            self.remark(&at, "unknown-dialect", message, None, help);
        }
    }

    fn new_in_3_2(&mut self, node: Node, object: &Map<String, Value>, at: &Pointer) {
        let mut say = |key: &str, what: &str, instead: &'static str| {
            let message = format!("{what} is new in OpenAPI 3.2 and not supported");
            self.remark(&at.child(key), "unsupported-3.2", message, Some(instead), NOT_YET);
        };
        let has = |key: &str| object.contains_key(key);
        match node {
            Node::Document if has("$self") => {
                say("$self", "`$self`", "so references are relative to the file");
            }
            Node::PathItem => {
                if has("query") {
                    say("query", "the method QUERY", "so the operation is left out");
                }
                let others = object.get("additionalOperations").and_then(Value::as_object);
                for (method, _) in others.into_iter().flatten() {
                    let key = "additionalOperations";
                    say(key, &format!("the method `{method}`"), "so the operation is left out");
                }
            }
            Node::Parameter if object.get("in").is_some_and(|place| place == "querystring") => {
                say("in", "a parameter that is the whole query", "so the operation is left out");
            }
            Node::MediaType => {
                if has("itemSchema") {
                    say("itemSchema", "`itemSchema`", "so the body is read as a whole");
                }
                for key in ["prefixEncoding", "itemEncoding"].into_iter().filter(|key| has(key)) {
                    say(key, &format!("`{key}`"), "so it is ignored");
                }
            }
            Node::Components if has("mediaTypes") => {
                say("mediaTypes", "`mediaTypes`", "so only what refers to them has them");
            }
            _ => {}
        }
    }
}
