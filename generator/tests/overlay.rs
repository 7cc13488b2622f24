//! Overlay actions without effect are commented out.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use seam_generator::{DeadCause, Diagnostics, Options, Source, generate, read, set_aside};
use serde_json::{Value, json};

const OVERLAY: &str = "\
# Corrections.
overlay: 1.0.0
info: { title: Corrections, version: 1.0.0 }
actions:
  # About the first one.
  - target: $.paths['/gone']
    description: >-
      The path lacks
      its description.
    update:
      description: Here it is.

  # About the second one.
  - target: $.info
    description: It is not said who made it.
    update: { contact: { name: Somebody } }

  - target: $.info
    description: The title was missing.
    update:
      title: T
";

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn document() -> Source {
    source("d.yaml", "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n")
}

#[test]
fn dead_actions_become_comments_and_the_others_stay_as_they_are() {
    let overlay = source("o.yaml", OVERLAY);
    let found = set_aside(&document(), &overlay).expect("the overlay is in order");
    let expected = "\
# Corrections.
overlay: 1.0.0
info: { title: Corrections, version: 1.0.0 }
actions:
  # About the first one.
  # Set aside: it matches nothing.
  # - target: $.paths['/gone']
  #   description: >-
  #     The path lacks
  #     its description.
  #   update:
  #     description: Here it is.

  # About the second one.
  - target: $.info
    description: It is not said who made it.
    update: { contact: { name: Somebody } }

  # Set aside: it changes nothing.
  # - target: $.info
  #   description: The title was missing.
  #   update:
  #     title: T
";
    assert_eq!(found.text, expected);
    let causes: Vec<_> = found.actions.iter().map(|one| (one.cause, one.place.line)).collect();
    assert_eq!(causes, [(DeadCause::MatchesNothing, 6), (DeadCause::ChangesNothing, 18)]);
    assert_eq!(found.actions[0].reason, "The path lacks its description.");

    let edited = source("o.yaml", &found.text);
    generate(&document(), Some(&edited), &Options::default()).expect("nothing dead is left");
    let again = set_aside(&document(), &edited).expect("the overlay is in order");
    assert_eq!((again.text.as_str(), again.actions.len()), (expected, 0));
}

#[test]
fn an_overlay_of_dead_actions_alone_is_left_with_none() {
    let text = "overlay: 1.0.0\ninfo: { title: C, version: 1.0.0 }\nactions:\n  - target: $.gone\n    description: No reason.\n    remove: true\n";
    let found = set_aside(&document(), &source("o.yaml", text)).expect("the overlay is in order");
    assert!(found.text.contains("\nactions: []\n"), "{}", found.text);
    let edited = source("o.yaml", &found.text);
    generate(&document(), Some(&edited), &Options::default()).expect("nothing dead is left");
}

#[test]
fn an_overlay_that_cannot_be_edited_names_all_its_dead_actions() {
    let text = r#"{"overlay": "1.0.0", "info": {"title": "C", "version": "1"}, "actions": [
        {"target": "$.gone", "description": "One.", "remove": true},
        {"target": "$.info", "description": "Two.", "update": {"title": "T"}}]}"#;
    let error = set_aside(&document(), &source("o.json", text)).expect_err("it is one line each");
    let codes: Vec<&str> = error.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["overlay-matches-nothing", "overlay-changes-nothing"]);
}

/// The part `x` of a document after one action.
fn corrected(x: Value, action: Value) -> Result<Value, Diagnostics> {
    let document = json!({
        "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "x-x": x,
    });
    let mut action = action;
    action["description"] = "A reason.".into();
    let info = json!({"title": "C", "version": "1"});
    let overlay = json!({"overlay": "1.0.0", "info": info, "actions": [action]});
    let [document, overlay] = [("d.json", document), ("o.json", overlay)]
        .map(|(name, value)| source(name, &value.to_string()));
    Ok(read(&document, Some(&overlay))?["x-x"].take())
}

#[test]
fn an_update_is_merged_into_objects_and_becomes_an_element_of_arrays() {
    let cases = [
        (
            json!({"a": {"b": 1, "c": 2}}),
            json!({"a": {"b": {"d": 3}}}),
            json!({"a": {"b": {"d": 3}, "c": 2}}),
        ),
        (json!({"a": [1]}), json!({"a": [2, [3]]}), json!({"a": [1, 2, [3]]})),
        (json!({"a": [1]}), json!({"a": null}), json!({"a": null})),
        (json!({"a": "text"}), json!({"a": {"b": 1}}), json!({"a": {"b": 1}})),
        (json!([1]), json!({"a": 2}), json!([1, {"a": 2}])),
        (json!([1]), json!([2]), json!([1, [2]])),
        (json!([]), json!([]), json!([[]])),
    ];
    for (x, update, expected) in cases {
        let found = corrected(x, json!({"target": "$['x-x']", "update": update}));
        assert_eq!(found, Ok(expected), "{update}");
    }
}

#[test]
fn all_that_a_target_names_is_removed_and_the_rest_keeps_its_order() {
    let cases = [
        ("$['x-x'].a[0, 2, 0]", json!({"a": [1], "b": 2, "c": null})),
        ("$['x-x'].a", json!({"b": 2, "c": null})),
        ("$['x-x'].b", json!({"a": [0, 1, 2], "c": null})),
        ("$['x-x'].a[1, 0]", json!({"a": [2], "b": 2, "c": null})),
        ("$['x-x'].a[?@ > 0]", json!({"a": [0], "b": 2, "c": null})),
        ("$['x-x']..*", json!({})),
    ];
    for (target, expected) in cases {
        let x = json!({"a": [0, 1, 2], "b": 2, "c": null});
        let found = corrected(x, json!({"target": target, "remove": true}));
        let found = found.expect("it can be removed");
        assert_eq!(found.to_string(), expected.to_string(), "{target}");
    }
}

#[test]
fn what_cannot_be_done_is_said_with_a_place() {
    let cases = [
        (json!({"target": "$['x-x'].a", "update": {"b": 1}}), "cannot be applied to /x-x/a"),
        (json!({"target": "$['x-x", "update": {"b": 1}}), "not a JSONPath"),
        (json!({"target": "$", "remove": true}), "matches nothing"),
        (json!({"target": "$.nothing", "update": {}}), "matches nothing"),
        (json!({"target": "$['x-x']", "update": {}}), "changes nothing"),
    ];
    for (action, message) in cases {
        let refused = corrected(json!({"a": 1}), action.clone()).expect_err("it is refused");
        let said = refused.to_string();
        assert!(said.contains(message) && said.contains("--> o.json:1:"), "{action}: {said}");
    }
    let text = "overlay: 2.0.0\ninfo: { title: C, version: 1.0.0 }\nactions: []\n";
    let refused = read(&document(), Some(&source("o.yaml", text))).expect_err("it is newer");
    assert!(refused.to_string().contains("version 2.0.0"), "{refused}");
}
