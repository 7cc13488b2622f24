//! Bodies that are odd as JSON: repeated keys, byte order marks, broken text, deep nesting.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::limits::LEAST;
use super::super::{Slot, View};
use super::{Code, Json, Lock, NOTHING, Policy, Warning, failure, object, open, read, with};

declare!(Tree { 0 => inside: Option<Box<Tree>> = "inside" optional });

#[test]
fn of_a_key_that_comes_twice_the_first_value_counts() {
    let body = r#"{"id":"c1","open":true,"id":"c2","open":7}"#;
    assert_eq!(open::<Code>(body), (Code { id: "c1".into(), open: true }, vec![]));
    let body = r#"{"a":1,"b":2,"a":3,"a":"x"}"#;
    let first = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(open::<BTreeMap<String, i64>>(body), (first, vec![]));
    assert_eq!(open::<Value>(body), (json!({"a": 1, "b": 2}), vec![]));
    let body = r#"{"kind":"new","x":{"a":1,"a":2},"kind":"low","x":0}"#;
    let unknown = Warning::Unrecognized(json!({"kind": "new", "x": {"a": 1}}));
    assert_eq!(open::<Warning>(body), (unknown.clone(), vec![]));
    let body = r#"{"x":{"a":1,"a":2},"x":0,"kind":"new","kind":"low"}"#;
    assert_eq!(open::<Warning>(body), (unknown, vec![]));
    let body = with(&[]).replacen('{', r#"{"codes":[],"labels":{},"warning":null,"#, 1);
    let (lock, repairs) = open::<Lock>(&body);
    assert_eq!(repairs, NOTHING);
    assert!(lock.codes.is_empty() && lock.labels.is_empty() && lock.warning.is_none());
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(open::<i64>("\u{feff} 7"), (7, vec![]));
    failure::<i64>("\u{feff}\u{feff}7", Policy::Open);
    failure::<i64>(" \u{feff}7", Policy::Open);
    failure::<i64>("\u{feff}", Policy::Open);
}

#[test]
fn a_broken_text_says_where_it_breaks() {
    let body = r#"{"codes":[{"id":"c1","open":true},{"id":"c2","open":tru"#;
    let error = failure::<Lock>(body, Policy::Open);
    assert_eq!(error.path, "codes[1].open");
    let error = failure::<Lock>(r#"{"labels":{"a":1,"b":"#, Policy::Open);
    assert_eq!(error.path, "labels.b");
    for body in ["{} x", "[]]", "", "<html>", "{\"id\":\"\u{1}\"}"] {
        failure::<Lock>(body, Policy::Open);
    }
    failure::<Vec<Lock>>("{}", Policy::Open);
}

#[test]
fn bytes_that_are_no_text_can_be_passed_over_and_not_be_read() {
    let body = b"{\"id\":\"c1\",\"open\":true,\"new\":[\"\xff\xe2\x82\"]}";
    assert_eq!(read::<Code>(body, Policy::Open).unwrap().0, Code { id: "c1".into(), open: true });
    for body in [&b"{\"open\":true,\"id\":\"c\xff\"}"[..], b"{\"id\":\"\xff\"}"] {
        let error = read::<Code>(body, Policy::Open).unwrap_err();
        assert!(error.path == "id" && error.message.contains("`id` is missing"), "{error:?}");
    }
    let error = read::<Code>(b"{\"id\":\"\\\xff\"}", Policy::Open).unwrap_err();
    assert!(error.path == "id" && error.message.contains("no UTF-8"), "{error:?}");
    assert!(read::<Code>(b"{\"id\":\"c1\",\xff\"open\":true}", Policy::Open).is_err());
}

#[test]
fn deep_nesting_is_repaired_and_no_crash() {
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    // What is too deep counts as a value of another type.
    let repairs = [
        open::<Tree>(&deep(r#"{"inside":"#, "}")).1,
        open::<Value>(&deep("[", "]")).1,
        open::<Value>(&deep(r#"{"a":"#, "}")).1,
        open::<Warning>(&deep(r#"{"a":"#, "}")).1,
    ];
    for repairs in repairs {
        let [repair] = &repairs[..] else { panic!("{repairs:?}") };
        assert!(repair.ends_with("found a value that is nested too deep"), "{repair}");
    }
    failure::<Tree>(&deep(r#"{"inside":"#, "}"), Policy::Strict);
    failure::<Tree>(&r#"{"inside":"#.repeat(100_000), Policy::Open);
    // What nobody asked for is passed over without going into it.
    let body = format!(r#"{{"id":"c1","open":true,"new":{}}}"#, deep("[", "]"));
    assert_eq!(open::<Code>(&body).1, NOTHING);
}

#[test]
fn a_long_key_is_not_kept_for_each_of_many_repairs() {
    let (key, elements) = ("k".repeat(100_000), "0,".repeat(50_000));
    let body = format!(r#"{{"{key}":[{elements}0]}}"#);
    let error = failure::<BTreeMap<String, Vec<bool>>>(&body, Policy::Open);
    assert!(error.message.contains(&format!("{LEAST} bytes of memory")), "{}", error.message);
}

#[test]
fn what_is_left_out_takes_no_memory() {
    // As many elements as would take more than the limit if all of them were kept.
    let body = format!("[{}]", vec!["{}"; 90_000].join(","));
    let (list, repairs) = open::<Vec<Wide>>(&body);
    assert_eq!((list.len(), repairs.len()), (0, 90_000));
    let kept = body.replace("{}", r#"{"id":"w"}"#);
    let error = failure::<Vec<Wide>>(&kept, Policy::Open);
    assert!(error.message.contains(&format!("{LEAST} bytes of memory")), "{}", error.message);
}

/// A large value, whatever the text is.
#[derive(Clone, Debug, PartialEq)]
struct Large([u64; 200]);

impl Json for Large {
    fn neutral() -> Self {
        Self([0; 200])
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Ignored
    }

    fn view(&self) -> View<'_> {
        View::Null
    }
}

declare!(Wide { 0 => id: String = "id" essential, 1 => large: Large = "large" optional });
