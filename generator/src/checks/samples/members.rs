//! Samples of objects and arrays.

use serde_json::{Map, Value, json};

use super::{LONGEST, Sampler, smallest};

/// The key of an additional property in a sample.
const OTHER: &str = "another_property";

/// A property with its samples.
struct Member<'s> {
    key: &'s str,
    samples: Vec<Value>,
    /// The value in objects that need no further sample of this property; `None` if the property is optional.
    smallest: Option<Value>,
}

impl<'a> Sampler<'a> {
    pub(super) fn objects(
        &self,
        schema: &Map<String, Value>,
        name: &str,
        depth: usize,
    ) -> Vec<Value> {
        let Some(members) = self.members(schema, name, depth) else { return Vec::new() };
        let count = members.iter().map(|member| member.samples.len()).max().unwrap_or_default();
        let row = |index: usize| {
            let shown = members.iter().filter_map(|member| {
                let value = member.samples.get(index).or(member.smallest.as_ref())?;
                Some((member.key.to_owned(), value.clone()))
            });
            Value::Object(shown.collect())
        };
        // The last object has only required properties.
        (0..=count).map(row).collect()
    }

    /// The properties of an object. Returns `None` if a required property has no valid value.
    fn members<'s>(
        &self,
        schema: &'s Map<String, Value>,
        name: &'s str,
        depth: usize,
    ) -> Option<Vec<Member<'s>>> {
        let (properties, required) = (self.properties(schema), self.required(schema));
        let mut members = Vec::new();
        for &(key, property) in &properties {
            let samples = self.all(property, key, depth);
            let smallest = if required.contains(&key) {
                let smallest = self.smallest_of(property, key, smallest::FUEL);
                // The smallest sample can be missing only because it is nested too deeply.
                Some(smallest.or_else(|| samples.first().cloned())?)
            } else {
                None
            };
            members.push(Member { key, samples, smallest });
        }
        for key in required.iter().filter(|key| !properties.iter().any(|(other, _)| other == *key))
        {
            let text = Value::from(*key);
            members.push(Member { key, samples: vec![text.clone()], smallest: Some(text) });
        }
        let anything = json!({});
        let others = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            None => properties.is_empty().then_some(&anything),
            Some(Value::Bool(true)) => Some(&anything),
            Some(schema) => Some(schema),
        };
        if let Some(others) = others {
            let samples = self.all(others, name, depth);
            members.push(Member { key: OTHER, samples, smallest: None });
        }
        Some(members)
    }

    /// Samples of an array: one element, then two at a time until all samples were used, then none.
    pub(super) fn arrays(
        &self,
        schema: &Map<String, Value>,
        name: &str,
        depth: usize,
    ) -> Vec<Value> {
        let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        let least = count("minItems").and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
        let most = count("maxItems").and_then(|most| usize::try_from(most).ok());
        let most = most.unwrap_or(usize::MAX);
        let anything = json!({});
        let is_set = schema.get("uniqueItems") == Some(&Value::Bool(true));
        let items = schema.get("items").unwrap_or(&anything);
        let shown = self.all(items, name, depth);
        let mut lists: Vec<Vec<Value>> = Vec::new();
        if let Some((first, rest)) = shown.split_first().filter(|_| most > 0) {
            lists.push(vec![first.clone()]);
            lists.extend(rest.chunks(most.min(2)).map(<[Value]>::to_vec));
            if rest.len() < 2 && !is_set {
                lists.push([first, rest.first().unwrap_or(first)].map(Value::clone).to_vec());
            }
        }
        lists.push(Vec::new());
        for list in &mut lists {
            let missing = least.min(LONGEST).saturating_sub(list.len());
            if is_set {
                add_others(list, &shown, missing);
            } else {
                list.extend(shown.iter().cycle().take(missing).cloned());
            }
        }
        lists.retain(|list| (least..=most).contains(&list.len()));
        lists.into_iter().map(Value::Array).collect()
    }

    /// The object with required properties only.
    pub(super) fn smallest_object(
        &self,
        schema: &Map<String, Value>,
        fuel: usize,
    ) -> Option<Value> {
        let properties = schema.get("properties");
        let mut object = Map::new();
        for key in self.required(schema) {
            let value = match properties.and_then(|properties| properties.get(key)) {
                Some(property) => self.smallest_of(property, key, fuel)?,
                None => key.into(),
            };
            object.insert(key.to_owned(), value);
        }
        Some(Value::Object(object))
    }

    /// The array with as few elements as allowed.
    pub(super) fn smallest_array(
        &self,
        schema: &Map<String, Value>,
        name: &str,
        fuel: usize,
    ) -> Option<Value> {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        if least == 0 {
            return Some(json!([]));
        }
        let items = schema.get("items").cloned().unwrap_or_else(|| json!({}));
        let element = self.smallest_of(&items, name, fuel)?;
        let least = usize::try_from(least).ok().filter(|least| *least <= LONGEST)?;
        if schema.get("uniqueItems") != Some(&Value::Bool(true)) {
            return Some((0..least).map(|_| element.clone()).collect());
        }
        let mut elements = vec![element];
        add_others(&mut elements, &self.all(&items, name, 0), least - 1);
        (elements.len() == least).then(|| elements.into())
    }
}

/// Adds so many elements that are not there yet: those of `shown`, and then variations of texts and numbers.
fn add_others(list: &mut Vec<Value>, shown: &[Value], count: usize) {
    let wanted = list.len() + count;
    let varied = shown.iter().flat_map(|value| (1..=count).filter_map(|by| varied(value, by)));
    for value in shown.iter().cloned().chain(varied) {
        if list.len() < wanted && !list.contains(&value) {
            list.push(value);
        }
    }
}

/// Another text of the same length and kind, or a larger number.
fn varied(value: &Value, by: usize) -> Option<Value> {
    match value {
        Value::Number(number) => Some(json!(number.as_u64()?.checked_add(by as u64)?)),
        Value::String(text) => {
            let (start, last) = text.split_at_checked(text.len().checked_sub(1)?)?;
            let first = match last.bytes().next()? {
                digit @ b'0'..=b'9' => (b'0', digit - b'0', 10),
                letter @ b'a'..=b'z' => (b'a', letter - b'a', 26),
                letter @ b'A'..=b'Z' => (b'A', letter - b'A', 26),
                _ => return None,
            };
            let (from, at, many) = first;
            let at = (usize::from(at) + by) % many;
            let other = char::from(from + u8::try_from(at).ok()?);
            Some(format!("{start}{other}").into())
        }
        _ => None,
    }
}
