//! The rules of reading and writing, each by itself.

#![allow(unreachable_pub, reason = "what a table declares is public in generated code")]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Body, DateTime, Field, Fields, Json, Policy, ReadError, object, open_enum, read, read_at, union,
};

/// Declares a struct the way that generated code does.
macro_rules! declare {
    ($name:ident { $($index:literal => $field:ident: $type:ty = $key:literal $presence:ident),* $(,)? }) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name { $($field: $type),* }

        object!($name { $($index => $field: $presence($key),)* });
    };
}

mod odd_bodies;

declare!(Lock {
    0 => battery: f64 = "battery" optional,
    1 => codes: Vec<Code> = "codes" required,
    2 => color: Color = "color" required,
    3 => count: i64 = "count" required,
    4 => id: String = "id" essential,
    5 => labels: BTreeMap<String, i64> = "labels" required,
    6 => made_at: DateTime = "made_at" required,
    7 => note: Option<Box<Code>> = "note" optional,
    8 => raw: Value = "raw" optional,
    9 => spare: Option<Code> = "spare" droppable,
    10 => warning: Option<Warning> = "warning" optional,
});

declare!(Code { 0 => id: String = "id" essential, 1 => open: bool = "open" required });
declare!(Low { 0 => level: i64 = "level" required, 1 => name: Option<String> = "name" optional });

#[derive(Clone, Debug, PartialEq)]
enum Color {
    Red,
    Blue,
    Unrecognized(String),
}

open_enum!(Color {
    Red = "red",
    Blue = "blue",
});

#[derive(Clone, Debug, PartialEq)]
enum Warning {
    Low(Low),
    Unrecognized(Value),
}

union!(Warning by value of "kind" {
    "low" => Low: text,
});

/// A lock that conforms to its description.
fn whole() -> Value {
    json!({
        "battery": 0.5,
        "codes": [{"id": "c1", "open": true}, {"id": "c2", "open": false}],
        "color": "red",
        "count": 3,
        "id": "l1",
        "labels": {"floor": 2, "house": -7},
        "made_at": "2026-07-24T06:50:05.714Z",
        "note": {"id": "n1", "open": true},
        "raw": {"any": [1, null, {"b": 2.5, "a": ""}]},
        "spare": {"id": "s1", "open": true},
        "warning": {"kind": "low", "level": 4, "name": "cell"},
    })
}

/// The same with other values for some properties; without those that are named here with nothing.
fn with(changes: &[(&str, Option<Value>)]) -> String {
    let mut lock = whole();
    let entries = lock.as_object_mut().unwrap();
    for (key, value) in changes {
        entries.remove(*key);
        if let Some(value) = value {
            entries.insert((*key).to_owned(), value.clone());
        }
    }
    lock.to_string()
}

pub(super) fn open<T: Json>(body: &str) -> (T, Vec<String>) {
    let (value, repairs) = read(body.as_bytes(), Policy::Open).unwrap();
    (value, repairs.iter().map(ToString::to_string).collect())
}

/// Reads a body in the strict mode.
pub(super) fn strict<T: Json>(body: &str) -> Result<T, ReadError> {
    read(body.as_bytes(), Policy::Strict).map(|(value, _)| value)
}

fn failure<T: Json>(body: &str, policy: Policy) -> ReadError {
    read::<T>(body.as_bytes(), policy).map(|_| ()).unwrap_err()
}

const NOTHING: [&str; 0] = [];

#[test]
fn what_is_as_described_is_read_and_written_back() {
    let (lock, repairs) = open::<Lock>(&whole().to_string());
    assert_eq!(repairs, NOTHING);
    assert_eq!((lock.id.as_str(), lock.count, lock.battery), ("l1", 3, 0.5));
    assert_eq!(lock.codes[1], Code { id: "c2".into(), open: false });
    assert_eq!(lock.note.as_deref().unwrap().id, "n1");
    assert_eq!(lock.labels["house"], -7);
    assert_eq!(lock.warning, Some(Warning::Low(Low { level: 4, name: Some("cell".into()) })));
    assert_eq!(serde_json::to_value(&lock).unwrap(), whole());
    assert_eq!(serde_json::from_value::<Lock>(whole()).unwrap(), lock);
    assert!(read::<Lock>(whole().to_string().as_bytes(), Policy::Strict).is_ok());
}

