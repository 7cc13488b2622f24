//! How the client of `schemas.yaml` decodes and encodes less common schemas.

mod server;

use serde_json::json;
use wire_schemas::Client;
use wire_schemas::models::Thing;
use wire_schemas::models::thing::{Pet, Vehicle};

#[tokio::test]
async fn what_is_answered_is_read_and_written_back() {
    let sample = json!({
        "level": 2,
        "factor": 0.5,
        "small": 7,
        "day": "2026-01-02",
        "data": "AQID",
        "parent": {"level": 1},
        "text_or_number": 5,
        "any_pet": {"kind": "dog", "lives": 9, "tail": true},
        "merged": {"name": "a", "size": 1},
        "one": {"kind": "cat"},
        "open": {"name": "b", "additional_properties": true, "x": "y", "z": null},
        "anything": {"name": "c", "more": [1, {"deep": true}]},
        "pet": {"kind": "wolf", "tail": false},
        "vehicle": {"wheels": "bike", "bell": true},
        "inner": 3,
        "remarked": "large",
        "remarked_object": {"doors": 3, "bell": true},
        "outer": {"size": 4},
        "odd": 1,
        "mixed": "a",
        "untyped": "b",
        "limited": "abc",
    });
    let (endpoint, _server) = server::serve(200, "application/json", &sample.to_string());
    let client = Client::builder().endpoint(endpoint).strict().build().unwrap();
    let thing: Thing = client.things().get().send().await.unwrap();
    assert!(matches!(thing.pet, Some(Pet::Wolf(_))), "{:?}", thing.pet);
    assert!(matches!(thing.vehicle, Some(Vehicle::Bike(_))), "{:?}", thing.vehicle);
    let open = thing.open.as_ref().unwrap();
    assert_eq!(open.additional_properties, Some(true));
    assert_eq!(open.additional_properties_2["x"].as_deref(), Some("y"));
    assert_eq!(serde_json::to_value(&thing).unwrap(), sample);
}
