//! The JSON to decode: samples of the document, with properties in the order of the document.

use std::collections::BTreeMap;

use seam_generator::samples::Sampler;
use serde_json::{Map, Value, json};

/// The number of devices in a list.
const DEVICES: usize = 500;

/// JSON texts by case.
pub(super) fn all(sampler: &Sampler<'_>) -> BTreeMap<&'static str, Vec<String>> {
    let samples = |component: &str| sampler.samples(&format!("/components/schemas/{component}"));
    let devices = samples("device");
    let events = first_of_each(samples("event"), &["event_type"]);
    let late = events.iter().map(|event| moved_last(event, "event_type")).collect();
    let attempts = first_of_each(samples("action_attempt"), &["action_type", "status"]);
    BTreeMap::from([
        ("acs_credential", texts(samples("acs_credential").into_iter().take(1).collect())),
        ("device", texts(devices.iter().take(1).cloned().collect())),
        ("device_list", texts(vec![list(&devices)])),
        ("event", texts(events)),
        ("event_key_last", texts(late)),
        ("action_attempt", texts(attempts)),
        ("enum_list", texts(vec![methods()])),
    ])
}

fn texts(values: Vec<Value>) -> Vec<String> {
    values.iter().map(Value::to_string).collect()
}

/// The first of the samples with the same values of `keys`. The first sample is the most complete one.
fn first_of_each(mut samples: Vec<Value>, keys: &[&str]) -> Vec<Value> {
    let mut seen = std::collections::BTreeSet::new();
    samples.retain(|sample| {
        seen.insert(keys.iter().map(|key| sample[key].to_string()).collect::<Vec<_>>())
    });
    samples
}

/// The same object with this property as the last one.
fn moved_last(object: &Value, key: &str) -> Value {
    let mut object: Map<String, Value> = object.as_object().cloned().unwrap_or_default();
    let value = object.shift_remove(key);
    object.extend(value.map(|value| (key.to_owned(), value)));
    object.into()
}

/// A list of devices with warnings. Their other properties vary as in the samples.
fn list(devices: &[Value]) -> Value {
    let warned = |device: &&Value| device["warnings"].as_array().is_some_and(|all| !all.is_empty());
    devices.iter().filter(warned).cycle().take(DEVICES).cloned().collect()
}

/// A list of strings that are values of one enum.
fn methods() -> Value {
    let values = ["code", "card", "mobile_key", "cloud_key"];
    json!(values.iter().cycle().take(1_000).collect::<Vec<_>>())
}