#[test]
fn an_unknown_property_is_passed_over() {
    let new = json!({"deep": [[{"er": {}}]]});
    let (lock, repairs) = open::<Lock>(&with(&[("aaa", Some(new.clone())), ("zzz", Some(new))]));
    assert_eq!(repairs, NOTHING);
    assert_eq!(serde_json::to_value(&lock).unwrap(), whole());
    let new = json!({"id": "c1", "open": true, "new": 1}).to_string();
    assert!(read::<Code>(new.as_bytes(), Policy::Strict).is_ok());
}

#[test]
fn an_unknown_enum_value_is_kept() {
    let body = with(&[("color", Some(json!("teal")))]);
    let (lock, repairs) = open::<Lock>(&body);
    assert_eq!(repairs, NOTHING);
    assert_eq!(lock.color, Color::Unrecognized("teal".into()));
    assert_eq!(lock.color.to_string(), "teal");
    assert_eq!(Color::from("red"), Color::Red);
    assert_eq!(serde_json::to_value(&lock).unwrap()["color"], "teal");
    let error = failure::<Lock>(&body, Policy::Strict);
    assert_eq!(error.path, "color");
    assert!(error.message.contains("does not know"), "{}", error.message);
}

#[test]
fn the_key_of_a_union_may_stand_anywhere() {
    let expected = Warning::Low(Low { level: 4, name: Some("cell".into()) });
    for body in [
        r#"{"kind":"low","level":4,"name":"cell"}"#,
        r#"{"level":4,"kind":"low","name":"cell"}"#,
        r#"{"new":[1],"level":4,"name":"cell","kind":"low"}"#,
    ] {
        let (warning, repairs) = open::<Warning>(body);
        assert_eq!((warning, repairs), (expected.clone(), vec![]), "{body}");
    }
}

#[test]
fn an_unknown_variant_is_kept_with_all_it_holds() {
    for body in [
        r#"{"kind":"new","level":{"left":[1,null]},"z":2.5}"#,
        r#"{"level":{"left":[1,null]},"z":2.5,"kind":"new"}"#,
    ] {
        let (warning, repairs) = open::<Warning>(body);
        assert_eq!(repairs, NOTHING);
        let json: Value = serde_json::from_str(body).unwrap();
        assert_eq!(warning, Warning::Unrecognized(json.clone()));
        assert_eq!(serde_json::to_value(&warning).unwrap(), json);
        let error = failure::<Warning>(body, Policy::Strict);
        assert!(error.message.contains("does not know"), "{}", error.message);
    }
}

#[test]
fn a_union_without_its_key_is_an_unknown_variant() {
    for warning in [json!({}), json!({"level": 4}), json!({"kind": 7}), json!({"kind": null})] {
        let body = with(&[("warning", Some(warning.clone()))]);
        let (lock, repairs) = open::<Lock>(&body);
        assert_eq!(repairs, NOTHING);
        assert_eq!(lock.warning, Some(Warning::Unrecognized(warning)));
        assert_eq!(failure::<Lock>(&body, Policy::Strict).path, "warning");
    }
}

#[test]
fn repairs_inside_a_union_have_their_path() {
    for warning in [r#"{"kind":"low","level":"4"}"#, r#"{"level":"4","kind":"low"}"#] {
        let warning: Value = serde_json::from_str(warning).unwrap();
        let (lock, repairs) = open::<Lock>(&with(&[("warning", Some(warning))]));
        assert_eq!(repairs, ["warning.level: expected an integer, found a string"]);
        assert_eq!(lock.warning, Some(Warning::Low(Low { level: 0, name: None })));
    }
}

