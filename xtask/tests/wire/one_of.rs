//! How the client of `one_of.yaml` decodes and encodes values of several types.

mod server;

use serde_json::{Value, json};
use wire_one_of::Client;
use wire_one_of::api::things::find::{Made, made::Range};
use wire_one_of::api::things::put::Command;
use wire_one_of::models::content::Object;
use wire_one_of::models::shape::RoundedSquare;
use wire_one_of::models::thing::{
    Amount, Closed, KeyedAndOpen, Lists, Outer, Owner, Pet, SameKind, Versions, pet, versions,
};
use wire_one_of::models::{Circle, Color, Content, Shape, Square, Thing};

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).build().unwrap()
}

fn shape(value: Value) -> Shape {
    let shape: Shape = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&shape).unwrap(), value);
    shape
}

fn thing(key: &str, value: Value) -> Thing {
    let value = json!({"content": "a", key: value});
    let thing: Thing = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&thing).unwrap(), value);
    thing
}

#[tokio::test]
async fn what_is_sent_is_what_was_made() {
    let answer =
        r#"{"content":{"url":"u"},"contents":["a",["b",1.5],true,{"url":"v","alt":null}]}"#;
    let (endpoint, server) = server::serve(200, "application/json", answer);
    let square = Square::new(1.0).is_round(false);
    let client = Client::builder().endpoint(endpoint).strict().build().unwrap();
    let call = client.things().put("text").shape(square).command(vec!["ls".to_owned()]);
    let thing = call.send().await.unwrap();
    let sent = server.join().unwrap().body;
    assert_eq!(sent, r#"{"command":["ls"],"content":"text","shape":{"is_round":false,"size":1}}"#);
    assert_eq!(thing.content, Content::Object(Object::new("u")));
    let nested = Content::List(vec!["b".into(), Content::Number(1.5)]);
    let last = Content::Object(Object::new("v"));
    assert_eq!(thing.contents, ["a".into(), nested, true.into(), last]);
    assert_eq!(Command::from("ls"), Command::Text("ls".to_owned()));
}

#[tokio::test]
async fn a_parameter_may_be_a_range_or_a_number() {
    for (made, query) in
        [(Made::from(Range::new().from(3)), "made%5Bfrom%5D=3"), (Made::from(7), "made=7")]
    {
        let (endpoint, server) = server::serve(200, "application/json", r#"[{"size":1}]"#);
        let found = client(&endpoint).things().find().made(made).send().await.unwrap();
        assert_eq!(server.join().unwrap().line, format!("GET /things/find?{query}"));
        assert_eq!(found, [Shape::Square(Square::new(1.0))]);
    }
}

#[test]
fn a_variant_is_only_chosen_if_the_value_does_not_contradict_it() {
    // The first variant matches completely.
    assert_eq!(shape(json!({"is_round": true, "size": 1})), Shape::Circle(Circle::new(true, 1.0)));
    // A constant differs, and a required property is missing.
    let blue = Square::new(2.0).color("blue");
    assert_eq!(shape(json!({"color": "blue", "size": 2})), Shape::Square(blue));
    let square = Square::new(2.0).is_round(false);
    assert_eq!(shape(json!({"is_round": false, "size": 2})), Shape::Square(square));
    // The first variant does not contradict the value, but another one has more of its properties.
    let rounded = RoundedSquare::new(true, 2.0).color(Color::Red);
    assert_eq!(
        shape(json!({"color": "red", "is_round": true, "size": 2})),
        Shape::RoundedSquare(rounded)
    );
    // Every variant would need a repair.
    for odd in [
        json!({"is_round": true, "size": "1"}),
        json!({"size": null}),
        json!({}),
        json!([]),
        json!("a"),
        json!(3),
    ] {
        assert_eq!(shape(odd.clone()), Shape::Unrecognized(odd));
    }
    let undated = json!({"center": "noon", "is_round": true, "size": 1});
    assert_eq!(serde_json::from_value::<Shape>(undated).unwrap(), {
        // Only the circle has a center, and this value is not a valid center.
        Shape::RoundedSquare(RoundedSquare::new(true, 1.0))
    });
}

#[test]
fn unknown_values_of_enums_do_not_keep_a_variant_from_being_chosen() {
    let green = Square::new(2.0).color("green");
    assert_eq!(shape(json!({"color": "green", "size": 2})), Shape::Square(green));
    // An enum with a single value works as a tag: a variant does not match if the value differs.
    let one = thing("versions", json!({"n": "x", "v": "one"})).versions.unwrap();
    assert!(matches!(one, Versions::One(_)), "{one:?}");
    let three = thing("versions", json!({"n": 3, "v": "three"})).versions.unwrap();
    assert!(!matches!(three, Versions::One(_)), "{three:?}");
    let four = thing("versions", json!({"v": "four"})).versions.unwrap();
    assert!(matches!(&four, Versions::Object(versions::Object { .. })), "{four:?}");
    let number = thing("versions", json!({"v": 4})).versions.unwrap();
    assert!(matches!(number, Versions::Object2(_)), "{number:?}");
}

#[test]
fn kinds_of_json_tell_variants_apart_and_keys_the_objects_among_them() {
    let pet = thing("pet", json!({"kind": "dog", "tail": true})).pet.unwrap();
    assert!(matches!(pet, Pet::Object(pet::Object::Dog(_))), "{pet:?}");
    let pet = thing("pet", json!("2026-07-24T06:50:05Z")).pet.unwrap();
    assert!(matches!(pet, Pet::DateTime(_)), "{pet:?}");
    let pet = thing("pet", json!("soon")).pet.unwrap();
    assert_eq!(pet, Pet::Unrecognized(json!("soon")));
    let pet = thing("pet", json!({"kind": "wolf"})).pet.unwrap();
    assert!(matches!(pet, Pet::Object(pet::Object::Unrecognized(_))), "{pet:?}");
    assert_eq!(thing("amount", json!(3)).amount, Some(Amount::Integer(3)));
    assert_eq!(thing("amount", json!(3.5)).amount, Some(Amount::Unrecognized(json!(3.5))));
    assert!(matches!(thing("amount", json!({"a": 1})).amount, Some(Amount::Map(_))));
    assert!(matches!(thing("amount", json!("")).amount, Some(Amount::Text(_))));
    let owner = thing("owner", json!({"gone": true, "id": "o", "object": "owner"})).owner;
    assert!(matches!(owner, Some(Owner::Object(_))), "{owner:?}");
}

#[test]
fn lists_and_nested_unions_are_tried_too() {
    assert_eq!(thing("lists", json!([1, 2])).lists, Some(Lists::List(vec![1, 2])));
    assert!(matches!(thing("lists", json!([{"n": 1}])).lists, Some(Lists::List2(_))));
    assert!(matches!(thing("lists", json!(["a"])).lists, Some(Lists::Names(_))));
    let mixed = json!([1, "a"]);
    assert_eq!(thing("lists", mixed.clone()).lists, Some(Lists::Unrecognized(mixed)));
    assert!(matches!(thing("outer", json!("a")).outer, Some(Outer::Content(_))));
    assert!(matches!(thing("outer", json!({"url": "a"})).outer, Some(Outer::Content(_))));
    assert!(matches!(
        thing("outer", json!({"size": 1})).outer,
        Some(Outer::Shape(Shape::Square(_)))
    ));
    let same = thing("same_kind", json!({"b": "b", "kind": "x"})).same_kind.unwrap();
    assert!(matches!(same, SameKind::B(_)), "{same:?}");
}

#[test]
fn a_closed_object_is_not_one_with_more_in_it() {
    assert!(matches!(thing("closed", json!({"w": 1})).closed, Some(Closed::Narrow(_))));
    let wide = json!({"h": 2, "more": true, "w": 1});
    assert!(matches!(thing("closed", wide).closed, Some(Closed::Wide(_))));
    let neither = json!({"more": true, "w": 1});
    assert_eq!(thing("closed", neither.clone()).closed, Some(Closed::Unrecognized(neither)));
}

#[test]
fn the_key_of_a_union_is_not_one_of_the_other_properties_of_its_variant() {
    let thing = thing("keyed_and_open", json!({"n": 1, "t": "x"}));
    let Some(KeyedAndOpen::X(open)) = thing.keyed_and_open else { panic!("{thing:?}") };
    assert_eq!(open.additional_properties.into_keys().collect::<Vec<_>>(), ["n"]);
}

#[tokio::test]
async fn strict_reading_refuses_what_fits_no_variant() {
    let (endpoint, _server) = server::serve(200, "application/json", r#"[{"size":"1"}]"#);
    let client = Client::builder().endpoint(endpoint).strict().build().unwrap();
    assert!(client.things().find().send().await.is_err());
}
