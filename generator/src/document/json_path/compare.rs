//! Comparison of JSON values in a filter.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::grammar::Comparison;

/// Whether a comparison is true. A missing value is only equal to a missing value.
pub(super) fn holds(left: Option<&Value>, comparison: Comparison, right: Option<&Value>) -> bool {
    let equal = || match (left, right) {
        (None, None) => true,
        (Some(left), Some(right)) => is_equal(left, right),
        _ => false,
    };
    let is =
        |ordering| left.zip(right).and_then(|(left, right)| order(left, right)) == Some(ordering);
    match comparison {
        Comparison::Equal => equal(),
        Comparison::NotEqual => !equal(),
        Comparison::Less => is(Ordering::Less),
        Comparison::LessOrEqual => is(Ordering::Less) || equal(),
        Comparison::Greater => is(Ordering::Greater),
        Comparison::GreaterOrEqual => is(Ordering::Greater) || equal(),
    }
}

fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            numbers(left, right) == Some(Ordering::Equal)
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let has = |(key, left): (&String, &Value)| {
                right.get(key).is_some_and(|right| is_equal(left, right))
            };
            left.len() == right.len() && left.iter().all(has)
        }
        _ => left == right,
    }
}

/// Orders two numbers or two strings. Other values have no order.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => numbers(left, right),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}
