//! Combines the changes in `changes.yaml` into two documents.

use serde_json::{Map, Value, json};

/// A change with its expected findings.
pub(crate) struct Change {
    /// The change in words.
    pub(crate) name: String,
    /// The path of its operation in both documents.
    pub(crate) path: String,
    /// The outcome and kind of each expected finding, the worst first; `None` if there is no operation.
    pub(crate) found: Option<Vec<String>>,
    parts: Value,
}

/// All changes, in the order of the file.
pub(crate) fn changes() -> Vec<Change> {
    let text = include_str!("changes.yaml");
    let all: Vec<Value> = serde_yaml::from_str(text).expect("the file is a list of changes");
    let change = |parts: Value| {
        let name = parts["change"].as_str().expect("a change has a name").to_owned();
        let found = parts["found"].as_array();
        let texts = |found: &Vec<Value>| {
            found.iter().map(|one| one.as_str().expect("a finding is a text").to_owned()).collect()
        };
        Change {
            path: format!("/{}", name.replace(' ', "_")),
            found: found.map(texts),
            name,
            parts,
        }
    };
    all.into_iter().map(change).collect()
}

/// The document before (0) and after (1) these changes.
pub(crate) fn document(changes: &[Change], index: usize) -> Value {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for Change { path, parts, .. } in changes {
        let item = match &parts["answer"] {
            Value::Null => parts["operation"][index].clone(),
            answer => answering(&answer[index]),
        };
        if !item.is_null() {
            paths.insert(path.clone(), item);
        }
        for (name, versions) in parts["schemas"].as_object().into_iter().flatten() {
            if !versions[index].is_null() {
                schemas.insert(name.clone(), versions[index].clone());
            }
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Changes", "version": index.to_string()},
        "servers": [{"url": "https://example.com"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "key": {"type": "apiKey", "in": "header", "name": "x-key"},
        }},
    })
}

/// An operation whose response has this schema under `thing`.
fn answering(schema: &Value) -> Value {
    let body = json!({"type": "object", "properties": {"thing": schema}, "required": ["thing"]});
    let content = json!({"application/json": {"schema": body}});
    json!({"post": {
        "x-response-key": "thing",
        "responses": {"200": {"description": "OK", "content": content}},
    }})
}
