//! Samples of schemas: each has the expected samples, which together show every alternative.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use seam_generator::samples::{Sampler, Undocumented};
use serde_json::{Value, json};

/// Samples of the component schema `thing`.
fn samples(schemas: Value) -> Vec<Value> {
    let document = json!({"components": {"schemas": schemas}});
    Sampler::new(&document, Undocumented::Excluded).samples("/components/schemas/thing")
}

fn of(schema: Value) -> Vec<Value> {
    samples(json!({"thing": schema}))
}

#[test]
fn properties_show_their_alternatives_side_by_side() {
    let thing = json!({
        "type": "object",
        "properties": {
            "size": {"type": "string", "enum": ["s", "m", "l"]},
            "is_on": {"type": "boolean"},
            "note": {"type": "string", "nullable": true},
        },
        "required": ["size", "note"],
    });
    assert_eq!(
        of(thing),
        [
            json!({"size": "s", "is_on": true, "note": "note"}),
            json!({"size": "m", "is_on": false, "note": null}),
            json!({"size": "l", "note": null}),
            json!({"size": "s", "note": null}),
        ]
    );
}

#[test]
fn lists_are_shown_with_one_element_with_two_and_with_none() {
    let list = json!({"type": "array", "items": {"enum": ["a", "b", "c", "d"]}});
    assert_eq!(of(list), [json!(["a"]), json!(["b", "c"]), json!(["d"]), json!([])]);
    assert_eq!(
        of(json!({"type": "array", "items": {"enum": ["a"]}})),
        [json!(["a"]), json!(["a", "a"]), json!([])]
    );
    let bounded = json!({"type": "array", "items": {"enum": ["a"]}, "minItems": 2, "maxItems": 2});
    assert_eq!(of(bounded), [json!(["a", "a"])]);
}

#[test]
fn maps_and_open_objects_have_an_entry_and_none() {
    let map = json!({"type": "object", "additionalProperties": {"type": "boolean"}});
    let entry = |value: bool| json!({"another_property": value});
    assert_eq!(of(map), [entry(true), entry(false), json!({})]);
    let open = json!({"properties": {"a": {"enum": [1]}}, "additionalProperties": {"enum": [2]}});
    assert_eq!(of(open), [json!({"a": 1, "another_property": 2}), json!({})]);
    let closed = json!({"properties": {"a": {"enum": [1]}}, "additionalProperties": false});
    assert_eq!(of(closed), [json!({"a": 1}), json!({})]);
}

#[test]
fn each_variant_of_a_union_is_shown_with_its_tag() {
    let variant = |key: &str| json!({"type": "object", "properties": {key: {"type": "integer"}}});
    let shown = samples(json!({
        "thing": {
            "oneOf": [{"$ref": "#/components/schemas/a"}, {"$ref": "#/components/schemas/b"}],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"bee": "#/components/schemas/b", "beetle": "b"},
            },
        },
        "a": variant("size"),
        "b": variant("wings"),
    }));
    let mut kinds: Vec<&str> = shown.iter().filter_map(|sample| sample["kind"].as_str()).collect();
    assert_eq!(kinds.len(), shown.len(), "{shown:?}");
    kinds.dedup();
    assert_eq!(kinds, ["a", "bee", "beetle"]);
}

#[test]
fn what_is_put_together_has_everything_of_its_parts() {
    let shown = samples(json!({
        "thing": {
            "allOf": [
                {"$ref": "#/components/schemas/base"},
                {"properties": {"b": {"enum": ["2"]}}, "required": ["b"]},
                {"oneOf": [
                    {"properties": {"kind": {"enum": ["x"]}, "x": {"enum": [1]}}},
                    {"properties": {"kind": {"enum": ["y"]}, "y": {"enum": [2]}}, "required": ["y"]},
                ]},
            ],
        },
        "base": {"type": "object", "properties": {"a": {"enum": ["1"]}}, "required": ["a"]},
    }));
    assert_eq!(
        shown,
        [
            json!({"a": "1", "b": "2", "kind": "x", "x": 1}),
            json!({"a": "1", "b": "2"}),
            json!({"a": "1", "b": "2", "kind": "y", "y": 2}),
            json!({"a": "1", "b": "2", "y": 2}),
        ]
    );
}

#[test]
fn what_holds_its_own_kind_ends_and_what_has_to_hold_it_has_no_sample() {
    let tree = |required: &[&str]| {
        samples(json!({"thing": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "parent": {"$ref": "#/components/schemas/thing"},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/thing"}},
            },
            "required": required,
        }}))
    };
    let [fullest, .., smallest] = &tree(&["name", "children"])[..] else { panic!("no samples") };
    assert_eq!(*smallest, json!({"name": "name", "children": []}));
    assert!(fullest.pointer("/parent/children/0/name").is_some(), "{fullest}");
    assert!(tree(&["parent"]).is_empty());
    // A part of `allOf` that refers to the schema itself is ignored.
    let whole = json!({"enum": [1], "allOf": [{"$ref": "#/components/schemas/thing"}]});
    assert_eq!(of(whole), [json!(1)]);
    assert!(samples(json!({"thing": {"$ref": "#/components/schemas/nothing"}})).is_empty());
}

