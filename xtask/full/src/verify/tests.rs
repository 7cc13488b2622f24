//! Compares single changes of a document with the items that they break according to the compiler.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;

use seam_generator::{Options, Source};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;

/// A change of a document, as in `tests/drift.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    name: String,
    old: Fragment,
    new: Fragment,
    breaks: BTreeSet<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Fragment {
    schemas: Map<String, Value>,
    takes: Option<Value>,
    gives: Option<Value>,
    verb: Option<String>,
    with: Map<String, Value>,
    paths: Map<String, Value>,
    security: Map<String, Value>,
}

fn changes() -> Vec<Change> {
    let path = Repo::of_current_folder().unwrap().path("xtask/full/tests/drift.yaml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Builds one document from the same side of all changes.
fn document<'a>(name: &str, sides: impl Iterator<Item = (&'a str, &'a Fragment)>) -> Side {
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
    Side { name: name.to_owned(), document, overlay: None, options: Options::default() }
}

fn operation(change: &str, side: &Fragment) -> Value {
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

/// The broken items by change. Their paths contain the name of the change.
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

/// The two documents: the old sides of all changes, and the new sides.
fn documents(changes: &[Change]) -> [Side; 2] {
    let old = changes.iter().map(|change| (change.name.as_str(), &change.old));
    let new = changes.iter().map(|change| (change.name.as_str(), &change.new));
    [document("old.json", old), document("new.json", new)]
}

/// Tests must not run in parallel, because the crates share a folder.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[test]
#[ignore = "thorough: compiles a client about ten times"]
fn each_kind_of_change_breaks_what_it_is_said_to_break_and_predicted_to() {
    let _turn = ONE_AT_A_TIME.lock();
    let changes = changes();
    let [old, new] = documents(&changes);
    let verdict = verify(&Repo::of_current_folder().unwrap(), &old, &new).unwrap();
    let found = breaks(&verdict, &changes);
    for change in &changes {
        let found = found.get(&change.name).cloned().unwrap_or_default();
        assert_eq!(found, change.breaks, "{}", change.name);
    }
    assert_eq!(found.get(""), None);
    let (agreed, differences) =
        agreement::differences(&xtask::diff::compare(&old, &new).unwrap(), &verdict);
    assert_eq!((agreed, differences), (verdict.broken.len(), Vec::new()));
}

#[test]
#[ignore = "thorough: compiles a client"]
fn nothing_breaks_where_nothing_changed() {
    let _turn = ONE_AT_A_TIME.lock();
    let [old, _] = documents(&changes());
    let verdict = verify(&Repo::of_current_folder().unwrap(), &old, &old).unwrap();
    assert_eq!((verdict.broken, verdict.rounds), (BTreeMap::new(), 1));
}

#[test]
fn each_role_is_broken_by_some_change() {
    let [old, _] = documents(&changes());
    let items = seam_generator::names(&old.document, None, &old.options).unwrap();
    let roles: BTreeSet<String> =
        items.iter().map(|item| format!("{:?}", item.kind.role())).collect();
    let changes = changes();
    let breaks = changes.iter().flat_map(|change| &change.breaks);
    let broken: BTreeSet<String> =
        breaks.filter_map(|one| one.split(' ').next()).map(str::to_owned).collect();
    assert_eq!(broken, roles);
    assert_eq!(roles.len(), 18);
}
