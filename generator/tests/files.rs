//! Documents that consist of several files.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so where it stands"
)]

use seam_generator::{Generated, Options, Source, generate, referenced_files};

const MAIN: &str = r##"
openapi: 3.0.3
info: { title: Pets, version: "1" }
servers: [{ url: https://example.com }]
paths:
  /pets: { $ref: "paths/pets.yaml" }
components:
  schemas:
    Owner: { $ref: "./models/owner.yaml" }
"##;

const PETS: &str = r##"
get:
  operationId: list
  tags: [pets]
  parameters: [{ $ref: "../shared.yaml#/parameters/limit" }]
  responses:
    200:
      description: OK
      content: { application/json: { schema: { type: array, items: { $ref: "../models/pet.yaml" } } } }
"##;

const PET: &str = r##"
type: object
properties:
  owner: { $ref: "../api.yaml#/components/schemas/Owner" }
  friends: { type: array, items: { $ref: "pet.yaml" } }
  odd: { type: object, not: { type: object } }
  missing: { $ref: "nowhere.yaml" }
"##;

const OWNER: &str =
    "type: object\nproperties: { pets: { type: array, items: { $ref: pet.yaml } } }\n";

const SHARED: &str =
    "parameters: { limit: { name: limit, in: query, schema: { type: integer } } }\n";

fn files() -> Vec<Source> {
    let files = [
        ("api/paths/pets.yaml", PETS),
        ("api/models/pet.yaml", PET),
        ("api/models/owner.yaml", OWNER),
        ("api/shared.yaml", SHARED),
    ];
    files.map(|(name, text)| Source { name: name.to_owned(), text: text.to_owned() }).to_vec()
}

fn main_file() -> Source {
    Source { name: "api/api.yaml".to_owned(), text: MAIN.to_owned() }
}

fn run() -> Generated {
    let options = Options { package: "it".to_owned(), files: files(), ..Options::default() };
    generate(&main_file(), None, &options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn references_to_other_files_lead_to_types_that_are_called_like_the_files() {
    let generated = run();
    let text: String = generated.tree.iter().map(|(_, text)| text).collect();
    for expected in [
        "pub struct Pet ",
        "pub struct Owner ",
        "pub friends: Vec<Pet>",
        "pub owner: Option<models::Owner>",
        "pub fn limit(",
    ] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
}

#[test]
fn a_message_names_the_file_that_it_is_about() {
    let warnings = run().warnings.to_string();
    assert!(warnings.contains("api/models/pet.yaml:7:20"), "{warnings}");
    assert!(warnings.contains("a file that is not there: `api/models/nowhere.yaml`"), "{warnings}");
    assert!(warnings.contains("redocly/cli bundle"), "{warnings}");
}

#[test]
fn a_file_names_the_files_that_it_refers_to() {
    let named = |name: &str| {
        let files = files();
        let file = files.iter().find(|file| file.name == name).cloned().unwrap_or_else(main_file);
        referenced_files(&file).expect("it can be read")
    };
    assert_eq!(named("api/api.yaml"), ["api/models/owner.yaml", "api/paths/pets.yaml"]);
    assert_eq!(named("api/paths/pets.yaml"), ["api/models/pet.yaml", "api/shared.yaml"]);
}
