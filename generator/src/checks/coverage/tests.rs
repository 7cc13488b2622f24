//! Tests that the check can fail: without any one of its records, it does.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::generated::{Pointers, generated};
use super::reconcile::{Mismatch, count, reconcile};
use super::{Count, Part};
use crate::api::{Omissions, Reason};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Pointer};
use crate::lower::{Scope, lower};
use crate::options::{Options, Source};

/// A document with the result of lowering it.
struct Lowered {
    root: Value,
    generated: Pointers<'static>,
    left_out: Omissions,
}

impl Lowered {
    fn new(source: &Source, overlay: Option<&Source>, options: &Options) -> Self {
        let document = Document::read(source, overlay, &[]).expect("it can be read");
        let crate::lower::Lowered { api, left_out, .. } = lower(&document, options, Scope::Client);
        let generated = generated(&api).into_iter().map(|at| at.into_owned().into()).collect();
        Self { root: document.root().clone(), generated, left_out }
    }

    fn of(document: &Value) -> Self {
        let source = Source { name: "count.json".to_owned(), text: document.to_string() };
        Self::new(&source, None, &Options::default())
    }

    fn reconcile(&self) -> (Count, Mismatch) {
        let schemas = self.root.pointer("/components/schemas").and_then(Value::as_object);
        let schemas = schemas.into_iter().flatten().map(|(name, _)| name);
        let wanted = schemas.map(|name| format!("/components/schemas/{name}"));
        reconcile(&self.root, &self.generated, &self.left_out, wanted.collect())
    }
}

/// The documents of the golden tests, which together have every feature.
fn fixtures() -> Vec<Lowered> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    let source = |path: &Path| {
        let text = fs::read_to_string(path).ok()?;
        Some(Source { name: path.display().to_string(), text })
    };
    let documents = paths.iter().filter(|path| !path.to_string_lossy().contains(".overlay."));
    documents
        .map(|path| {
            let overlay = source(&path.with_extension("overlay.yaml"));
            let document = source(path).expect("it can be read");
            Lowered::new(&document, overlay.as_ref(), &Options::default())
        })
        .collect()
}

/// A document with two verbs of one path that are the same method, with a body, a response and schemas.
fn document() -> Value {
    let body = json!({ "content": { "application/json": { "schema": {
        "type": "object",
        "properties": { "taken": { "type": "object", "properties": { "deep": { "type": "string" } } } },
        "allOf": [{ "oneOf": [
            { "properties": { "a": { "type": "string" } }, "required": ["a"] },
            { "properties": { "b": { "type": "string" } }, "required": ["b"] },
        ] }],
    } } } });
    let answers = json!({ "200": { "description": "OK", "content": {
        "application/json": { "schema": { "type": "object", "properties": {
            "thing": { "$ref": "#/components/schemas/thing" },
            "ok": { "type": "boolean" },
        } } },
        "text/html": { "schema": { "type": "object", "properties": { "page": { "type": "string" } } } },
    } } });
    let operation = json!({
        "operationId": "get",
        "x-response-key": "thing",
        "parameters": [
            { "name": "limit", "in": "query", "schema": { "type": "integer" } },
            { "name": "accept", "in": "header", "schema": { "type": "string" } },
            { "$ref": "#/components/parameters/page" },
        ],
        "requestBody": body,
        "responses": answers,
    });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Count", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/things/get": { "post": operation, "patch": operation } },
        "components": {
            "parameters": {
                "page": { "name": "page", "in": "query", "schema": { "type": "string" } },
                "unused": { "name": "unused", "in": "query", "schema": { "type": "string" } },
            },
            "schemas": {
                "thing": { "type": "object", "properties": {
                    "many": { "type": "array", "items": { "oneOf": [{ "type": "string" }, { "type": "number" }] } },
                    "map": { "type": "object", "additionalProperties": {
                        "type": "object", "properties": { "x": { "type": "string" } },
                    } },
                    "hidden": { "type": "object", "x-undocumented": "not yet", "properties": {
                        "y": { "type": "string" },
                    } },
                } },
                "name": { "type": "string" },
            },
        },
    })
}

/// The counts for one kind of parts, as text.
fn tally(count: &Count, part: Part) -> String {
    let tally = count.of(part);
    let left_out = tally.left_out.iter().map(|(reason, number)| format!("{number} {reason}"));
    let left_out = left_out.collect::<Vec<_>>().join(", ");
    format!("{} = {} + {left_out}", tally.document, tally.generated)
}

#[test]
fn everything_counts_as_it_stands_in_the_document() {
    let (count, mismatch) = Lowered::of(&document()).reconcile();
    assert_eq!(mismatch, Mismatch::default());
    let operations = tally(&count, Part::Operation);
    assert_eq!(operations, "2 = 1 + 1 same method by another verb");
    // Each of the two operations has three parameters in the body and two others. Two components are described once.
    let parameters = tally(&count, Part::Parameter);
    let twin = "5 same method by another verb, 1 used by nothing generated, 1 described elsewhere";
    assert_eq!(parameters, format!("12 = 5 + {twin}"));
    let properties = tally(&count, Part::Property);
    let left_out =
        "2 undocumented, 4 same method by another verb, 1 beside the result, 1 other media type";
    assert_eq!(properties, format!("13 = 5 + {left_out}"));
    assert_eq!(tally(&count, Part::Schema), "2 = 1 + 1 plain type where it is used");
    assert_eq!((count.methods(), count.paths_with_methods(), count.paths()), (1, 1, 1));
}

