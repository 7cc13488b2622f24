//! Tests that one broken part of a body does not take the others with it.

#![allow(unreachable_pub, reason = "what a table declares is public in generated code")]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Field, Policy, Repair, object, read, read_at, union};

#[derive(Clone, Debug, Default, PartialEq)]
struct Door {
    errors: Vec<Fault>,
    id: String,
    labels: BTreeMap<String, String>,
    level: Option<f64>,
    name: Option<String>,
    owner: Option<Owner>,
    raw: Value,
}

object!(Door {
    0 => errors: optional("errors"),
    1 => id: essential("id"),
    2 => labels: optional("labels"),
    3 => level: optional("level"),
    4 => name: optional("name"),
    5 => owner: optional("owner"),
    6 => raw: optional("raw"),
});

#[derive(Clone, Debug, PartialEq)]
struct Owner {
    id: String,
}

object!(Owner { 0 => id: essential("id"), });

#[derive(Clone, Debug, PartialEq)]
struct Jammed {
    details: Value,
    doors: Vec<Owner>,
}

object!(Jammed { 0 => details: optional("details"), 1 => doors: optional("doors"), });

#[derive(Clone, Debug, PartialEq)]
enum Fault {
    Jammed(Jammed),
    Unrecognized(Value),
}

union!(Fault by value of "code" { "jammed" => Jammed: text, });

static DOORS: Field = Field::essential("doors");
static DOOR: Field = Field::optional("door");

