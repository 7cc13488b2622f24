//! Calls that the document makes impossible, with the reason. `impossible.yaml` is a list of entries with
//!
//! - `operation`: its Rust path,
//! - `calls`: the calls that cannot pass,
//! - `servers`: the servers with which they cannot pass,
//! - `reason`.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use crate::mode::Mode;
use crate::source::IMPOSSIBLE;
use crate::{Case, together};

struct Entry {
    operation: String,
    calls: Vec<String>,
    servers: Vec<Mode>,
    reason: String,
}

static LIST: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(IMPOSSIBLE);
    let text = fs::read_to_string(path).unwrap_or_default();
    let list: Option<Vec<Value>> = serde_yaml::from_str(&text).expect("a list");
    list.unwrap_or_default().iter().map(entry).collect()
});

fn entry(entry: &Value) -> Entry {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let needed =
        |key: &str| text(key).unwrap_or_else(|| panic!("{IMPOSSIBLE} has no {key} in {entry}"));
    let known = ["operation", "calls", "servers", "reason"];
    let keys = entry.as_object().into_iter().flatten();
    let unknown: Vec<&String> =
        keys.map(|(key, _)| key).filter(|key| !known.contains(&key.as_str())).collect();
    assert!(unknown.is_empty(), "{IMPOSSIBLE} has {unknown:?}, which mean nothing there");
    let names = |key: &str| {
        let names = entry.get(key).and_then(Value::as_array).into_iter().flatten();
        let names: Vec<String> = names.filter_map(Value::as_str).map(str::to_owned).collect();
        assert!(!names.is_empty(), "{IMPOSSIBLE} has no {key} in {entry}");
        names
    };
    let mode = |name: String| {
        Mode::named(&name).unwrap_or_else(|| panic!("{IMPOSSIBLE}: {name} is no server"))
    };
    Entry {
        operation: needed("operation"),
        calls: names("calls"),
        servers: names("servers").into_iter().map(mode).collect(),
        reason: needed("reason"),
    }
}

/// The reason why this call cannot pass, if it is listed.
pub(crate) fn reason(operation: &str, call: &str, mode: Mode) -> Option<&'static str> {
    let is_meant = |entry: &&Entry| {
        entry.operation == operation
            && entry.calls.iter().any(|listed| listed == call)
            && entry.servers.contains(&mode)
    };
    LIST.iter().find(is_meant).map(|entry| entry.reason.trim())
}

/// Fails if an entry refers to an operation or a call that does not exist.
pub(crate) fn are_all_known(cases: &[&Case]) -> Result<(), String> {
    let known = |operation: &str, call: &str| {
        let case = cases.iter().find(|case| case.name == operation);
        case.is_some_and(|case| {
            call == together::NAME || case.calls.iter().any(|(known, _)| *known == call)
        })
    };
    let listed = LIST
        .iter()
        .flat_map(|Entry { operation, calls, .. }| calls.iter().map(move |call| (operation, call)));
    let unknown: Vec<String> = listed
        .filter(|(operation, call)| !known(operation, call))
        .map(|(operation, call)| format!("{operation}::{call}"))
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(format!("{IMPOSSIBLE} is about what is not there: {unknown:#?}"))
    }
}
