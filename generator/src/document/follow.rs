//! Resolves the place of an item, which has no array indices, to a JSON pointer into the document.

use serde_json::Value;

use super::Document;
use super::pointer::Pointer;

impl Document<'_> {
    /// Returns the pointer that an item's place stands for, or that of the nearest ancestor that exists.
    pub(crate) fn resolve(&self, place: &str) -> Pointer {
        let mut way = Way { root: &self.root, at: Pointer::root(), value: &self.root };
        let steps: Vec<String> = Pointer::parse(place).steps().collect();
        let mut steps = steps.iter().map(String::as_str).peekable();
        while let Some(step) = steps.next() {
            let next = |steps: &mut dyn Iterator<Item = &str>| steps.next().map(str::to_owned);
            let found = match step {
                "oneOf" => next(&mut steps).and_then(|word| way.variant(&word)),
                "enum" => next(&mut steps).and_then(|text| way.text(&text)),
                "parameters" => {
                    let (source, name) = (next(&mut steps), next(&mut steps));
                    source.zip(name).and_then(|(source, name)| way.parameter(&source, &name))
                }
                "responses" => next(&mut steps).and_then(|status| way.response(&status)),
                "properties" => next(&mut steps).and_then(|key| way.property(&key)),
                "requestBody" => way.body(),
                "items" => way.child("items").or_else(|| way.child("additionalProperties")),
                step => way.child(step),
            };
            match found {
                Some(found) => way = found,
                None => break,
            }
        }
        way.at
    }
}

/// The position while a place is being followed.
#[derive(Clone)]
struct Way<'a> {
    root: &'a Value,
    at: Pointer,
    value: &'a Value,
}

impl<'a> Way<'a> {
    /// Follows references. The limit prevents an endless loop.
    fn behind(&self) -> Self {
        let mut way = self.clone();
        for _ in 0..16 {
            let target = way.value.get("$ref").and_then(Value::as_str);
            let Some(target) = target.and_then(|target| target.strip_prefix('#')) else { break };
            let Some(value) = self.root.pointer(target) else { break };
            way = Self { at: Pointer::parse(target), value, ..way };
        }
        way
    }

    fn child(&self, key: &str) -> Option<Self> {
        let way = self.behind();
        let value = match way.value {
            Value::Array(elements) => elements.get(key.parse::<usize>().ok()?)?,
            other => other.get(key)?,
        };
        Some(Self { at: way.at.child(key), value, root: self.root })
    }

    /// The elements of the list at `key`.
    fn elements(&self, key: &str) -> Vec<Self> {
        let Some(list) = self.child(key) else { return Vec::new() };
        let length = list.value.as_array().map_or(0, Vec::len);
        (0..length).filter_map(|index| list.child(&index.to_string())).collect()
    }

    /// A property of an object, which may be described in a part of a composition.
    fn property(&self, key: &str) -> Option<Self> {
        let own = self.child("properties").and_then(|properties| properties.child(key));
        own.or_else(|| {
            let parts = ["allOf", "oneOf", "anyOf"].map(|name| self.elements(name));
            parts.concat().iter().find_map(|part| part.property(key))
        })
    }

    /// The variant called `word`, by the value of its tag, its title, its type, or the name of the schema that it refers to.
    fn variant(&self, word: &str) -> Option<Self> {
        let variants = ["oneOf", "anyOf"].map(|name| self.elements(name)).concat();
        variants.into_iter().find(|variant| variant.is_called(word))
    }

    fn is_called(&self, word: &str) -> bool {
        let reference = self.value.get("$ref").and_then(Value::as_str);
        if reference.is_some_and(|target| target.rsplit('/').next() == Some(word)) {
            return true;
        }
        let schema = self.behind().value;
        let properties = schema.get("properties").and_then(Value::as_object);
        let mut properties = properties.into_iter().flatten();
        let is_word = |value: &Value| match value {
            Value::String(text) => text == word,
            Value::Bool(value) => value.to_string() == word,
            _ => false,
        };
        schema.get("title").is_some_and(is_word)
            || schema.get("type").is_some_and(is_word)
            || properties.any(|(_, property)| {
                let values = property.get("enum").and_then(Value::as_array);
                values.is_some_and(|values| values.iter().any(is_word))
            })
    }

    /// A value of an enum.
    fn text(&self, text: &str) -> Option<Self> {
        let values = self.elements("enum").into_iter();
        values.clone().find(|value| value.value.as_str() == Some(text))
    }

    /// A parameter of an operation or its path item.
    fn parameter(&self, source: &str, name: &str) -> Option<Self> {
        let is_it = |parameter: &Self| {
            let value = parameter.behind().value;
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            text("in") == Some(source) && text("name") == Some(name)
        };
        let own = self.elements("parameters").into_iter().find(is_it);
        own.or_else(|| {
            let at = self.at.parent();
            let path = Self { value: self.root.pointer(at.as_str())?, at, root: self.root };
            path.elements("parameters").into_iter().find(is_it)
        })
    }

    fn body(&self) -> Option<Self> {
        let body = self.child("requestBody")?;
        Some(body.content().unwrap_or(body))
    }

    /// The response for a status. `2XX` stands for the first successful response.
    fn response(&self, status: &str) -> Option<Self> {
        let responses = self.child("responses")?;
        let is_success = |key: &&String| key.starts_with('2');
        let key = match status {
            "2XX" => responses.value.as_object()?.keys().find(is_success)?,
            other => other,
        };
        let response = responses.child(key)?;
        Some(response.content().unwrap_or(response))
    }

    /// The schema of the first media type.
    fn content(&self) -> Option<Self> {
        let content = self.child("content")?;
        let media = content.value.as_object()?.keys().next()?;
        content.child(media)?.child("schema")
    }
}