#[test]
fn texts_and_numbers_are_what_the_schema_says() {
    let text = |schema: Value| of(schema)[0].as_str().expect("a text").to_owned();
    for (format, end) in
        [("email", "@example.com"), ("uri", "https://example.com/thing"), ("date-time", "Z")]
    {
        let text = text(json!({"type": "string", "format": format}));
        assert!(text.ends_with(end), "{text}");
    }
    assert_eq!(text(json!({"type": "string", "format": "uuid"})).len(), 36);
    assert_eq!(text(json!({"type": "string", "minLength": 7})), "thing__");
    assert_eq!(text(json!({"type": "string", "maxLength": 2})), "th");
    let pattern = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$";
    assert_eq!(text(json!({"type": "string", "pattern": pattern})), "00:00:00");
    assert_eq!(text(json!({"type": "string", "pattern": r"^\d+$", "minLength": 4})), "0000");
    // An unsupported pattern is ignored.
    assert_eq!(text(json!({"type": "string", "pattern": "^a(?<!x)b"})), "thing");
    assert_eq!(text(json!({"type": "string", "pattern": "^(?!x)ab"})), "ab");

    let bounded = json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true, "maximum": 4});
    assert_eq!(of(bounded), [json!(4)]);
    let numbers = of(json!({"type": "number", "minimum": 0, "maximum": 1}));
    assert!(numbers.contains(&json!(0.5)), "{numbers:?}");
    let numbers = of(json!({"type": "integer", "multipleOf": 5}));
    assert_eq!(numbers[0].as_i64().map(|number| number % 5), Some(0));
}

#[test]
fn what_nobody_could_hold_is_not_made() {
    let many = u64::MAX;
    assert!(of(json!({"type": "array", "items": {"type": "string"}, "minItems": many})).is_empty());
    let thing = json!({
        "properties": {"list": {"type": "array", "items": {}, "minItems": many}},
        "required": ["list"],
    });
    assert!(of(thing).is_empty());
    for long in [json!({"minLength": many}), json!({"pattern": "(((a{999}){999}){999}){999}"})] {
        assert!(of(long.clone()).iter().all(|sample| sample.to_string().len() < 20_000), "{long}");
    }
    let bounds = json!({"type": "integer", "minimum": 1e300, "maximum": -1e300, "multipleOf": 7});
    assert_eq!(of(bounds).len(), 1);
}

#[test]
fn what_is_not_documented_is_left_out_unless_asked_for() {
    let document = json!({"components": {"schemas": {"thing": {
        "properties": {"a": {"enum": [1]}, "b": {"enum": [2], "x-undocumented": "internal"}},
        "required": ["a", "b"],
    }}}});
    let samples =
        |undocumented| Sampler::new(&document, undocumented).samples("/components/schemas/thing");
    assert_eq!(samples(Undocumented::Excluded), [json!({"a": 1})]);
    assert_eq!(samples(Undocumented::Included), [json!({"a": 1, "b": 2})]);
}

#[test]
fn operations_answer_what_their_first_success_describes() {
    let json = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
    let document = json!({"paths": {"/a/{b}": {
        "parameters": [],
        "get": {"responses": {"default": json(json!({})), "201": {"$ref": "#/components/responses/made"}}},
        "put": {"responses": {"200": {"description": "done"}, "202": json(json!({}))}},
        "post": {"x-undocumented": "internal", "responses": {}},
        "delete": {"responses": {"204": {"description": "gone"}}},
        "patch": {"responses": {"2XX": {"content": {"*/*": {"schema": {"enum": ["any"]}}, "text/csv": {}}}}},
    }}, "components": {"responses": {"made": json(json!({"enum": ["made"]}))}}});
    let sampler = Sampler::new(&document, Undocumented::Excluded);
    let mut answers: Vec<(String, Option<String>)> =
        sampler.answers().into_iter().map(|one| (one.method, one.schema)).collect();
    answers.sort();
    let [delete, get, patch, put] = &answers[..] else { panic!("{answers:?}") };
    assert_eq!(*delete, ("DELETE".to_owned(), None));
    let made = get.1.as_deref().expect("an answer");
    assert_eq!(sampler.samples(made), [json!("made")]);
    let any = patch.1.as_deref().expect("an answer");
    assert_eq!(sampler.samples(any), [json!("any")]);
    let at = "/paths/~1a~1{b}/put/responses/202/content/application~1json/schema";
    assert_eq!(put.1.as_deref(), Some(at));
}

#[test]
fn a_variant_that_says_only_that_it_is_nullable_is_null() {
    let end = json!({"description": "or none", "nullable": true});
    assert_eq!(of(json!({"anyOf": [{"type": "integer"}, end]})), [json!(50), json!(null)]);
}
