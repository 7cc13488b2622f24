//! Tests of objects that keep the properties which the API does not name.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Policy, object, read};

#[derive(Clone, Debug, PartialEq)]
struct Label {
    name: String,
    others: BTreeMap<String, Option<i64>>,
}

object!(Label {
    0 => name: required("name"),
    ..others
});

#[test]
fn what_has_no_field_is_kept_and_written_back() {
    let text = r#"{"b":2,"name":"x","a":null,"name":"y"}"#;
    let (label, repairs) = read::<Label>(text.as_bytes(), Policy::Strict).unwrap();
    assert!(repairs.is_empty());
    assert_eq!(label.name, "x");
    assert_eq!(label.others, BTreeMap::from([("a".to_owned(), None), ("b".to_owned(), Some(2))]));
    assert_eq!(serde_json::to_value(&label).unwrap(), json!({"name": "x", "a": null, "b": 2}));
}

#[test]
fn what_cannot_be_read_is_repaired_with_its_path() {
    let (label, repairs) = read::<Label>(br#"{"a":"x","b":1}"#, Policy::Open).unwrap();
    assert_eq!(label.others, BTreeMap::from([("b".to_owned(), Some(1))]));
    let paths: Vec<&str> = repairs.iter().map(super::Repair::path).collect();
    assert_eq!(paths, ["a", "name"]);
    let error = read::<Label>(br#"{"a":"#, Policy::Open).unwrap_err();
    assert!(!error.message.is_empty());
}
