//! Compares JSON values by their meaning.

use std::collections::BTreeSet;

use serde_json::Value;

/// Describes the first difference between `sample` and `written`, or returns `None` if they are equivalent.
///
/// A property that is null, an empty list or an empty object is equivalent to an absent one, because an absent one is
/// decoded in the same way. Numbers are compared by value.
pub(super) fn difference(sample: &Value, written: &Value) -> Option<String> {
    differs(sample, written, "$")
}

fn differs(sample: &Value, written: &Value, path: &str) -> Option<String> {
    match (sample, written) {
        (Value::Object(sample), Value::Object(written)) => {
            let keys: BTreeSet<&String> = sample.keys().chain(written.keys()).collect();
            keys.into_iter().find_map(|key| {
                let path = format!("{path}.{key}");
                match (sample.get(key), written.get(key)) {
                    (Some(sample), Some(written)) => differs(sample, written, &path),
                    (Some(sample), None) if !is_nothing(sample) => {
                        Some(format!("{path}: {sample} was lost"))
                    }
                    (None, Some(written)) if !written.is_null() => {
                        Some(format!("{path}: {written} was invented"))
                    }
                    _ => None,
                }
            })
        }
        (Value::Array(sample), Value::Array(written)) if sample.len() == written.len() => {
            let mut pairs = sample.iter().zip(written).enumerate();
            pairs.find_map(|(index, (one, other))| differs(one, other, &format!("{path}[{index}]")))
        }
        (Value::Number(sample), Value::Number(written)) if sample.as_f64() == written.as_f64() => {
            None
        }
        _ => (sample != written).then(|| format!("{path}: {sample} became {written}")),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(elements) => elements.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

#[test]
fn what_is_lost_changed_or_invented_is_found_with_its_path() {
    let sample =
        r#"{"a":[{"b":1.0,"c":null,"d":[]}],"e":"2025-01-02T03:04:05.000Z","f":{"g":"h"}}"#;
    let sample: Value = serde_json::from_str(sample).unwrap();
    for (written, expected) in [
        (r#"{"a":[{"b":1}],"e":"2025-01-02T03:04:05.000Z","f":{"g":"h"}}"#, None),
        (r#"{"a":[{"b":1}],"e":"2025-01-02T03:04:05.000Z"}"#, Some(r#"$.f: {"g":"h"} was lost"#)),
        (
            r#"{"a":[{"b":1}],"e":"2025-01-02T03:04:05Z"}"#,
            Some(r#"$.e: "2025-01-02T03:04:05.000Z" became "2025-01-02T03:04:05Z""#),
        ),
        (r#"{"a":[{"b":2}]}"#, Some("$.a[0].b: 1.0 became 2")),
        (r#"{"a":[{"b":1,"x":0}]}"#, Some("$.a[0].x: 0 was invented")),
        (r#"{"a":[]}"#, Some(r#"$.a: [{"b":1.0,"c":null,"d":[]}] became []"#)),
    ] {
        let written: Value = serde_json::from_str(written).unwrap();
        assert_eq!(difference(&sample, &written).as_deref(), expected);
    }
}
