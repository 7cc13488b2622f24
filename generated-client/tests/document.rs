//! The client has exactly the operations, paginated lists and pollable operations that the document describes.

#![allow(clippy::unwrap_used, reason = "a test ends where its helpers fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The paths of the documented operations for which `is_meant` is true.
fn described(is_meant: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("../openapi/openapi.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.map(|(path, item)| (path, &item["post"]));
    let documented = operations.filter(|(_, operation)| operation.get("x-undocumented").is_none());
    documented.filter(|(_, operation)| is_meant(operation)).map(|(path, _)| path.clone()).collect()
}

/// The schema of a body in the document.
fn schema(body: &Value) -> &Value {
    &body["content"]["application/json"]["schema"]
}

fn answer<'a>(operation: &'a Value, key: &str) -> &'a Value {
    &schema(&operation["responses"]["200"])["properties"][key]
}

/// The paths of the generated operations.
fn sent() -> BTreeSet<String> {
    written("crate::macros::request!(")
}

/// The paths of the generated operations whose request has this method.
fn generated(method: &str) -> BTreeSet<String> {
    written(&format!("pubfn{method}(self"))
}

/// The paths of the generated operations whose module contains this code, ignoring white space.
fn written(code: &str) -> BTreeSet<String> {
    // A method may span several lines.
    let has = |text: String| text.replace(char::is_whitespace, "").contains(code);
    let api = root().join("src/generated/api");
    let mut folders = vec![api.clone()];
    let mut paths = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if has(fs::read_to_string(&path).unwrap()) {
                let path = path.with_extension("");
                let path = path.strip_prefix(&api).unwrap().to_str().unwrap().replace('\\', "/");
                paths.insert(format!("/{path}"));
            }
        }
    }
    paths
}

#[test]
fn exactly_the_documented_operations_are_methods() {
    let documented = described(|_| true);
    assert!(documented.contains("/acs/credentials/assign"), "{documented:?}");
    assert_eq!(sent(), documented);
}

#[test]
fn exactly_the_documented_operations_are_called_by_the_test_of_all() {
    let mut folders = vec![root().join("src/generated/conformance")];
    let mut called = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for case in text.split("pointer: \"/paths/").skip(1) {
                let (path, _) = case.split_once('/').unwrap();
                assert!(case.contains("\"required\""), "{path} is never called");
                called.insert(path.replace("~1", "/"));
            }
        }
    }
    assert_eq!(called, described(|_| true));
}

#[test]
fn exactly_the_operations_that_take_a_cursor_and_answer_another_have_pages() {
    let paginate = described(|operation| {
        let takes = schema(&operation["requestBody"]).to_string().contains("\"page_cursor\":");
        takes && answer(operation, "pagination").is_object()
    });
    assert!(paginate.contains("/devices/list"), "{paginate:?}");
    assert_eq!(generated("pages"), paginate);
    assert_eq!(generated("items"), paginate);
}

#[test]
fn exactly_the_operations_that_answer_an_action_attempt_can_be_waited_for() {
    let reference = "#/components/schemas/action_attempt";
    let wait = described(|operation| {
        operation["x-response-key"] == "action_attempt"
            && answer(operation, "action_attempt")["$ref"] == reference
    });
    assert!(wait.contains("/locks/lock_door"), "{wait:?}");
    assert_eq!(generated("wait"), wait);
}