#[test]
fn what_is_optional_may_be_null_or_absent() {
    for value in [None, Some(Value::Null)] {
        let keys = ["note", "warning", "spare", "raw"];
        let changes: Vec<_> = keys.iter().map(|key| (*key, value.clone())).collect();
        let (lock, repairs) = open::<Lock>(&with(&changes));
        assert_eq!(repairs, NOTHING);
        assert_eq!((&lock.note, &lock.warning, &lock.spare), (&None, &None, &None));
        let written = serde_json::to_value(&lock).unwrap();
        assert!(keys.iter().all(|key| *key == "raw" || written.get(key).is_none()), "{written}");
    }
}

#[test]
fn what_is_required_and_missing_or_null_becomes_neutral() {
    let keys = ["codes", "color", "count", "labels", "made_at"];
    for (value, problem) in
        [(None, "required, but missing"), (Some(Value::Null), "required, but null")]
    {
        let changes: Vec<_> = keys.iter().map(|key| (*key, value.clone())).collect();
        let body = with(&changes);
        let (lock, mut repairs) = open::<Lock>(&body);
        repairs.sort();
        assert_eq!(repairs, keys.map(|key| format!("{key}: {problem}")));
        assert!(lock.codes.is_empty() && lock.labels.is_empty());
        assert_eq!((lock.count, lock.made_at), (0, DateTime::default()));
        assert_eq!(lock.color, Color::Unrecognized(String::new()));
        assert_eq!(lock.id, "l1");
        assert_eq!(failure::<Lock>(&body, Policy::Strict).message, problem);
    }
}

#[test]
fn a_value_of_another_type_counts_like_a_missing_one() {
    for (key, value, problem) in [
        ("codes", json!({}), "expected an array, found an object"),
        ("codes", json!("none"), "expected an array, found a string"),
        ("color", json!(1), "expected a string, found a number"),
        ("count", json!(true), "expected an integer, found a boolean"),
        ("count", json!(2.5), "expected an integer, found a number"),
        ("count", json!(u64::MAX), "expected an integer, found an integer out of its range"),
        ("labels", json!([1]), "expected an object, found an array"),
        ("made_at", json!(1_784_875_805), "expected a date-time, found a number"),
        ("note", json!([{}]), "expected an object, found an array"),
        ("warning", json!("low"), "expected an object, found a string"),
        ("spare", json!(false), "expected an object, found a boolean"),
    ] {
        let body = with(&[(key, Some(value))]);
        let (lock, repairs) = open::<Lock>(&body);
        assert_eq!(repairs, [format!("{key}: {problem}")]);
        assert_eq!(lock.id, "l1");
        assert_eq!(lock.note.is_none(), key == "note");
        assert_eq!(lock.warning.is_none(), key == "warning");
        let error = failure::<Lock>(&body, Policy::Strict);
        assert_eq!((error.path.as_str(), error.message.as_str()), (key, problem));
    }
}

#[test]
fn an_element_that_cannot_be_read_is_left_out_and_the_others_are_there() {
    let codes = json!([7, {"id": "c1", "open": true}, null, {"id": "c2"}, "c3"]);
    let labels = json!({"a": "x", "b": 2, "c": null, "d.e": []});
    let body = with(&[("codes", Some(codes)), ("labels", Some(labels))]);
    let (lock, mut repairs) = open::<Lock>(&body);
    repairs.sort();
    assert_eq!(
        repairs,
        [
            "codes[0]: expected an object, found a number",
            "codes[2]: expected an object, found null",
            "codes[3].open: required, but missing",
            "codes[4]: expected an object, found a string",
            "labels.a: expected an integer, found a string",
            "labels.c: expected an integer, found null",
            "labels.d.e: expected an integer, found an array",
        ]
    );
    let ids: Vec<_> = lock.codes.iter().map(|code| code.id.as_str()).collect();
    assert_eq!(ids, ["c1", "c2"]);
    assert_eq!(lock.labels, BTreeMap::from([("b".to_owned(), 2)]));
}

#[test]
fn what_identifies_an_object_is_not_invented() {
    for id in [None, Some(Value::Null), Some(json!(7))] {
        let error = failure::<Lock>(&with(&[("id", id)]), Policy::Open);
        assert_eq!(error.path, "id");
        assert!(error.message.contains("nothing can stand in for it"), "{}", error.message);
    }
    let stored = serde_json::from_value::<Code>(json!({"open": true})).unwrap_err().to_string();
    assert!(stored.starts_with("id: `id` is missing"), "{stored}");
}

