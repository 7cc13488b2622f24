//! Actions of an overlay that have no effect on the document are set aside.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use seam_generator::{DeadCause, Options, Source, generate, set_aside};

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