#[test]
fn what_is_generated_and_left_out_is_what_the_document_has() {
    for lowered in fixtures().into_iter().chain([Lowered::of(&document())]) {
        let (count, mismatch) = lowered.reconcile();
        assert_eq!(mismatch, Mismatch::default());
        for part in Part::ALL {
            let tally = count.of(part);
            let left_out: usize = tally.left_out.values().sum();
            assert_eq!(tally.document, tally.generated + left_out, "{part}");
        }
    }
}

#[test]
fn what_is_no_longer_generated_is_missed() {
    for mut lowered in fixtures().into_iter().chain([Lowered::of(&document())]) {
        for at in lowered.generated.clone() {
            let record = lowered.left_out.at(&at);
            if record.whole.or(record.itself).is_some() {
                // It is also recorded as left out, so it would not be lost.
                continue;
            }
            lowered.generated.remove(&at);
            let lost = lowered.reconcile().1.lost;
            assert!(lost.contains(&at.clone().into_owned()), "{at}: {lost:?}");
            lowered.generated.insert(at);
        }
    }
}

#[test]
fn a_reason_that_is_no_longer_given_is_missed() {
    let mut given = BTreeSet::new();
    let mut missed = BTreeSet::new();
    for lowered in fixtures().into_iter().chain([Lowered::of(&document())]) {
        let (count, _) = lowered.reconcile();
        given.extend(Part::ALL.iter().flat_map(|part| count.of(*part).left_out.into_keys()));
        for (at, reasons) in lowered.left_out.each() {
            let left_out = lowered.left_out.without(&at);
            let without = Lowered {
                left_out,
                root: lowered.root.clone(),
                generated: lowered.generated.clone(),
            };
            if without.reconcile().1 != Mismatch::default() {
                missed.extend(reasons);
            }
        }
    }
    assert!(GIVEN.iter().all(|reason| given.contains(reason)), "{given:?}");
    // Unused components are not recorded; the census itself finds them.
    given.remove(&Reason::Unused);
    let unnoticed: Vec<&Reason> = given.difference(&missed).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}

/// The reasons that occur in the fixtures. Paths that were not asked for only occur with other options.
const GIVEN: [Reason; 19] = [
    Reason::Undocumented,
    Reason::OtherVerb,
    Reason::Unused,
    Reason::Plain,
    Reason::Combined,
    Reason::Repeated,
    Reason::BesideResult,
    Reason::NoResult,
    Reason::OtherAnswer,
    Reason::OtherMedia,
    Reason::Whole,
    Reason::Header,
    Reason::Callback,
    Reason::Condition,
    Reason::Absent,
    Reason::OtherKeys,
    Reason::Meaningless,
    Reason::Elsewhere,
    Reason::NoRust("unsupported-ref"),
];

#[test]
fn what_is_said_to_be_generated_and_left_out_is_contradictory() {
    let mut lowered = Lowered::of(&document());
    let at = "/paths/~1things~1get/post/parameters/0";
    lowered.left_out.whole(&Pointer::parse(at), Reason::Undocumented);
    let mismatch = lowered.reconcile().1;
    assert_eq!(mismatch.contradicted, [(at.to_owned(), Reason::Undocumented)]);
}

#[test]
fn what_is_not_in_the_document_cannot_be_generated() {
    let mut lowered = Lowered::of(&document());
    lowered.generated.insert("/components/schemas/thing/properties/other".into());
    let mismatch = lowered.reconcile().1;
    assert_eq!(mismatch.invented, ["/components/schemas/thing/properties/other"]);
}

#[test]
fn a_mismatch_is_an_error_with_its_place() {
    let source = Source { name: "count.json".to_owned(), text: document().to_string() };
    let document = Document::read(&source, None, &[]).expect("it can be read");
    let options = Options::default();
    let mut diagnostics = Diagnostics::default();
    let lowered = lower(&document, &options, Scope::Client);
    let (mut api, left_out) = (lowered.api, lowered.left_out);
    api.types.pop_first();
    count(&document, &api, &left_out, &options, &mut diagnostics);
    assert!(diagnostics.has_errors());
    let text = diagnostics.to_string();
    assert!(text.contains("error[uncounted]: internal accounting mismatch"), "{text}");
    assert!(text.contains("  --> count.json:1:"), "{text}");
}

#[test]
fn the_table_has_a_line_for_each_reason() {
    let (count, _) = Lowered::of(&document()).reconcile();
    let expected = "\
1 method for 1 of 1 paths
                             operations  parameters  properties     schemas
in the document                       2          12          13           2
generated                             1           5           5           1
undocumented                          -           -           2           -
same method by another verb           1           5           4           -
used by nothing generated             -           1           -           -
plain type where it is used           -           -           -           1
beside the result                     -           -           1           -
other media type                      -           -           1           -
described elsewhere                   -           1           -           -";
    assert_eq!(count.to_string(), expected);
}