#[test]
fn what_the_rest_can_do_without_is_left_out_instead() {
    for key in ["spare", "note"] {
        let body = with(&[(key, Some(json!({"new": 1})))]);
        let (lock, repairs) = open::<Lock>(&body);
        assert!(lock.spare.is_none() || lock.note.is_none());
        let [repair] = &repairs[..] else { panic!("{repairs:?}") };
        assert!(repair.starts_with(&format!("{key}: left out: `id` is missing")), "{repair}");
        assert_eq!(failure::<Lock>(&body, Policy::Strict).path, format!("{key}.id"));
    }
}

#[test]
fn one_property_of_an_envelope_is_read() {
    static KEY: Field = Field::essential("lock");
    let body = json!({"lock": whole(), "ok": true, "pagination": {}}).to_string();
    let (lock, repairs) = read_at::<Lock>(body.as_bytes(), &[&KEY], Policy::Strict).unwrap();
    assert_eq!((lock.id.as_str(), repairs.len()), ("l1", 0));
    let body = json!({"lock": {"id": "l1"}}).to_string();
    let (_, repairs) = read_at::<Lock>(body.as_bytes(), &[&KEY], Policy::Open).unwrap();
    assert!(repairs.iter().all(|repair| repair.path().starts_with("lock.")), "{repairs:?}");
    for body in ["{}", r#"{"ok":true}"#, r#"{"lock":null}"#, r#"{"lock":7}"#] {
        let error = read_at::<Lock>(body.as_bytes(), &[&KEY], Policy::Open).unwrap_err();
        assert_eq!(error.path, "lock", "{body}");
    }
    for body in ["", "[]", "<html>", "null", r#"{"lock":"#] {
        assert!(read_at::<Lock>(body.as_bytes(), &[&KEY], Policy::Open).is_err(), "{body}");
    }
}

#[test]
fn whole_numbers_are_integers_however_they_are_written() {
    for (text, expected) in [("5.0", 5), ("5e0", 5), ("-5.00", -5), ("0", 0), ("-0.0", 0)] {
        assert_eq!(open::<i64>(text), (expected, vec![]), "{text}");
    }
    assert_eq!(open::<f64>("5"), (5.0, vec![]));
    assert_eq!(open::<f64>("18446744073709551615").0, u64::MAX as f64);
    assert_eq!(open::<i64>(&i64::MIN.to_string()).0, i64::MIN);
    failure::<i64>("1e300", Policy::Open);
}

#[test]
fn numbers_are_written_as_the_servers_do() {
    let written = |value: f64| {
        let mut fields = Fields::default();
        fields.add("n", &value);
        serde_json::to_string(&fields).map_err(|error| error.to_string())
    };
    for (value, expected) in [(100.0, "100"), (-3.0, "-3"), (0.25, "0.25"), (1e300, "1e+300")] {
        assert_eq!(written(value).unwrap(), format!("{{\"n\":{expected}}}"));
    }
    assert!(written(f64::NAN).unwrap_err().contains("finite"));
    assert!(written(f64::INFINITY).is_err());
}

#[test]
fn a_body_has_what_is_set_in_the_order_in_which_it_is_added() {
    struct Request {
        name: String,
        limit: Option<i64>,
        cursor: Option<Option<String>>,
        absent: Option<Option<String>>,
    }

    impl Body for Request {
        fn fields<'a>(&'a self, fields: &mut Fields<'a>) {
            fields.add("name", &self.name);
            fields.add_set("limit", &self.limit);
            fields.add_set("cursor", &self.cursor);
            fields.add_set("absent", &self.absent);
        }
    }

    let request =
        Request { name: "a \"b\"".into(), limit: Some(7), cursor: Some(None), absent: None };
    let mut fields = Fields::default();
    request.fields(&mut fields);
    let expected = r#"{"name":"a \"b\"","limit":7,"cursor":null}"#;
    assert_eq!(serde_json::to_string(&fields).unwrap(), expected);
}