/// Reads 500 doors of which one is this, and two labels.
fn among_others(odd: &[u8], policy: Policy) -> Result<(Vec<Door>, Vec<Repair>), String> {
    let mut body = br#"{"doors":["#.to_vec();
    for index in 0..500 {
        match index {
            250 => body.extend_from_slice(odd),
            _ => body.extend(format!(r#"{{"id":"d{index}","errors":[]}}"#).into_bytes()),
        }
        body.push(b',');
    }
    body.pop();
    body.extend_from_slice(b"],\"ok\":true}");
    read_at(&body, &[&DOORS], policy).map_err(|error| format!("{}: {}", error.path, error.message))
}

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn an_element_without_its_identity_is_left_out_with_its_json() {
    for odd in [
        "{}",
        r#"{"id":null,"name":"x"}"#,
        r#"{"id":7}"#,
        r#"{"id":"\ud800"}"#,
        r#"{ "id" : [ "a\"]" ] , "errors": [{"code":"jammed"}] }"#,
        "null",
        "5",
        r#""door""#,
        "[[]]",
        "1e400",
        r#""\udc00""#,
    ] {
        let (doors, repairs) = among_others(odd.as_bytes(), Policy::Open).unwrap();
        assert_eq!(doors.len(), 499, "{odd}");
        assert!(doors.iter().all(|door| door.id.starts_with('d')), "{odd}");
        let [repair] = &repairs[..] else { panic!("{odd}: {repairs:?}") };
        assert_eq!((repair.path(), repair.left_out()), ("doors[250]", Some(odd)));
        assert!(!format!("{repair} {repair:?}").contains("\"x\""), "{repair:?}");
        assert!(among_others(odd.as_bytes(), Policy::Strict).is_err(), "{odd}");
    }
}

#[test]
fn what_cannot_be_represented_is_repaired_where_it_stands() {
    let deep = format!(r#"{{"id":"d","raw":{}}}"#, nested(100_000));
    let deep_variant = format!(r#"{{"id":"d","errors":[{{"code":"new","x":{}}}]}}"#, nested(200));
    let deep_late = format!(r#"{{"errors":[{{"x":{},"code":"new"}}],"id":"d"}}"#, nested(200));
    for (odd, path) in [
        (&br#"{"id":"d","name":"\ud800"}"#[..], "name"),
        (br#"{"id":"d","name":"\ud800\u0041"}"#, "name"),
        (br#"{"name":"\udc00x","id":"d"}"#, "name"),
        (b"{\"id\":\"d\",\"name\":\"\xff\"}", "name"),
        (b"{\"id\":\"d\",\"name\":\"\xed\xa0\x80\"}", "name"),
        (br#"{"id":"d","level":1e400}"#, "level"),
        (br#"{"id":"d","level":-1e999999}"#, "level"),
        (br#"{"id":"d","raw":{"a":[0,"\ud800"]}}"#, "raw.a[1]"),
        (br#"{"id":"d","raw":["x",{"\ud800":1}]}"#, r"raw[1].\ud800"),
        (br#"{"id":"d","labels":{"a":"b","c":"\ud800"}}"#, "labels.c"),
        (br#"{"id":"d","labels":{"\ud800":"b"}}"#, r"labels.\ud800"),
        (br#"{"id":"d","errors":[{"code":"jammed","details":1e400}]}"#, "errors[0].details"),
        (br#"{"id":"d","errors":[{"details":1e400,"code":"jammed"}]}"#, "errors[0].details"),
        (br#"{"id":"d","errors":[{"x":1e400,"code":"new"}]}"#, "errors[0].x"),
        (br#"{"id":"d","errors":[{"code":"\ud800"}]}"#, "errors[0].code"),
        (deep.as_bytes(), "raw"),
        (deep_variant.as_bytes(), "errors[0].x"),
        (deep_late.as_bytes(), "errors[0].x"),
    ] {
        let case = String::from_utf8_lossy(&odd[..odd.len().min(60)]);
        let (doors, repairs) = among_others(odd, Policy::Open).unwrap();
        assert_eq!((doors.len(), doors[250].id.as_str()), (500, "d"), "{case}");
        let [repair] = &repairs[..] else { panic!("{case}: {repairs:?}") };
        assert!(repair.path().starts_with(&format!("doors[250].{path}")), "{case}: {repair}");
        assert!(among_others(odd, Policy::Strict).is_err(), "{case}");
        // What was read is written and read without another repair.
        let written = json!({"doors": doors}).to_string();
        let again = read_at::<Vec<Door>>(written.as_bytes(), &[&DOORS], Policy::Open).unwrap();
        assert_eq!(again, (doors, Vec::new()), "{case}");
    }
}

#[test]
fn keys_and_values_that_nobody_asked_for_are_passed_over() {
    let deep = nested(100_000);
    for odd in [
        r#"{"id":"d","new":"\ud800","level":1}"#.to_owned(),
        r#"{"id":"d","\ud800":1e400,"level":1}"#.to_owned(),
        format!(r#"{{"\ud800":1,"id":"d","new":{deep},"level":1}}"#),
    ] {
        let (doors, repairs) = among_others(odd.as_bytes(), Policy::Strict).unwrap();
        assert_eq!((doors[250].level, repairs.len()), (Some(1.0), 0));
    }
}

#[test]
fn an_entry_of_a_union_without_its_key_is_kept_as_unknown() {
    for fault in [json!({}), json!({"code": null, "details": 1}), json!({"code": ["jammed"]})] {
        let odd = json!({"id": "d", "errors": [fault, {"code": "jammed"}]}).to_string();
        let (doors, repairs) = among_others(odd.as_bytes(), Policy::Open).unwrap();
        assert_eq!((doors.len(), repairs.len()), (500, 0), "{odd}");
        assert_eq!(doors[250].errors[0], Fault::Unrecognized(fault));
        assert!(matches!(doors[250].errors[1], Fault::Jammed(_)));
        assert!(among_others(odd.as_bytes(), Policy::Strict).is_err(), "{odd}");
    }
}

#[test]
fn what_is_left_out_inside_of_an_element_does_not_take_the_element_with_it() {
    for (odd, path, left_out) in [
        (r#"{"id":"d","owner":{"name":"x"}}"#, "owner", r#"{"name":"x"}"#),
        (
            r#"{"id":"d","errors":[{"code":"jammed","doors":[{"id":"a"},{"b":1}]}]}"#,
            "errors[0].doors[1]",
            r#"{"b":1}"#,
        ),
        (
            r#"{"id":"d","errors":[{"doors":[{"b" : 1}],"code":"jammed"}],"level":1e400}"#,
            "errors[0].doors[0]",
            r#"{"b" : 1}"#,
        ),
        (r#"{"id":"d","labels":{"a.b":[7],"c":""}}"#, "labels.a.b", "[7]"),
    ] {
        let (doors, repairs) = among_others(odd.as_bytes(), Policy::Open).unwrap();
        assert_eq!((doors.len(), doors[250].id.as_str()), (500, "d"), "{odd}");
        let repair = &repairs[0];
        assert_eq!(
            (repair.path(), repair.left_out()),
            (&*format!("doors[250].{path}"), Some(left_out))
        );
    }
}

#[test]
fn the_object_that_a_body_is_about_fails_without_its_identity() {
    for body in [r#"{"door":{"name":"x"}}"#, r#"{"door":{"id":"\ud800"}}"#] {
        let error = read_at::<Option<Door>>(body.as_bytes(), &[&DOOR], Policy::Open).unwrap_err();
        assert_eq!(error.path, "door.id", "{body}");
    }
    assert_eq!(read::<Door>(br#"{"name":"x"}"#, Policy::Open).unwrap_err().path, "id");
}

#[test]
fn what_is_no_json_stays_an_error() {
    for odd in [
        &br#"{"id":"d","name":"\ud800"#[..],
        br#"{"id":"d","name":"\ud8"}"#,
        br#"{"id":"d","level":1e}"#,
        br#"{"id":"d","level":+1}"#,
        br#"{"id":"d","level":NaN}"#,
        br#"{"id":"d",}"#,
        b"{\"id\":\"d\",\xff:1}",
        b"{\"id\":\"d\",\"name\":\"\x01\"}",
        b"[1e400",
    ] {
        assert!(among_others(odd, Policy::Open).is_err(), "{}", String::from_utf8_lossy(odd));
    }
}
