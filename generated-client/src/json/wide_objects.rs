//! Tests of objects with many properties.

use serde_json::{Value, json};

use super::tests::open;
use super::{Field, Json, Object, Slot, View, serde_impls};

/// A struct with more properties than what was seen has room for without an allocation.
#[derive(Debug, PartialEq)]
struct Wide(Vec<i64>);

const WIDTH: usize = 300;

impl Json for Wide {
    fn neutral() -> Self {
        Self(vec![0; WIDTH])
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl Object for Wide {
    fn fields(&self) -> &'static [Field] {
        static FIELDS: std::sync::LazyLock<Vec<Field>> = std::sync::LazyLock::new(|| {
            (0..WIDTH).map(|index| Field::required(format!("p{index:03}").leak())).collect()
        });
        &FIELDS
    }

    fn get(&self, index: usize) -> &dyn Json {
        &self.0[index]
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Json {
        &mut self.0[index]
    }
}

serde_impls!(Wide);

#[test]
fn an_object_may_have_many_properties() {
    let all: serde_json::Map<_, _> =
        (0..WIDTH).map(|index| (format!("p{index:03}"), json!(index))).collect();
    let (wide, repairs) = open::<Wide>(&Value::from(all.clone()).to_string());
    assert!(repairs.is_empty(), "{repairs:?}");
    assert!(wide.0.iter().enumerate().all(|(index, value)| index as i64 == *value));
    assert_eq!(serde_json::to_value(&wide).unwrap(), Value::from(all.clone()));
    let mut some = all;
    some.retain(|key, _| !["p000", "p127", "p128", "p299"].contains(&key.as_str()));
    let (_, repairs) = open::<Wide>(&Value::from(some).to_string());
    assert_eq!(
        repairs,
        ["p000", "p127", "p128", "p299"].map(|key| format!("{key}: required, but missing"))
    );
}
