//! How the client of `inheritance.yaml` decodes and encodes schemas that extend a base schema.

mod server;

use serde_json::{Value, json};
use wire_inheritance::Client;
use wire_inheritance::models::animal::AnimalBase;
use wire_inheritance::models::pet::PetBase;
use wire_inheritance::models::{Animal, Cat, Dog, Event, Left, Pet, Vehicle};

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).strict().build().unwrap()
}

fn animal(value: Value) -> Animal {
    let animal: Animal = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&animal).unwrap(), value);
    animal
}

#[tokio::test]
async fn a_child_is_sent_with_its_own_properties_and_those_of_the_base() {
    let answer = r#"{"kind":"cat","name":"Tom","lives":9}"#;
    let (endpoint, server) = server::serve(200, "application/json", answer);
    let friend = Animal::Doggy(Dog::new("hound", "Rex").breed("beagle"));
    let cat = Cat::new("cat", 9, "Tom").friend(Box::new(friend));
    let cat = client(&endpoint).animals().add(Animal::Cat(cat)).send().await.unwrap();
    let sent: Value = serde_json::from_str(&server.join().unwrap().body).unwrap();
    let friend = json!({"kind": "hound", "name": "Rex", "breed": "beagle"});
    assert_eq!(sent, json!({"kind": "cat", "name": "Tom", "lives": 9, "friend": friend}));
    assert_eq!(cat, Cat::new("cat", 9, "Tom"));
}

#[tokio::test]
async fn a_list_of_the_base_has_children_through_several_levels_and_the_base_itself() {
    let answer = r#"[{"kind":"cat","name":"Tom","lives":9},{"kind":"doggy","name":"Rex","owner":"Jo"},
        {"kind":"Pet","name":"Kit","owner":"Jo"},{"kind":"Animal","name":"It"}]"#;
    let (endpoint, _server) = server::serve(200, "application/json", answer);
    let animals = client(&endpoint).animals().list().send().await.unwrap();
    let expected = [
        Animal::Cat(Cat::new("cat", 9, "Tom")),
        Animal::Doggy(Dog::new("doggy", "Rex").owner("Jo")),
        Animal::Pet(PetBase::new("Kit").owner("Jo")),
        Animal::Animal(AnimalBase::new("It")),
    ];
    assert_eq!(animals, expected);
}

#[test]
fn values_are_written_back_as_they_were_read() {
    for value in [
        json!({"kind": "wolf", "name": "Grey"}),
        json!({"kind": "Pet", "name": "Kit", "owner": "Jo"}),
        json!({"kind": "Animal", "name": "It"}),
        json!({"kind": "axolotl", "name": "Axel", "gills": 6}),
    ] {
        animal(value);
    }
    assert!(matches!(animal(json!({"kind": "axolotl"})), Animal::Unrecognized(_)));
}

#[test]
fn a_base_within_a_family_is_read_as_one_of_its_own_children() {
    let pet = |value: Value| serde_json::from_value::<Pet>(value).unwrap();
    assert!(matches!(pet(json!({"kind": "hound", "name": "Rex"})), Pet::Doggy(_)));
    assert!(matches!(pet(json!({"kind": "Pet", "name": "Kit"})), Pet::Pet(_)));
    assert!(matches!(pet(json!({"kind": "cat", "name": "Tom", "lives": 9})), Pet::Unrecognized(_)));
}

#[test]
fn values_of_the_discriminator_come_from_enums_and_extensions() {
    let event = |value: Value| serde_json::from_value::<Event>(value).unwrap();
    let gone = event(json!({"event": "gone", "why": "late"}));
    assert!(matches!(&gone, Event::Gone(Left { why: Some(why), .. }) if why == "late"), "{gone:?}");
    assert!(matches!(event(json!({"event": "made", "by": "me"})), Event::Made(_)));
    assert!(matches!(event(json!({"event": "seen"})), Event::Seen(_)));
    let yacht: Vehicle = serde_json::from_value(json!({"type": "land_yacht", "sails": 2})).unwrap();
    assert!(matches!(yacht, Vehicle::LandYacht(_)), "{yacht:?}");
}
