//! Samples of strings and numbers, derived from the name of the property.

use serde_json::{Map, Value, json};

use super::{LONGEST, pattern};

/// A hash of a name (FNV-1a).
fn number_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// An integer within the bounds of the schema.
pub(super) fn integer(schema: &Map<String, Value>, name: &str) -> Value {
    let step =
        schema.get("multipleOf").and_then(Value::as_i64).filter(|step| *step > 0).unwrap_or(1);
    let bound = |keyword: &str, exclusive: &str| {
        let bound = schema.get(keyword).and_then(Value::as_f64)?;
        Some((bound, schema.get(exclusive) == Some(&Value::Bool(true))))
    };
    let least = bound("minimum", "exclusiveMinimum")
        .map(|(least, excluded)| if excluded { least.floor() + 1.0 } else { least.ceil() } as i64);
    let most = bound("maximum", "exclusiveMaximum")
        .map(|(most, excluded)| if excluded { most.ceil() - 1.0 } else { most.floor() } as i64);
    let wish = (number_of(name) % 90) as i64 + 1;
    let value = match (least, most) {
        (Some(least), Some(most)) => {
            least + wish % most.saturating_sub(least).saturating_add(1).max(1)
        }
        (Some(least), None) => least.saturating_add(wish),
        (None, Some(most)) => most.saturating_sub(wish),
        (None, None) => wish,
    };
    // Round to a multiple that is not below the minimum.
    let multiple = value.div_euclid(step).saturating_mul(step);
    let is_below = least.is_some_and(|least| multiple < least);
    json!(if is_below { multiple.saturating_add(step) } else { multiple })
}

/// A number with a fraction, if the bounds allow one, and an integer.
pub(super) fn numbers(schema: &Map<String, Value>, name: &str) -> Vec<Value> {
    if schema.contains_key("multipleOf") {
        return vec![integer(schema, name)];
    }
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let whole = integer(schema, name);
    let fits = |value: f64| {
        let (least, most) = (bound("minimum"), bound("maximum"));
        least.is_none_or(|least| value > least) && most.is_none_or(|most| value < most)
    };
    let middle = whole.as_f64().map(|value| [value + 0.5, value - 0.5]);
    let broken = middle.into_iter().flatten().find(|value| fits(*value));
    broken.map(Value::from).into_iter().chain([whole]).collect()
}

/// A string in the format of the schema. For `date-time`, one with a fraction of a second and one with a zero fraction.
pub(super) fn texts(schema: &Map<String, Value>, name: &str) -> Vec<Value> {
    let length = |keyword: &str| {
        let length = schema.get(keyword).and_then(Value::as_u64);
        length.and_then(|length| usize::try_from(length).ok())
    };
    let (least, most) =
        (length("minLength").unwrap_or(0), length("maxLength").unwrap_or(usize::MAX));
    let number = number_of(name);
    let (hour, minute) = (number % 24, number / 24 % 60);
    // Few texts that fit a pattern are of these formats, and most texts of these formats fit a pattern beside them.
    let format = schema.get("format").and_then(Value::as_str);
    let is_narrow = matches!(format, Some("date" | "date-time" | "time" | "uuid"));
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str).filter(|_| !is_narrow)
        && let Some(text) = pattern::text(pattern, least, most)
    {
        return vec![text.into()];
    }
    let text = match format {
        Some("date-time") => {
            let date_time = |end: &str| format!("2025-01-02T{hour:02}:{minute:02}:07{end}").into();
            return vec![date_time(".089Z"), date_time(".000Z")];
        }
        Some("date") => "2025-01-02".to_owned(),
        Some("time-local" | "local-time" | "partial-time") => format!("{hour:02}:{minute:02}:07"),
        Some("date-time-local" | "local-date-time") => {
            format!("2025-01-02T{hour:02}:{minute:02}:07")
        }
        Some("time") => format!("{hour:02}:{minute:02}:07Z"),
        Some("uuid") => uuid(number),
        Some("email") => format!("{name}@example.com"),
        Some("uri" | "url") => format!("https://example.com/{name}"),
        Some("hostname") => format!("{minute}.example.com"),
        Some("ipv4") => format!("192.0.2.{}", number % 255),
        Some("ipv6") => format!("2001:db8::{:x}", number % 0xffff),
        Some("byte") => "c2FtcGxl".to_owned(),
        Some("decimal") => format!("{hour}.5"),
        _ => name.to_owned(),
    };
    let missing = least.min(LONGEST).saturating_sub(text.chars().count());
    vec![text.chars().chain("_".repeat(missing).chars()).take(most).collect::<String>().into()]
}

/// A UUID of version 4.
fn uuid(number: u64) -> String {
    let other = number.rotate_left(29) ^ 0x9e37_79b9_7f4a_7c15;
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        number >> 32,
        number & 0xffff,
        number >> 16 & 0xfff,
        other & 0xfff,
        other >> 16
    )
}

/// Samples for a schema that allows any value.
pub(super) fn anything(name: &str) -> Vec<Value> {
    vec![json!({ name: [true, 1.5, null, {}] }), json!(name)]
}
