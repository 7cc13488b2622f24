//! Single changes, each against the items that the compiler says it breaks.

use std::collections::BTreeSet;
use std::fs;

use seam_generator::{Options, Source};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;

/// A change of a document, by the words of `tests/drift.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    name: String,
    old: Side,
    new: Side,
    breaks: BTreeSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Side {
    schemas: Map<String, Value>,
    takes: Option<Value>,
    gives: Option<Value>,
    verb: Option<String>,
    with: Map<String, Value>,
    paths: Map<String, Value>,
    security: Map<String, Value>,
}

fn changes() -> Vec<Change> {
    let path = Repo::default().path("xtask/tests/drift.yaml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// One side of all changes in one document.
fn document<'a>(name: &str, sides: impl Iterator<Item = (&'a str, &'a Side)>) -> Input {
    let (mut schemas, mut paths, mut security) = (Map::new(), Map::new(), Map::new());
    for (change, side) in sides {
        schemas.extend(side.schemas.clone());
        security.extend(side.security.clone());
        paths.extend(side.paths.clone());
        if side.takes.is_some() || side.gives.is_some() || !side.with.is_empty() {
            let verb = side.verb.as_deref().unwrap_or("post");
            paths.insert(format!("/{change}/go"), json!({verb: operation(change, side)}));
        }
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Drift", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": security },
    });
    let document = Source { name: name.to_owned(), text: document.to_string() };
    Input { document, overlay: None, options: Options::default() }
}

fn operation(change: &str, side: &Side) -> Value {
    let content = |schema: &Value| json!({ "application/json": { "schema": schema } });
    let mut operation = side.with.clone();
    operation.insert("tags".to_owned(), json!([change]));
    operation.insert("operationId".to_owned(), json!("go"));
    if let Some(schema) = &side.takes {
        operation.insert("requestBody".to_owned(), json!({ "content": content(schema) }));
    }
    let mut answer = json!({ "description": "OK" });
    if let Some(schema) = &side.gives {
        answer["content"] = content(schema);
    }
    operation.insert("responses".to_owned(), json!({ "200": answer }));
    operation.into()
}

/// The breaks by the change that they are of, which has its name in their paths.
fn breaks(verdict: &Verdict, changes: &[Change]) -> BTreeMap<String, BTreeSet<String>> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let mut breaks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, role) in verdict.broken.keys() {
        let is_of = |change: &&Change| plain(path).contains(&plain(&change.name));
        let change = changes.iter().filter(is_of).max_by_key(|change| change.name.len());
        let name = change.map(|change| change.name.clone()).unwrap_or_default();
        breaks.entry(name).or_default().insert(format!("{role:?} {path}"));
    }
    breaks
}

#[test]
fn each_kind_of_change_breaks_what_it_is_said_to_break() {
    let changes = changes();
    let old = document("old.json", changes.iter().map(|one| (one.name.as_str(), &one.old)));
    let new = document("new.json", changes.iter().map(|one| (one.name.as_str(), &one.new)));
    let verdict = verify(&Repo::default(), &old, new).unwrap();
    let expected = changes.iter().filter(|change| !change.breaks.is_empty());
    let expected: BTreeMap<_, _> =
        expected.map(|change| (change.name.clone(), change.breaks.clone())).collect();
    let found = breaks(&verdict, &changes);
    for name in found.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
        let (f, e) = (found.get(name), expected.get(name));
        if f != e {
            eprintln!("{name}: found {f:#?}, said {e:#?}");
        }
    }
    assert_eq!(found, expected);
}
